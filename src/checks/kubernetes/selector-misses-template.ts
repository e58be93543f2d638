import { groupOf } from './group';
import { readLabels, readSelector } from './read-selector';
import { readWorkload } from './workloads';
import { selectorIsEmpty, selectorMatches, selectorToString } from '../../values/selector';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const selectorMissesTemplate: ObjectRule = {
  id: 'kubernetes/SelectorMissesTemplate',
  severity: 'error',
  what: 'The selector of a workload does not select the pods of its own template, or selects everything.',
  why: 'The API server refuses the workload.',
  mend: 'Give the pod template the labels that the selector asks for.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { name: web } }
    spec: { containers: [{ name: web, image: example.com/web:1 }] }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, version: v1 } }
    spec: { containers: [{ name: web, image: example.com/web:1 }] }
`,
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController'],
  checkObject(located, report) {
    const { object } = located;
    const given = asObject(object.spec)?.selector;
    // Without one, the schema or the API server's own default speaks: a ReplicationController selects its template.
    if (given === undefined || given === null) return;
    const isPlain = object.kind === 'ReplicationController' && groupOf(object.apiVersion) === '';
    const selector = isPlain ? plainSelector(given) : readSelector(given);
    const labels = readWorkload(located)?.labels;
    if (!selector || !labels) return;
    if (selectorIsEmpty(selector)) {
      if (!isPlain) report({ object: located, pointer: '/spec/selector', found: 'an empty selector' });
    } else if (!selectorMatches(selector, labels)) {
      const has = selectorToString({ matchLabels: labels });
      report({
        object: located,
        pointer: '/spec/selector',
        found: `the selector ${selectorToString(selector)}, and a template with ${has || 'no labels'}`,
      });
    }
  },
};

function plainSelector(value: unknown) {
  const matchLabels = readLabels(value);
  return matchLabels && { matchLabels };
}
