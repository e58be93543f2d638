import { plainText } from './text';
import { type Container, readWorkload, WORKLOAD_KINDS } from './workloads';
import { dnsLabelProblem, portNameProblem } from '../../values/names';
import { portNumberProblem } from '../../values/ports';
import type { Located } from '../finding';
import { asList, asObject } from '../read';
import type { ObjectRule, Report } from '../rule';

export const invalidContainer: ObjectRule = {
  id: 'kubernetes/InvalidContainer',
  severity: 'error',
  what: 'A container has a name that is none or taken, or a port that is none or whose name is taken within the container.',
  why: 'The API server refuses the pod.',
  mend: 'Give each container a DNS label as its name, and each of its ports a name of its own.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: example.com/web:1
      ports: [{ name: application-metrics, containerPort: 9090 }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: example.com/web:1
      ports: [{ name: http-metrics, containerPort: 9090 }]
`,
  kinds: WORKLOAD_KINDS,
  checkObject(located, report) {
    const names = new Set<string>();
    for (const container of readWorkload(located)?.containers ?? []) {
      const name = plainText(container.fields.name);
      const wrong = name === undefined || name === '' ? undefined : dnsLabelProblem(name);
      if (wrong) {
        report({
          object: located,
          pointer: `${container.pointer}/name`,
          found: `the container name ${wrong.given}; allowed: ${wrong.allowed}`,
          mend: wrong.mend,
        });
      }
      if (name !== undefined && names.has(name)) {
        report({
          object: located,
          pointer: `${container.pointer}/name`,
          found: `a second container '${name}'`,
        });
      }
      if (name !== undefined) names.add(name);
      checkPorts(located, container, report);
    }
  },
};

function checkPorts(object: Located, { fields, pointer }: Container, report: Report): void {
  const names = new Set<string>();
  asList(fields.ports).forEach((entry, index) => {
    const { name, containerPort } = asObject(entry) ?? {};
    const at = `${pointer}/ports/${index}`;
    const wrongNumber = typeof containerPort === 'number' ? portNumberProblem(containerPort) : undefined;
    if (wrongNumber) {
      report({
        object,
        pointer: `${at}/containerPort`,
        found: `the port ${wrongNumber.given}; allowed: ${wrongNumber.allowed}`,
        mend: 'Write the port that the process listens on.',
      });
    }
    const text = plainText(name);
    if (!text) return;
    const wrong = portNameProblem(text);
    if (wrong) report({ object, pointer: `${at}/name`, found: `the port name ${wrong.given}; allowed: ${wrong.allowed}`, mend: wrong.mend });
    if (names.has(text)) report({ object, pointer: `${at}/name`, found: `a second port '${text}' in one container` });
    names.add(text);
  });
}
