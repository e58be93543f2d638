import { modelOf } from './namespace-models';
import { type PeerReading, readNetworkPolicy } from './read-network-policy';
import { selectorText, selectsAll } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';

export const accidentalOr: ObjectRule = {
  id: 'network/AccidentalOr',
  severity: 'warning',
  what: 'A rule has two peers, one with only a namespaceSelector and one with only a podSelector.',
  why: 'They are two peers: every pod of those namespaces, or such pods of the policy\'s own. Usually such pods of those namespaces are meant.',
  mend: 'Drop the dash before the second selector, so that both stand in one peer; acknowledge it where both are meant.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: infra } }
        - podSelector: { matchLabels: { app: proxy } }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: infra } }
          podSelector: { matchLabels: { app: proxy } }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    for (const { peers } of readNetworkPolicy(object)?.rules ?? []) {
      if (peers.length !== 2) continue;
      const namespaces = only(peers, 'namespaceSelector');
      const pods = only(peers, 'podSelector');
      if (!namespaces || !pods) continue;
      const [wanted, among] = [pods.podSelector, namespaces.namespaceSelector];
      if (!wanted || wanted === 'unknown' || selectsAll(wanted) || !among || among === 'unknown' || selectsAll(among)) continue;
      // Pods of the own namespace that bear these labels are a good reason to name them apart.
      if (modelOf(context, object).selectedBy(wanted)?.length) continue;
      report({
        object,
        pointer: pods.pointer,
        found: `pods with ${selectorText(wanted)} of this namespace, or every pod of the namespaces with ${selectorText(among)}`,
      });
    }
  },
};

function only(peers: readonly PeerReading[], field: string): PeerReading | undefined {
  return peers.find(({ fields }) => fields[field] !== undefined && Object.keys(fields).length === 1);
}
