import { type EndpointSelector, endpointSelector } from './endpoint-selector';
import { CILIUM_POLICIES, type ItemReading, type PolicyReading, type PortReading, readPolicy } from './read-policy';
import { asText } from './values';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { asList, asObject, asString } from '../read';
import type { Hit, SetRule } from '../rule';

interface ServicePorts {
  readonly name: string;
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
    const services = servicesByLabel(context);
    // Whom a policy is about is worked out for ports only that some Service translates.
    const translated = new Set([...services.values()].flatMap(list => list.flatMap(({ targets }) => [...targets.keys()])));
    if (translated.size === 0) return;
    for (const object of context.ofKind(...CILIUM_POLICIES)) {
      const reading = readPolicy(object);
      for (const item of reading.items) {
        const ports = item.portRules.flatMap(portRule => portRule.ports.filter(({ port }) => translated.has(port)));
        if (ports.length > 0) yield* wrongPorts(object, ports, podsOf(item, reading), services);
      }
    }
  },
};

function* wrongPorts(
  object: Located, ports: readonly PortReading[], pods: readonly string[][], services: ReadonlyMap<string, ServicePorts[]>,
): Iterable<Hit> {
  for (const { port, pointer } of ports) {
    const meant = pods.flatMap(keys => keys.flatMap(key => services.get(key) ?? []).filter(({ selector }) => hasAll(keys, selector)));
    const service = meant.find(({ targets }) => targets.has(port));
    if (service && !meant.some(({ podPorts }) => podPorts.has(port))) {
      yield { object, pointer: `${pointer}/port`, found: `port ${port} of Service ${service.name}, whose pods listen on ${service.targets.get(port)}` };
    }
  }
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

/** Services under the first label that they select by. */
function servicesByLabel(context: CheckContext): Map<string, ServicePorts[]> {
  const services = new Map<string, ServicePorts[]>();
  for (const { object } of context.ofKind('Service')) {
    const spec = asObject(object.spec);
    const { name, namespace } = asObject(object.metadata) ?? {};
    const selector = Object.entries(asObject(spec?.selector) ?? {});
    const first = selector[0];
    if (object.apiVersion !== 'v1' || !first) continue;
    const key = `${asString(namespace) ?? 'default'}/${first[0]}=${asText(first[1])}`;
    const list = services.get(key) ?? [];
    list.push({ name: asString(name) ?? '', selector, ...portsOf(asList(spec?.ports)) });
    services.set(key, list);
  }
  return services;
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
