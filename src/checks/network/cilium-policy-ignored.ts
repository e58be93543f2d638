import { isKind } from '../read';
import type { SetRule } from '../rule';

const POLICIES = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

export const ciliumPolicyIgnored: SetRule = {
  id: 'network/CiliumPolicyIgnored',
  severity: 'error',
  what: 'A Cilium policy, and a CNI of the target that is not Cilium.',
  why: 'No other CNI reads it: the API server refuses the kind, or stores it and nothing follows.',
  mend: 'Say it with a NetworkPolicy, or set the CNI of the target to Cilium if the cluster runs it.',
  link: 'https://docs.cilium.io/en/stable/network/kubernetes/policy/',
  bad: `
# target: { cni: calico }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: allow-web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }]
`,
  good: `
# target: { cni: calico }
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]
`,
  *checkSet(context) {
    const { cni, cilium, enforcesNetworkPolicy } = context.target;
    // Of a CNI that enforces nothing at all, CniEnforcesNothing tells.
    if (cilium !== undefined || !enforcesNetworkPolicy) return;
    const [object, ...more] = context.ofKind(...POLICIES).filter(policy => POLICIES.some(kind => isKind(policy, 'cilium.io', kind)));
    if (object) yield { object, found: `${more.length === 0 ? 'a Cilium policy' : `${more.length + 1} Cilium policies`} on ${cni}` };
  },
};
