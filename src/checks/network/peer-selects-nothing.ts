import { modelOfPeer } from './namespace-models';
import { readNetworkPolicy } from './read-network-policy';
import { unseenLabel } from './unseen-label';
import { isSystemNamespace } from '../kubernetes/namespaces';
import { selectorText, selectsAll } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';

export const peerSelectsNothing: ObjectRule = {
  id: 'network/PeerSelectsNothing',
  severity: 'warning',
  what: 'A peer selects no workload of its namespace, while the workloads of that namespace are among the objects.',
  why: 'The rule allows nothing.',
  mend: 'Select the labels of the peer\'s pod template, and write a namespaceSelector beside the podSelector for pods of another namespace.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: proxy } } }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: "example.com/web:1" }] }
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
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: "example.com/web:1" }] }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    for (const rule of readNetworkPolicy(object)?.rules ?? []) {
      for (const peer of rule.peers) {
        const { podSelector, pointer } = peer;
        if (!podSelector || podSelector === 'unknown' || selectsAll(podSelector)) continue;
        const model = modelOfPeer(context, rule, peer);
        // What the cluster itself runs is hardly ever among the objects.
        if (!model || model.workloads.length === 0 || model.hasUnseenPods || isSystemNamespace(model.name)) continue;
        const unseen = unseenLabel(podSelector, context);
        if (unseen !== undefined || model.selectedBy(podSelector)?.length === 0) {
          const where = model.name ? ` in ${model.name}` : '';
          report({ object, pointer: `${pointer}/podSelector`, found: unseen ?? `no workload with ${selectorText(podSelector)}${where}` });
        }
      }
    }
  },
};
