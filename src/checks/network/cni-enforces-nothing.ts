import { isKind } from '../read';
import type { SetRule } from '../rule';

const POLICIES = { NetworkPolicy: 'networking.k8s.io', CiliumNetworkPolicy: 'cilium.io', CiliumClusterwideNetworkPolicy: 'cilium.io' };

export const cniEnforcesNothing: SetRule = {
  id: 'network/CniEnforcesNothing',
  severity: 'error',
  what: 'The CNI of the target enforces no policy at all.',
  why: 'Kubernetes stores the policies, and every pod still reaches every other.',
  mend: 'Install a CNI that enforces policies, such as Cilium or Calico.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites',
  bad: `
# target: { cni: flannel }
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  good: `
# target: { cni: calico }
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  *checkSet(context) {
    if (context.target.enforcesNetworkPolicy) return;
    const [first, ...more] = Object.entries(POLICIES)
      .flatMap(([kind, group]) => context.ofKind(kind).filter(policy => isKind(policy, group, kind)));
    if (!first) return;
    const policies = more.length === 0 ? 'a network policy' : `${more.length + 1} network policies`;
    yield { object: first, found: `${policies} on ${context.target.cni}`, mend: context.target.cniMend };
  },
};
