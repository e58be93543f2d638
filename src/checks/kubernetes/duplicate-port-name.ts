import { plainText } from './text';
import { readWorkload, WORKLOAD_KINDS } from './workloads';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

export const duplicatePortName: ObjectRule = {
  id: 'kubernetes/DuplicatePortName',
  severity: 'warning',
  what: 'Two containers of a pod give the same name to different ports.',
  why: 'A policy or Service that names the port means one of them, and which one depends on who reads it.',
  mend: 'Give one of the ports another name.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - { name: web, image: "example.com/web:1", ports: [{ name: metrics, containerPort: 9090 }] }
    - { name: proxy, image: "example.com/proxy:1", ports: [{ name: metrics, containerPort: 15090 }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - { name: web, image: "example.com/web:1", ports: [{ name: metrics, containerPort: 9090 }] }
    - { name: proxy, image: "example.com/proxy:1", ports: [{ name: proxy-metrics, containerPort: 15090 }] }
`,
  kinds: WORKLOAD_KINDS,
  checkObject(located, report) {
    // An init container is gone before the others listen.
    const listening = readWorkload(located)?.containers.filter(({ role }) => role !== 'init') ?? [];
    if (listening.length < 2) return;
    const owners = new Map<string, { readonly container: string; readonly port: unknown }>();
    for (const { fields, pointer } of listening) {
      for (const [index, entry] of asList(fields.ports).entries()) {
        const port = asObject(entry);
        const name = plainText(port?.name);
        if (!port || !name) continue;
        const owner = owners.get(name);
        if (owner && owner.container !== pointer && owner.port !== port.containerPort) {
          report({
            object: located,
            pointer: `${pointer}/ports/${index}/name`,
            found: `the port name '${name}', which another container has too`,
          });
        }
        if (!owner) owners.set(name, { container: pointer, port: port.containerPort });
      }
    }
  },
};
