import type { Endpoint } from './endpoint';
import { type Party } from './party';
import { partiesAt, workload } from './place';
import { type PortAsked, portAt, portsNamed } from './port-at';
import { PortSet, type Protocol, PROTOCOLS } from './port-set';
import { portTexts } from './port-text';
import { readLabels } from './read-endpoints';
import { ofKind, type World } from './world';
import type { Located } from '../checks/finding';
import { asList, asObject, asString } from '../checks/read';
import { GuardrailsError } from '../values/guardrails-error';

type Fields = Record<string, unknown>;

/** Who answers for a Service, and on which port of its own: policies see a connection after its address and port were translated. */
export interface Backend extends PortAsked {
  readonly party: Party;
}

const PLACE = /^([^/\s]+)\/([^/[\s]+)\[Service\]$/;

/** Whether a place is `namespace/name[Service]`. */
export function isService(place: string): boolean {
  return PLACE.test(place.trim());
}

/**
 * The workloads behind a Service, or the addresses of its slices, or the name that it stands for.
 *
 * @param asked a port of the Service, by number or name
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 * @throws GuardrailsError where there is no such Service, it has no such port, or nobody is behind it
 */
export function backendsAt(place: string, asked: PortAsked, world: World): Backend[] {
  const { service, namespace, spec } = serviceAt(place, world);
  if (spec.type === 'ExternalName') return partiesAt(asString(spec.externalName) ?? '', world).map(party => ({ party, ...asked }));
  const own = portOf(spec, asked);
  const { port, protocol = own ? protocolOf(own) : 'TCP' } = asked;
  // Without an address of its own there is nothing to translate: clients connect to the pods as they are.
  const headless = spec.clusterIP === 'None';
  if (!own && !(headless && typeof port === 'number')) throw unknownPort(place, spec, asked);
  const target = headless && typeof port === 'number' ? port : asPort(own?.targetPort) ?? asPort(own?.port) ?? port;
  const backends = selected(spec, namespace, world, target, protocol)
    ?? sliced(service, asString(own?.name) ?? '', target, world).map(backend => ({ ...backend, protocol }));
  if (backends.length === 0) {
    throw new GuardrailsError('reach', 'place', {
      given: `'${place}'`, allowed: 'a Service with somebody behind it', mend: 'Give the workload that its selector means, or its EndpointSlices.',
    });
  }
  return backends;
}

/**
 * The same for all ports of a Service that are among some. Without an address or pods of its own, clients choose any of them.
 *
 * @throws GuardrailsError where there is no such Service, it has none of the ports, or nobody is behind it
 */
export function behindPorts(place: string, ports: PortSet, world: World): { readonly party: Party; readonly ports: PortSet }[] {
  const { spec } = serviceAt(place, world);
  if (spec.type === 'ExternalName' || spec.clusterIP === 'None') {
    const protocol = PROTOCOLS.find(one => ports.ranges(one).length > 0)!;
    return backendsAt(place, { port: ports.ranges(protocol)[0]![0], protocol }, world).map(({ party }) => ({ party, ports }));
  }
  const own = asList(spec.ports).map(entry => asObject(entry) ?? {})
    .filter(({ port, ...rest }) => typeof port === 'number' && ports.has(protocolOf(rest), port));
  if (own.length === 0) throw unknownPort(place, spec, { port: portTexts(ports).join(', ') });
  return own.flatMap(entry => backendsAt(place, { port: entry.port as number, protocol: protocolOf(entry) }, world))
    .map(({ party, port, protocol = 'TCP' }) => {
      const named = typeof port === 'number' ? PortSet.range(protocol, port, port) : portsNamed(party, `${port}/${protocol}`);
      // A name that is no port there is an error, and not nothing that passes.
      if (named.isEmpty()) portAt(party, { port, protocol });
      return { party, ports: named };
    });
}

function serviceAt(place: string, world: World): { readonly service: Located; readonly namespace: string; readonly spec: Fields } {
  const [, namespace = '', name = ''] = PLACE.exec(place.trim()) ?? [];
  const services = ofKind(world.objects, 'v1', 'Service');
  const service = services.find(({ object: { metadata } }) => metadata.name === name && (metadata.namespace ?? 'default') === namespace);
  if (!service) throw unknownService(place, services, namespace);
  return { service, namespace, spec: asObject(service.object.spec) ?? {} };
}

/** The Services that lead from a port to another one of a workload, which names no such port itself. */
export function servicesWithPort(to: Party, asked: PortAsked, world: World): string[] {
  if (to.type !== 'workload' || to.endpoint.ports.some(({ port, protocol }) => port === asked.port && protocol === asked.protocol)) return [];
  const { namespace, labels } = to.endpoint;
  return ofKind(world.objects, 'v1', 'Service').flatMap(({ object: { metadata, spec: given } }) => {
    const spec = asObject(given) ?? {};
    const own = portOf(spec, asked);
    const isOf = (metadata.namespace ?? 'default') === namespace && spec.clusterIP !== 'None' && isSelected(spec, labels);
    return isOf && own && (asPort(own.targetPort) ?? own.port) !== asked.port ? [`${namespace}/${metadata.name}[Service]`] : [];
  });
}

/** Nobody, by a Service without a selector. */
function isSelected({ selector }: Fields, labels: Readonly<Record<string, string>>): boolean {
  const asked = Object.entries(readLabels(selector));
  return asked.length > 0 && asked.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

function asPort(value: unknown): number | string | undefined {
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : undefined;
}

function portOf(spec: Fields, { port, protocol }: PortAsked): Fields | undefined {
  return asList(spec.ports).map(entry => asObject(entry) ?? {})
    .find(own => (own.port === port || own.name === port) && (protocol === undefined || protocolOf(own) === protocol));
}

function protocolOf({ protocol }: Fields): Protocol {
  return (asString(protocol) || 'TCP') as Protocol;
}

/** Nothing for a Service without a selector. A pod without the port that the Service names gets no traffic. */
function selected(spec: Fields, namespace: string, world: World, target: number | string, protocol: Protocol): Backend[] | undefined {
  if (Object.keys(readLabels(spec.selector)).length === 0) return undefined;
  const isNamed = ({ ports }: Endpoint) => ports.some(own => own.name === target && own.protocol === protocol);
  return world.endpointsOf(namespace)
    .filter(({ labels }) => isSelected(spec, labels))
    .filter(endpoint => typeof target === 'number' || isNamed(endpoint))
    .map(endpoint => ({ party: workload(endpoint, world), port: target, protocol }));
}

/** The slices say the port themselves. */
function sliced({ object: { metadata } }: Located, portName: string, target: number | string, world: World): Backend[] {
  const slices = ofKind(world.objects, 'discovery.k8s.io', 'EndpointSlice').filter(({ object }) =>
    (object.metadata.namespace ?? 'default') === (metadata.namespace ?? 'default')
    && object.metadata.labels?.['kubernetes.io/service-name'] === metadata.name);
  return slices.flatMap(({ object }) => {
    const own = asList(object.ports).map(entry => asObject(entry) ?? {}).find(({ name }) => (asString(name) ?? '') === portName);
    const addresses = asList(object.endpoints).flatMap(endpoint => asList(asObject(endpoint)?.addresses)).filter(text => typeof text === 'string');
    return addresses.flatMap(address => partiesAt(address, world)).map(party => ({ party, port: asPort(own?.port) ?? target }));
  });
}

function unknownService(place: string, services: readonly Located[], namespace: string): GuardrailsError {
  const near = services.filter(({ object: { metadata } }) => (metadata.namespace ?? 'default') === namespace).map(({ object }) => object.metadata.name);
  return new GuardrailsError('reach', 'place', {
    given: `'${place}'`,
    allowed: 'a Service of the set',
    mend: near.length > 0 ? `Perhaps ${near.slice(0, 8).map((name: string) => `${namespace}/${name}[Service]`).join(', ')}.` : 'Write a place that is in the set.',
  });
}

function unknownPort(place: string, spec: Fields, { port, protocol }: PortAsked): GuardrailsError {
  const ports = asList(spec.ports).map(entry => asObject(entry) ?? {})
    .map(own => `${String(own.port)}/${protocolOf(own)}${asString(own.name) ? ` (${asString(own.name)})` : ''}`);
  return new GuardrailsError('reach', 'port', {
    given: `'${port}${protocol === undefined ? '' : `/${protocol}`}' of ${place}`,
    allowed: `a port of the Service: ${ports.join(', ') || 'it has none'}`,
    mend: 'Write the port of the Service, not the one that the pods listen on.',
  });
}
