import { scopeOf } from './scope';
import { isTemplate, step } from './text';
import { readWorkload, WORKLOAD_KINDS } from './workloads';
import { labelKeyProblem, labelValueProblem } from '../../values/labels';
import type { Located } from '../finding';
import { asObject } from '../read';
import type { ObjectRule, Report } from '../rule';

export const invalidLabel: ObjectRule = {
  id: 'kubernetes/InvalidLabel',
  severity: 'error',
  what: 'A label has a key or value that Kubernetes does not take.',
  why: 'The API server refuses the object; with a bad label in a pod template, the pods.',
  mend: 'Keep to letters, digits, \'-\', \'_\' and \'.\', at most 63 characters.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: "web shop" } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: web-shop, example.com/tier: "", "{{ .Values.key }}": "{{ .Values.owner }}" } }
`,
  checkObject(located, report) {
    const { object } = located;
    if (!scopeOf(object)) return;
    checkLabels(located, asObject(object.metadata)?.labels, '/metadata/labels', report);
    if (!WORKLOAD_KINDS.includes(object.kind) || object.kind === 'Pod') return;
    const workload = readWorkload(located);
    if (workload) checkLabels(located, workload.labels, `${workload.template}/metadata/labels`, report);
  },
};

function checkLabels(object: Located, value: unknown, pointer: string, report: Report): void {
  const labels = asObject(value);
  for (const key in labels) {
    const text = labels[key];
    // What is no text at all is a matter of the schema.
    if (isTemplate(key) || typeof text !== 'string' || isTemplate(text)) continue;
    const wrong = labelKeyProblem(key) ?? labelValueProblem(text);
    if (wrong) {
      report({
        object,
        pointer: `${pointer}/${step(key)}`,
        found: `the label ${wrong.given}; allowed: ${wrong.allowed}`,
        mend: wrong.mend,
      });
    }
  }
}
