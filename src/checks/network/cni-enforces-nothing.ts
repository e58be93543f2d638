import type { SetRule } from '../rule';

const POLICIES = ['NetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

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
    const [first, ...more] = context.ofKind(...POLICIES);
    if (!first || context.target.enforcesNetworkPolicy) return;
    const policies = more.length === 0 ? 'a network policy' : `${more.length + 1} network policies`;
    yield { object: first, found: `${policies} on ${context.target.cni}`, mend: context.target.cniMend };
  },
};
