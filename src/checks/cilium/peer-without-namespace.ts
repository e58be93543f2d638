import { type EndpointSelector, endpointSelector } from './endpoint-selector';
import { namespaceOf, podsWith, showsPodsOf } from './pod-index';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import type { Hit, SetRule } from '../rule';

/** Labels by which people know the pods of kube-system. */
const SYSTEM_LABELS = [['k8s-app', 'kube-dns'], ['k8s-app', 'coredns'], ['k8s-app', 'node-local-dns'], ['k8s-app', 'metrics-server']] as const;

export const peerWithoutNamespace: SetRule = {
  id: 'cilium/PeerWithoutNamespace',
  severity: 'warning',
  what: 'A namespaced policy means pods of another namespace, such as those of kube-dns, without naming that namespace.',
  why: 'A peer selector without a namespace is for pods of the policy\'s own namespace: nobody is meant.',
  mend: 'Add `k8s:io.kubernetes.pod.namespace` with their namespace to the selector.',
  link: 'https://docs.cilium.io/en/stable/security/policy/kubernetes/#namespaces',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEndpoints: [{ matchLabels: { k8s-app: kube-dns } }]
      toPorts: [{ ports: [{ port: "53", protocol: ANY }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": kube-system, k8s-app: kube-dns } }]
      toPorts: [{ ports: [{ port: "53", protocol: ANY }] }]
`,
  *checkSet(context) {
    for (const object of context.ofKind(...CILIUM_POLICIES)) yield* strayPeers(object, context);
  },
};

function* strayPeers(object: Located, context: CheckContext): Iterable<Hit> {
  const { clusterwide, namespace, items } = readPolicy(object);
  if (clusterwide || namespace === undefined) return;
  const isWhole = showsPodsOf(namespace, context);
  for (const { field, entries, pointer } of items.flatMap(item => item.peers)) {
    if (!field.endsWith('Endpoints')) continue;
    for (const [index, entry] of entries.entries()) {
      const selector = endpointSelector(entry);
      const home = selector.saysNamespace || selector.reserved ? undefined : homeOf(selector, namespace, isWhole, context);
      if (home === undefined) continue;
      const labels = [...selector.labels].map(label => label.join('=')).join(', ');
      yield { object, pointer: `${pointer}/${index}`, found: `${labels} in namespace ${namespace}, whose pods are in ${home}` };
    }
  }
}

/** Where the pods are, if not in the policy's own namespace, of which the set may show all pods. */
function homeOf({ labels, hasExpressions }: EndpointSelector, own: string, isWhole: boolean, context: CheckContext): string | undefined {
  if (hasExpressions || podsWith(labels, context, own).length > 0) return undefined;
  if (own !== 'kube-system' && SYSTEM_LABELS.some(([key, value]) => labels.get(key) === value)) return 'kube-system';
  const [pod] = isWhole ? podsWith(labels, context) : [];
  return pod && namespaceOf(pod);
}
