import { type EndpointSelector, endpointSelector } from './endpoint-selector';
import { CILIUM_POLICIES, type ItemReading, type PolicyReading, type PortReading, readPolicy } from './read-policy';
import { asText } from './values';
import { servicesNamed } from '../../reach/services-named';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { asList, asObject, asString, isKind } from '../read';
import type { Hit, SetRule } from '../rule';

interface ServicePorts {
  readonly service: Located;
  readonly selector: readonly (readonly [string, unknown])[];
  /** The pod's port for each port of the Service that differs from it. */
  readonly targets: ReadonlyMap<string, string>;
  /** What the pods listen on, by number or name. */
  readonly podPorts: ReadonlySet<string>;
}

export const servicePort: SetRule = {
  id: 'cilium/ServicePort',
  severity: 'warning',
  what: 'A policy allows the port of a Service where the pods behind it listen on another.',
  why: 'The Service is translated before policies are looked at: Cilium sees the pod and the pod\'s port.',
  mend: 'Write the targetPort.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-ingress-egress-ports',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  egress:
    - toEndpoints: [{ matchLabels: { app: api } }]
      toPorts: [{ ports: [{ port: "80", protocol: TCP }] }]
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  egress:
    - toEndpoints: [{ matchLabels: { app: api } }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
`,
  *checkSet(context) {
    const services = readServices(context);
    // Whom a policy is about is worked out for ports only that some Service translates.
    const translated = new Set(services.flatMap(({ targets }) => [...targets.keys()]));
    if (translated.size === 0) return;
    const byLabel = servicesByLabel(services);
    for (const object of context.ofKind(...CILIUM_POLICIES)) {
      const reading = readPolicy(object);
      for (const item of reading.items) {
        const ports = item.portRules.flatMap(portRule => portRule.ports.filter(({ port }) => translated.has(port)));
        if (ports.length > 0) yield* wrongPorts(object, ports, [...behindLabels(podsOf(item, reading), byLabel), ...named(item, services)]);
      }
    }
  },
};

function* wrongPorts(object: Located, ports: readonly PortReading[], meant: readonly ServicePorts[]): Iterable<Hit> {
  for (const { port, pointer } of ports) {
    const wrong = meant.find(({ targets }) => targets.has(port));
    if (wrong && !meant.some(({ podPorts }) => podPorts.has(port))) {
      const name = asString(wrong.service.object.metadata.name) ?? '';
      yield { object, pointer: `${pointer}/port`, found: `port ${port} of Service ${name}, whose pods listen on ${wrong.targets.get(port)}` };
    }
  }
}

/** The Services of the pods that have some labels. */
function behindLabels(pods: readonly string[][], services: ReadonlyMap<string, ServicePorts[]>): ServicePorts[] {
  return pods.flatMap(keys => keys.flatMap(key => services.get(key) ?? []).filter(({ selector }) => hasAll(keys, selector)));
}

/** The Services that an item names itself. */
function named({ peers }: ItemReading, services: readonly ServicePorts[]): ServicePorts[] {
  const entries = peers.filter(({ field }) => field === 'toServices').flatMap(peer => peer.entries).map(entry => asObject(entry) ?? {});
  if (entries.length === 0) return [];
  const all = services.map(({ service }) => service);
  const meant = new Set(entries.flatMap(entry => servicesNamed(entry, all)));
  return services.filter(({ service }) => meant.has(service));
}

/** The pods whose ports an item is about, each as the `namespace/label=value` texts that are known of them. */
function podsOf(item: ItemReading, reading: PolicyReading): string[][] {
  const selectors = item.direction === 'ingress'
    ? [item.rule.fields.endpointSelector]
    : item.peers.filter(({ field }) => field === 'toEndpoints').flatMap(({ entries }) => entries);
  return selectors.flatMap(selector => keysOf(endpointSelector(selector), reading));
}

function keysOf({ labels, namespaces, saysNamespace }: EndpointSelector, { clusterwide, namespace }: PolicyReading): string[][] {
  const own = clusterwide || saysNamespace ? [] : [namespace ?? 'default'];
  return (namespaces ?? own).map(name => [...labels].map(([key, value]) => `${name}/${key}=${value}`));
}

function hasAll(keys: readonly string[], selector: readonly (readonly [string, unknown])[]): boolean {
  return selector.every(([key, value]) => keys.some(known => known.endsWith(`/${key}=${asText(value)}`)));
}

/** The Services of the set that stand for pods. */
function readServices(context: CheckContext): ServicePorts[] {
  return context.ofKind('Service').flatMap(service => {
    const spec = asObject(service.object.spec);
    const selector = Object.entries(asObject(spec?.selector) ?? {});
    if (!isKind(service, '', 'Service') || !asObject(service.object.metadata) || selector.length === 0) return [];
    return [{ service, selector, ...portsOf(asList(spec?.ports)) }];
  });
}

/** Services under the first label that they select by. */
function servicesByLabel(services: readonly ServicePorts[]): Map<string, ServicePorts[]> {
  const byLabel = new Map<string, ServicePorts[]>();
  for (const one of services) {
    const [label, value] = one.selector[0]!;
    const key = `${asString(one.service.object.metadata.namespace) ?? 'default'}/${label}=${asText(value)}`;
    const list = byLabel.get(key) ?? [];
    list.push(one);
    byLabel.set(key, list);
  }
  return byLabel;
}

function portsOf(entries: readonly unknown[]): Pick<ServicePorts, 'targets' | 'podPorts'> {
  const targets = new Map<string, string>();
  const podPorts = new Set<string>();
  for (const entry of entries) {
    const { port, targetPort = port } = asObject(entry) ?? {};
    podPorts.add(asText(targetPort));
    // What number a name stands for is written in the pods.
    if (typeof targetPort === 'number' && targetPort !== port) targets.set(asText(port), asText(targetPort));
  }
  return { targets, podPorts };
}
