import type { Endpoint } from './endpoint';
import { type Party } from './party';
import { partiesAt, workload } from './place';
import { type PortAsked, portAt, portsNamed } from './port-at';
import { PortSet, type Protocol } from './port-set';
import { onePort, parsePorts, portTexts } from './port-text';
import { readLabels } from './read-endpoints';
import { ofKind, type World } from './world';
import type { Located } from '../checks/finding';
import { canBeAdded } from '../checks/kubernetes/added-labels';
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
    throw nobodyBehind(place, spec, namespace, target, world);
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
    return backendsAt(place, ports.first!, world).map(({ party }) => ({ party, ports }));
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
  const { namespace } = to.endpoint;
  return ofKind(world.objects, 'v1', 'Service').flatMap(({ object: { metadata, spec: given } }) => {
    const spec = asObject(given) ?? {};
    const own = portOf(spec, asked);
    const isOf = (metadata.namespace ?? 'default') === namespace && spec.clusterIP !== 'None' && isSelected(spec, to.endpoint);
    return isOf && own && (asPort(own.targetPort) ?? own.port) !== asked.port ? [`${namespace}/${metadata.name}[Service]`] : [];
  });
}

/** Nobody, by a Service without a selector. Those whose controller perhaps adds the labels that they lack are. */
function isSelected({ selector }: Fields, endpoint: Endpoint): boolean {
  const asked = Object.entries(readLabels(selector));
  return asked.length > 0 && asked.every(([key, value]) => (
    Object.hasOwn(endpoint.labels, key) ? endpoint.labels[key] === value : isAdded(endpoint, key) && canBeAdded(endpoint.name, key, value)
  ));
}

function isAdded({ labels, addedLabels }: Endpoint, key: string): boolean {
  return addedLabels.includes(key) && !Object.hasOwn(labels, key);
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
  const keys = Object.keys(readLabels(spec.selector));
  if (keys.length === 0) return undefined;
  const isNamed = ({ ports }: Endpoint) => ports.some(own => own.name === target && own.protocol === protocol);
  const behind = world.endpointsOf(namespace).filter(endpoint => isSelected(spec, endpoint));
  // Whoever policies mean by a label that a controller adds is a pod of that workload, and has its other labels too.
  const isTold = behind.some(endpoint => keys.some(key => isAdded(endpoint, key)));
  return (isTold ? behind.filter(({ stranger }) => !stranger) : behind)
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

/** Pods whose ports do not have the name that a Service leads to get no traffic: they are not behind it. */
function nobodyBehind(place: string, spec: Fields, namespace: string, target: number | string, world: World): GuardrailsError {
  const pods = world.endpointsOf(namespace).filter(endpoint => isSelected(spec, endpoint));
  if (pods.length === 0) {
    return new GuardrailsError('reach', 'place', {
      given: `'${place}'`, allowed: 'a Service with somebody behind it', mend: 'Give the workload that its selector means, or its EndpointSlices.',
    });
  }
  const names = [...new Set(pods.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? [])))];
  return new GuardrailsError('reach', 'place', {
    given: `'${place}', whose targetPort is ${target}`,
    allowed: `a name that ${pods[0]!.title} gives to a port of the same protocol: ${names.join(', ') || 'it names none'}`,
    mend: 'Mend the targetPort of the Service, or name the port of the container.',
  });
}

function unknownPort(place: string, spec: Fields, { port, protocol }: PortAsked): GuardrailsError {
  const ports = asList(spec.ports).map(entry => asObject(entry) ?? {})
    .map(own => `${String(own.port)}/${protocolOf(own)}${asString(own.name) ? ` (${asString(own.name)})` : ''}`);
  const asked = parsePorts(String(port));
  const isPortOfPods = asked === undefined || onePort(asked) !== undefined;
  return new GuardrailsError('reach', 'port', {
    given: `'${port}${protocol === undefined ? '' : `/${protocol}`}' of ${place}`,
    allowed: `a port of the Service: ${ports.join(', ') || 'it has none'}`,
    mend: ports.length === 0 ? 'Ask about the pods behind it, or give the Service ports.'
      : isPortOfPods ? 'Write the port of the Service, not the one that the pods listen on.' : 'Write ports that it has.',
  });
}
