import { modelOf, receiversOf } from './namespace-models';
import { readNetworkPolicy } from './read-network-policy';
import { displayName } from '../../manifests/identity';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { readLabels } from '../kubernetes/read-selector';
import type { Workload } from '../kubernetes/workloads';
import { asList, asObject, isKind } from '../read';
import type { ObjectRule } from '../rule';

export const servicePort: ObjectRule = {
  id: 'network/ServicePort',
  severity: 'warning',
  what: 'A rule allows the port of a Service, while the pods listen on another one.',
  why: 'Policies see a packet after the Service has been translated to a pod: the rule never matches.',
  mend: 'Write the port that the container listens on, the targetPort of the Service.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: "example.com/web:1", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80, protocol: TCP }] }]
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: "example.com/web:1", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080, protocol: TCP }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    if (translated(context).size === 0) return;
    for (const rule of readNetworkPolicy(object)?.rules ?? []) {
      const numbered = rule.ports.filter(({ port, endPort }) => typeof port === 'number' && endPort === undefined);
      const receivers = numbered.length === 0 ? [] : receiversOf(context, rule);
      for (const { port, protocol, pointer } of numbered) {
        if (receivers.length === 0 || receivers.some(receiver => numbersOf(receiver).includes(port))) continue;
        const [service] = receivers.flatMap(receiver => translated(context).get(receiver)?.get(`${port}/${protocol}`) ?? []);
        if (service) {
          report({
            object,
            pointer: `${pointer}/port`,
            found: `port ${port}, which is a port of ${displayName(service.object)} and of no container behind it`,
          });
        }
      }
    }
  },
};

/** For each workload the ports of Services that stand for another port of its pods, as `80/TCP`. */
type Translated = ReadonlyMap<Workload, ReadonlyMap<string, Located>>;

const sets = new WeakMap<CheckContext, Translated>();

function translated(context: CheckContext): Translated {
  let workloads = sets.get(context);
  if (!workloads) {
    workloads = translate(context);
    sets.set(context, workloads);
  }
  return workloads;
}

function translate(context: CheckContext): Map<Workload, Map<string, Located>> {
  const workloads = new Map<Workload, Map<string, Located>>();
  for (const service of context.ofKind('Service')) {
    const spec = asObject(service.object.spec);
    const selector = readLabels(spec?.selector);
    // A Service without a selector stands for no pods of its own; a headless one translates nothing.
    if (!isKind(service, '', 'Service') || !selector || Object.keys(selector).length === 0 || spec?.clusterIP === 'None') continue;
    const ports = asList(spec?.ports).flatMap(port => translatedPort(asObject(port) ?? {}) ?? []);
    for (const workload of ports.length === 0 ? [] : modelOf(context, service).selectedBy({ matchLabels: selector }) ?? []) {
      const known = workloads.get(workload) ?? new Map<string, Located>();
      for (const port of ports) known.set(port, service);
      workloads.set(workload, known);
    }
  }
  return workloads;
}

function translatedPort({ port, targetPort, protocol }: Record<string, unknown>): string | undefined {
  const isOther = typeof port === 'number' && targetPort !== undefined && targetPort !== null && targetPort !== port;
  return isOther ? `${port}/${protocol ?? 'TCP'}` : undefined;
}

function numbersOf({ containers }: Workload): unknown[] {
  return containers.flatMap(({ fields }) => asList(fields.ports).map(port => asObject(port)?.containerPort));
}
