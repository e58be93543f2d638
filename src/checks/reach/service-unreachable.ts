import { clusterOf } from './cluster-of';
import type { Cluster } from '../../reach/cluster';
import type { Party } from '../../reach/party';
import { portsNamed } from '../../reach/port-at';
import { PortSet, type Protocol } from '../../reach/port-set';
import { portSetText, resolvePorts } from '../../reach/resolve-ports';
import { selectorMatches } from '../../values/selector';
import { readLabels } from '../kubernetes/read-selector';
import { plainText } from '../kubernetes/text';
import { asList, asObject, isKind } from '../read';
import type { SetRule } from '../rule';

export const serviceUnreachable: SetRule = {
  id: 'reach/ServiceUnreachable',
  severity: 'warning',
  what: 'Policies let somebody in at the pods of a Service, and nobody on the port that the Service sends its calls to.',
  why: 'Policies see the port of the pod, not that of the Service: every call through the Service is dropped.',
  mend: 'Allow ingress from the callers on the target port, or take the port out of the Service.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    if (!cluster) return;
    for (const service of context.ofKind('Service')) {
      const spec = asObject(service.object.spec);
      const selector = readLabels(spec?.selector);
      if (!isKind(service, '', 'Service') || !selector || Object.keys(selector).length === 0) continue;
      const namespace = plainText(asObject(service.object.metadata)?.namespace) ?? 'default';
      const backends = cluster.world.endpointsOf(namespace).filter(({ labels }) => selectorMatches({ matchLabels: selector }, labels))
        .map((endpoint): Party => ({ type: 'workload', endpoint, class: cluster.world.classOf(endpoint) }));
      if (backends.length === 0) continue;
      for (const [index, entry] of asList(spec?.ports).entries()) {
        const ports = PortSet.union(backends.map(backend => targetPorts(asObject(entry) ?? {}, backend)));
        if (ports.isEmpty() || backends.some(backend => isReached(backend, ports, cluster))) continue;
        yield { object: service, pointer: `/spec/ports/${index}`, found: `no one reaches ${portSetText(ports)} of its pods` };
      }
    }
  },
};

function targetPorts({ port, targetPort, protocol }: Record<string, unknown>, backend: Party): PortSet {
  const own = (plainText(protocol) ?? 'TCP') as Protocol;
  const target = targetPort ?? port;
  if (typeof target === 'string') return portsNamed(backend, target);
  return typeof target === 'number' && ['TCP', 'UDP', 'SCTP'].includes(own) ? PortSet.range(own, target, target) : PortSet.NONE;
}

/** Whether anyone at all may come on the ports: a part of a set says nothing about callers elsewhere. */
function isReached(backend: Party, ports: PortSet, cluster: Cluster): boolean {
  const { isolated, allow } = cluster.halfOf('ingress', backend);
  const opened = PortSet.union(allow.flatMap(({ rule }) => rule.ports.map(entry => resolvePorts(entry.ports, backend))));
  // Without any port the pods are meant to be left alone; kubectl port-forward still reaches them from their node.
  return isolated !== true || opened.isEmpty() || !opened.intersection(ports).isEmpty();
}
