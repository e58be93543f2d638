import { subjectOf } from './endpoint-selector';
import { podsWith } from './pod-index';
import { CILIUM_POLICIES, type ItemReading, readPolicy } from './read-policy';
import { isTemplate, show } from '../kubernetes/text';
import type { Workload } from '../kubernetes/workloads';
import { asList, asObject, asString } from '../read';
import type { SetRule } from '../rule';

export const unknownNamedPort: SetRule = {
  id: 'cilium/UnknownNamedPort',
  severity: 'warning',
  what: 'An ingress item names a port that no container of the selected pods has.',
  why: 'A name that stands for no number allows nothing. The name of a Service port does not count.',
  mend: 'Write the number, or the name that the container gives its port.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-ingress-egress-ports',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: example.com/api:1, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: web, protocol: TCP }] }] }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: example.com/api:1, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: http, protocol: TCP }] }] }]
`,
  *checkSet(context) {
    for (const object of context.ofKind(...CILIUM_POLICIES)) {
      const { clusterwide, namespace = 'default', items } = readPolicy(object);
      for (const item of items) {
        const ports = namedPorts(item);
        const subject = ports.length > 0 ? subjectOf(item.rule) : undefined;
        if (!subject || subject.hasExpressions) continue;
        const pods = podsWith(subject.labels, context, clusterwide ? subject.namespaces?.[0] : namespace);
        const unknown = pods.length > 0 ? ports.find(({ port }) => !pods.some(pod => hasPort(pod, port))) : undefined;
        if (unknown) yield { object, pointer: `${unknown.pointer}/port`, found: `port ${show(unknown.port)}, which none of the selected pods has` };
      }
    }
  },
};

function namedPorts({ direction, portRules }: ItemReading): { port: string; pointer: string }[] {
  if (direction === 'egress') return [];
  return portRules.flatMap(({ ports }) => ports.filter(({ port }) => /[a-z]/i.test(port) && !isTemplate(port)));
}

function hasPort({ containers }: Workload, name: string): boolean {
  const ports = containers.flatMap(({ fields }) => asList(fields.ports));
  return ports.some(port => asString(asObject(port)?.name)?.toLowerCase() === name.toLowerCase());
}
