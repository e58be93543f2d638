import { modelOf } from './namespace-models';
import { readNetworkPolicy } from './read-network-policy';
import { unseenLabel } from './unseen-label';
import { displayName } from '../../manifests/identity';
import { selectorMatches } from '../../values/selector';
import { readLabels, selectorText, selectsAll } from '../kubernetes/read-selector';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const policySelectsNothing: ObjectRule = {
  id: 'network/PolicySelectsNothing',
  severity: 'warning',
  what: 'A NetworkPolicy selects no workload of its namespace, while the workloads are among the objects.',
  why: 'It guards and allows nothing, and nobody notices.',
  mend: 'Select the labels of the pod template, not those of the Deployment itself.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: webshop } }
spec: { containers: [{ name: web, image: "example.com/web:1" }] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: webshop } }
  policyTypes: [Ingress]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: webshop } }
spec: { containers: [{ name: web, image: "example.com/web:1" }] }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    const subject = readNetworkPolicy(object)?.subject;
    const model = modelOf(context, object);
    if (!subject || selectsAll(subject) || model.workloads.length === 0 || model.hasUnseenPods) return;
    const unseen = unseenLabel(subject, context);
    if (unseen === undefined && model.selectedBy(subject)?.length !== 0) return;
    const decoy = model.workloads.find(({ located, template }) => {
      const labels = template === '' ? undefined : readLabels(asObject(located.object.metadata)?.labels);
      return labels && selectorMatches(subject, labels);
    });
    const hint = decoy ? `; ${displayName(decoy.located.object)} has these labels, but its pods do not` : '';
    report({ object, pointer: '/spec/podSelector', found: unseen ?? `no workload with ${selectorText(subject)}${hint}` });
  },
};
