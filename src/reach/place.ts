import { readAddresses } from './address-block';
import { readTerm } from './address-terms';
import { type Endpoint, isOwn } from './endpoint';
import { type AddressParty, ENTITIES, type Entity, type Party, titleOf, within, type WorkloadParty } from './party';
import { remember } from './remember';
import { serviceAtAddress, serviceOfName } from './service-known';
import { labelsOf, strangerTitled } from './stranger-title';
import type { World } from './world';
import { GuardrailsError } from '../values/guardrails-error';
import { parseSelector, selectorMatches } from '../values/selector';

/**
 * One end of a question: `namespace/name`, `namespace/name[Kind]`, `namespace/app=web,tier!=db` for pods by label, `namespace/*` for
 * every workload of a namespace, `*` for every workload, an address, a CIDR or `10.0.0.0/8 except 10.1.0.0/16, 10.9.0.0/16`, a DNS name,
 * `dns:*` for one without a dot, `node:name`, or one of `world`, `host`, `remote-node`, `kube-apiserver`, `ingress`, `health`, `init` and
 * `unmanaged`. The destination of a question may also be `namespace/name[Service]`. Pods that policies mean and the set does not have go
 * by their title, `namespace/label=value[Pods]`, or by their labels where the set has nobody with them; in a namespace of which it has no
 * workloads, be they meant by a policy or not. A Service is known by that title only, and not by its DNS name or address, which policies
 * never see; on Cilium the same holds of all addresses in the `podCidrs` of the target.
 */
export type Place = string;

/** Who is meant by a place. @throws GuardrailsError where it is nobody, because a misspelt name must not read as denied */
export function partiesAt(place: Place, world: World): readonly Party[] {
  const known = remember(memory, world, () => new Map<Place, readonly Party[]>());
  const parties = known.get(place) ?? lookUp(place, world);
  if (known.size < MAX_REMEMBERED) known.set(place, parties);
  return parties;
}

/** Tests and tables ask about the same few places again and again. */
const memory = new WeakMap<World, Map<Place, readonly Party[]>>();
const MAX_REMEMBERED = 10_000;

function lookUp(place: Place, world: World): Party[] {
  const text = place.trim();
  const addresses = readAddresses(text);
  // A block stands for all of its addresses, be they outside or not.
  if (addresses) return [podAt(addresses, world) ?? (text.includes('/') ? addresses : addressAt(addresses, text, world))];
  const ranges = readTerm(text);
  if (ranges) return ranges;
  if ((ENTITIES as readonly string[]).includes(text)) return [{ type: 'entity', entity: text as Entity }];
  const node = /^node:(.+)$/.exec(text) ?? /^([^/]+)\[Node\]$/.exec(text);
  if (node) return [nodeAt(node[1]!, world)];
  if (text.startsWith('dns:')) return [{ type: 'name', name: text.slice(4) }];
  if (text === '*') return insist(inSet(world.endpoints.filter(isOwn).filter(isSingle)), text, world).map(endpoint => workload(endpoint, world));
  const named = strangerTitled(text)?.title;
  const stranger = named !== undefined && world.endpoints.find(({ title }) => title === named);
  if (stranger) return [workload(stranger, world)];
  refuseBadAddress(text);
  const slash = text.indexOf('/');
  if (slash < 0) return [nameAt(text, world)];
  return endpointsAt(text.slice(0, slash), text.slice(slash + 1), world).map(endpoint => workload(endpoint, world));
}

export function workload(endpoint: Endpoint, world: World): WorkloadParty {
  return { type: 'workload', endpoint, class: world.classOf(endpoint) };
}

/** An address of a pod whose manifest tells it is that pod. */
function podAt({ family, first, last }: AddressParty, world: World): Party | undefined {
  if (first !== last) return undefined;
  const endpoint = world.endpoints.find(({ ips, hostNetwork }) =>
    !hostNetwork && ips.some(ip => ip.family === family && ip.address === first));
  return endpoint && workload(endpoint, world);
}

/** An address of a Node of the set is that node. @throws GuardrailsError for that of a Service, which policies never see */
function addressAt(address: AddressParty, text: string, world: World): Party {
  refuseService(text, serviceAtAddress(address, world));
  return world.nodes.find(({ addresses }) => addresses.some(own => within(own, address) === 'all')) ?? address;
}

/** What looks like an address and is none would be a namespace or a DNS name that nobody knows. */
function refuseBadAddress(text: string): void {
  const mend = 'Mend the address, or the length behind the slash.';
  if (/^(\d+|\d+\.[\d.]*(\/.*)?)$/.test(text)) throw unknownPlace(text, 'an address of four numbers up to 255, or a CIDR whose length is 0 to 32', mend);
  if (/^[\da-f]*:[\da-f:.]*(\/.*)?$/i.test(text)) throw unknownPlace(text, 'an IPv6 address, or a CIDR whose length is 0 to 128', mend);
}

function refuseService(text: string, service: string | undefined): void {
  if (service === undefined) return;
  throw unknownPlace(text, `${service}[Service] as a destination, with a port of the Service`,
    'Policies see a connection to a Service after it was sent on to somebody behind it: ask about the Service, or about them.');
}

function nodeAt(name: string, world: World): Party {
  const node = world.nodes.find(one => one.name === name);
  if (!node) throw unknownPlace(`node:${name}`, `a Node of the set: ${world.nodes.map(one => one.name).join(', ') || 'there is none'}`);
  return node;
}

function nameAt(text: string, world: World): Party {
  if (!/^[-\w*]+(\.[-\w*]+)+\.?$/.test(text)) {
    throw unknownPlace(text, `namespace/name, an address, a DNS name or one of ${ENTITIES.join(', ')}`, hint(world, ({ name }) => name === text));
  }
  refuseService(text, serviceOfName(text, world));
  return { type: 'name', name: text };
}

function endpointsAt(namespace: string, rest: string, world: World): readonly Endpoint[] {
  const own = world.endpointsOf(namespace).filter(isSingle);
  const isMeant = manyAt(namespace, rest);
  if (isMeant) return insist(inSet(own.filter(isMeant)), `${namespace}/${rest}`, world);
  if (rest.endsWith('[Service]')) throw unknownPlace(`${namespace}/${rest}`, 'a workload; a Service can be asked about only as a destination, with a port');
  const [, name = rest, kind] = /^([^[]+)\[(\w+)\]$/.exec(rest) ?? [];
  const named = own.filter(endpoint => endpoint.name === name && (kind === undefined || endpoint.kind === kind));
  return insist(named, `${namespace}/${rest}`, world);
}

/** One that stands for several is known by its title only: it is more than its labels say. */
function isSingle({ alike = 0 }: Endpoint): boolean {
  return alike === 0;
}

/** A place that means pods of one namespace, however many: which namespace, and who there. */
export interface Several {
  readonly namespace: string;
  isMeant(pods: Pick<Endpoint, 'labels'>): boolean;
}

/** Nothing for a place that is somebody by a name, no namespace at all, or a selector that is none. */
export function severalAt(place: Place): Several | undefined {
  const text = place.trim();
  const slash = text.indexOf('/');
  if (slash < 0 || readAddresses(text) || strangerTitled(text)) return undefined;
  const [namespace, rest] = [text.slice(0, slash), text.slice(slash + 1)];
  if (isSelector(rest) && parseSelector(rest).problem) return undefined;
  const isMeant = manyAt(namespace, rest);
  return isMeant && { namespace, isMeant };
}

/** Whether a place means many, be there one or more: all, those of a namespace, or those with some labels. */
export function meansSeveral(place: Place): boolean {
  return place.trim() === '*' || severalAt(place) !== undefined;
}

function isSelector(rest: string): boolean {
  return /[=!]|\s(in|notin)\s/.test(rest);
}

/** Who is meant by `*` or a selector; nothing for a name. */
function manyAt(namespace: string, rest: string): Several['isMeant'] | undefined {
  if (rest === '*') return () => true;
  if (!isSelector(rest)) return undefined;
  const { selector, problem } = parseSelector(rest);
  if (problem) throw unknownPlace(`${namespace}/${rest}`, problem.allowed);
  return ({ labels }) => selectorMatches(selector, labels);
}

/**
 * Pods that policies mean and that `*`, `namespace/*` or a selector leaves out for the sake of those in the set. That nothing passes has to
 * hold for them too; what passes, each goes by who they are for.
 */
export function strangersBeside(place: Place, world: World): WorkloadParty[] {
  const several = severalAt(place);
  const meant = several ? world.endpointsOf(several.namespace).filter(several.isMeant) : place.trim() === '*' ? world.endpoints : [];
  const strangers = meant.filter(({ stranger }) => stranger);
  if (strangers.length === 0) return [];
  const told = new Set(partiesAt(place, world).map(titleOf));
  return strangers.filter(({ title }) => !told.has(title)).map(endpoint => workload(endpoint, world));
}

/** Those in the set, where there are any: the others are named by who they are. */
function inSet(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const known = endpoints.filter(({ stranger }) => !stranger);
  return known.length > 0 ? known : endpoints;
}

/** @throws GuardrailsError where nobody is in a set, about whom everything would be true */
export function insistOnSomebody({ endpoints }: World): void {
  if (endpoints.some(isOwn)) return;
  throw new GuardrailsError('reach', 'set', {
    given: 'a set without workloads', allowed: 'a set with somebody in it, or whom its policies are about', mend: 'Give the workloads too.',
  });
}

function insist(found: readonly Endpoint[], place: string, world: World): readonly Endpoint[] {
  if (found.length > 0) return found;
  const name = place.slice(place.indexOf('/') + 1).replace(/\[.*$/, '');
  const namespace = place.slice(0, place.indexOf('/'));
  const near = hint(world, one => one.name === name) || hint(world, one => one.namespace === namespace);
  const asked = name !== '*' && !place.includes('[') && labelsOf(name) ? `Pods with these labels that the set does not have are '${place}[Pods]'.` : '';
  throw unknownPlace(place, 'a workload of the set', [near, asked].filter(Boolean).join(' '));
}

function hint(world: World, isClose: (endpoint: Endpoint) => boolean): string {
  const close = world.endpoints.filter(isClose).slice(0, 8).map(({ namespace, name, stranger, title }) => (stranger ? title : `${namespace}/${name}`));
  return close.length > 0 ? `Perhaps ${close.join(', ')}.` : '';
}

function unknownPlace(given: string, allowed: string, mend = ''): GuardrailsError {
  return new GuardrailsError('reach', 'place', { given: `'${given}'`, allowed, mend: mend || 'Write a place that is in the set.' });
}
