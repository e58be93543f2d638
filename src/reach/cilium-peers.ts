import type { AddressBlock } from './address-block';
import { PODS_IN_BLOCK, readBlocks } from './address-block';
import type { CiliumAddresses } from './cilium-addresses';
import { alsoIf, type CiliumLabels, POD_NAMESPACE, reservedName, type SelectorScope, WHERE_API_SERVER_RUNS, withHosts } from './cilium-labels';
import { DnsNames } from './dns-names';
import { anyOf, allMatch, type Match, type Party } from './party';
import { readLabels } from './read-endpoints';
import { labelsIf, readRequirements, requirementsText } from './read-selector';
import type { Direction, Peer, Subject } from './rule';
import { both, either, everybody, exactly, nobody, type Selection } from './selection';
import { namespaceNamed, servicesNamed } from './services-named';
import { NAME_LEADS_THERE } from './told-by-name';
import { unfilled, unfilledIn, unfilledLabels } from './unfilled';
import { ofKind, type World } from './world';
import type { Located } from '../checks/finding';
import { asList, asObject, asString } from '../checks/read';
import { word } from '../manifests/word';
import type { SelectorRequirement } from '../values/selector';

type Fields = Record<string, unknown>;

/** Who are the peers of an item: `anybody` for one that names ports only, `nobody` for one that names nothing at all. */
export type PeerList = readonly Peer[] | 'anybody' | 'nobody';

const IN_CLUSTER = ['host', 'remote-node', 'init', 'ingress', 'health', 'unmanaged', 'kube-apiserver'];

/** Reads the peers of items, list by list. */
export class CiliumPeers {
  private readonly minor: number;
  private services: readonly Located[] | undefined;

  constructor(private readonly world: World, private readonly labels: CiliumLabels, private readonly addresses: CiliumAddresses) {
    this.minor = Number((world.target.cilium ?? '1.18').split('.')[1]);
  }

  read(item: Fields, direction: Direction, pointer: string, scope: SelectorScope): PeerList {
    const side = direction === 'ingress' ? 'from' : 'to';
    const at = (list: string) => asList(item[`${side}${list}`]).map((entry, index) => ({ entry, pointer: `${pointer}/${side}${list}/${index}` }));
    const peers = [
      ...at('Endpoints').map(({ entry, pointer: own }) => this.endpoints(entry, own, scope)),
      ...at('Entities').map(({ entry, pointer: own }) => this.entity(word(entry), own)),
      ...at('Nodes').map(({ entry, pointer: own }) => this.nodes(entry, own)),
      ...at('CIDR').map(({ entry, pointer: own }) => this.blocks(readBlocks(entry), word(entry), own)),
      ...at('CIDRSet').map(({ entry, pointer: own }) => this.cidrSet(asObject(entry) ?? {}, own)),
      ...at('FQDNs').map(({ entry, pointer: own }) => this.name(asObject(entry) ?? {}, own)),
      ...at('Services').map(({ entry, pointer: own }) => this.service(asObject(entry) ?? {}, own)),
      ...at('Groups').map(({ entry, pointer: own }) => this.group(entry, own)),
    ];
    if (peers.length > 0) return peers;
    // An empty list of names or services is as good as none; any other empty list means nobody.
    const isWritten = ['Endpoints', 'Entities', 'Nodes', 'CIDR', 'CIDRSet'].some(list => Array.isArray(item[`${side}${list}`]));
    const hasPorts = asList(item.toPorts).length + asList(item.icmps).length > 0;
    return hasPorts && !isWritten ? 'anybody' : 'nobody';
  }

  /** Those whom a selector means. */
  endpoints(selector: unknown, pointer: string, scope: SelectorScope): Peer {
    const written = readRequirements(selector);
    const implied = this.labels.implied(written, scope);
    const requirements = [...written, ...implied];
    const matches = (party: Party) => this.labels.holdFor(requirements, party);
    const own = implied.some(isNamespace) ? ` of ${scope.namespace}` : '';
    return {
      pointer,
      text: `${written.length > 0 ? `endpoints ${requirementsText(written)}` : 'every endpoint'}${own}`,
      classes: withHosts(this.labels.select(requirements), this.world, matches),
      get classesIf() {
        return unfilledLabels(implied) ?? labelsIf(written.length > 0 ? written : requirements);
      },
      bySelector: true,
      // What is outside has no labels: requirements that only forbid some hold for it.
      outside: written.some(({ key }) => key.startsWith('reserved:')) || matches({ type: 'entity', entity: 'world' }) !== false,
      elsewhere: requirements.some(isNamespace) ? undefined : written.length === 0 ? 'all' : 'some',
      matches,
    };
  }

  private entity(entity: string, pointer: string): Peer {
    const condition = unfilled(entity);
    if (condition !== undefined) return this.unfilledPeer(`entity ${entity}`, pointer, condition);
    const matches = (party: Party): Match => entityMatches(entity, party);
    const pods = entity === 'all' ? everybody(this.world.size) : entity === 'cluster' ? this.labels.local() : nobody(this.world.size);
    return {
      pointer,
      text: `entity ${entity}`,
      classes: withHosts(pods, this.world, matches),
      classesIf: ON_SUCH_A_NODE,
      outside: !IN_CLUSTER.includes(entity) && entity !== 'cluster',
      elsewhere: entity === 'cluster' || entity === 'all' ? 'all' : undefined,
      matches,
    };
  }

  /** Never the node that the pod runs on: that one is the entity `host`. */
  private nodes(selector: unknown, pointer: string): Peer {
    const requirements = readRequirements(selector);
    const matches = (party: Party): Match => {
      const name = reservedName(party);
      if (name === 'kube-apiserver') return WHERE_API_SERVER_RUNS;
      if (name !== 'remote-node') return false;
      // Labels of the node of a pod are not known, nor those of a node that has no object in the set.
      return party.type === 'node' ? this.labels.holdFor(requirements, party) : requirements.length === 0 || NODE_LABELS;
    };
    return {
      pointer,
      text: requirements.length > 0 ? `nodes ${requirementsText(requirements)}` : 'every node',
      classes: withHosts(nobody(this.world.size), this.world, matches),
      classesIf: NODE_LABELS,
      outside: false,
      matches,
    };
  }

  private cidrSet(entry: Fields, pointer: string): Peer {
    const blocks = this.addresses.blocksOf(entry);
    const text = entry.cidr === undefined ? groupText(entry) : [...new Set(blocks.map(block => block.text))].join(', ') || 'no address';
    if (this.addresses.isMissing(entry)) return this.unknownPeer(text, pointer, nobody(this.world.size));
    return this.blocks(blocks, text, pointer);
  }

  /** What an item refers to and the set does not have. */
  missingIn(item: Fields): string[] {
    const entries = (...lists: string[]) => lists.flatMap(list => asList(item[list])).map(entry => asObject(entry) ?? {});
    return [
      ...entries('fromCIDRSet', 'toCIDRSet').filter(entry => this.addresses.isMissing(entry)).map(groupText),
      ...entries('toServices').filter(entry => this.servicesOf(entry).length === 0).map(wantedText),
    ];
  }

  /** The set may be a part of what the cluster has: who is meant by what it lacks is not known. */
  private unknownPeer(text: string, pointer: string, perhaps: Selection): Peer {
    const condition = `${text}, which is not in the set, leads there`;
    return {
      pointer,
      text,
      classes: { sure: nobody(this.world.size).sure, perhaps: perhaps.perhaps },
      classesIf: condition,
      outside: true,
      matches: party => (party.type === 'addresses' || party.type === 'name') && condition,
    };
  }

  /** What is still to be filled in may mean anybody. */
  private unfilledPeer(text: string, pointer: string, condition: string): Peer {
    const { size } = this.world;
    return {
      pointer,
      text,
      classes: { sure: nobody(size).sure, perhaps: everybody(size).perhaps },
      classesIf: condition,
      outside: true,
      matches: () => condition,
    };
  }

  private blocks(blocks: readonly AddressBlock[], text: string, pointer: string): Peer {
    const matches = (party: Party): Match => anyOf(blocks, block => this.addresses.matches(block, party));
    const pods = either(blocks.map(block => this.addresses.classes(block)), this.world.size);
    const classesIf = unfilledIn(blocks.map(block => block.text)) ?? PODS_IN_BLOCK;
    return { pointer, text, classes: withHosts(pods, this.world, matches), classesIf, outside: true, blocks, matches };
  }

  /** What is outside and has the name, once the DNS proxy has seen the subject ask for it. */
  private name(entry: Fields, pointer: string): Peer {
    const text = asString(entry.matchName) ?? asString(entry.matchPattern) ?? 'no name';
    const names = new DnsNames([entry], this.minor);
    return {
      pointer,
      text,
      classes: nobody(this.world.size),
      classesIf: '',
      outside: true,
      names: names.texts,
      matches: (party: Party, subject: Subject) => {
        // The addresses of a name that nobody may ask for are never learnt.
        if (party.type === 'addresses') return subject.mayAskSome(text) && NAME_LEADS_THERE;
        if (party.type !== 'name') return false;
        const match = names.hold(party.name);
        return match && allMatch(match, subject.mayAsk(party.name));
      },
    };
  }

  /** The pods behind a service, or the addresses of its slices where it selects none; never its own address. */
  private service(entry: Fields, pointer: string): Peer {
    const services = this.servicesOf(entry);
    if (services.length === 0) {
      const namespace = namespaceNamed(entry);
      const pods = namespace === undefined ? this.labels.endpoints : both(this.labels.endpoints, exactly(this.world.namespace(namespace)));
      return this.unknownPeer(wantedText(entry), pointer, pods);
    }
    const parts = services.map(service => this.backends(service));
    const blocks = parts.flatMap(part => part.blocks);
    const matches = (party: Party): Match => anyOf(blocks, block => this.addresses.matches(block, party));
    const pods = either([...parts.map(part => part.pods), ...blocks.map(block => this.addresses.classes(block))], this.world.size);
    return {
      pointer,
      text: services.map(serviceText).join(', '),
      classes: withHosts(pods, this.world, matches),
      classesIf: 'labels or addresses that the manifests do not tell match',
      outside: blocks.length > 0,
      blocks,
      matches,
    };
  }

  private servicesOf(entry: Fields): Located[] {
    this.services ??= ofKind(this.world.objects, 'v1', 'Service');
    return servicesNamed(entry, this.services);
  }

  private backends({ object }: Located): { readonly pods: Selection; readonly blocks: AddressBlock[] } {
    const namespace = object.metadata.namespace ?? 'default';
    const selector = Object.entries(readLabels(asObject(object.spec)?.selector));
    if (selector.length > 0) {
      const pods = this.labels.select(selector.map(([key, value]) => ({ key, operator: 'In', values: [value] })));
      return { pods: both(pods, exactly(this.world.namespace(namespace))), blocks: [] };
    }
    const slices = ofKind(this.world.objects, 'discovery.k8s.io', 'EndpointSlice').filter(({ object: { metadata } }) =>
      (metadata.namespace ?? 'default') === namespace && metadata.labels?.['kubernetes.io/service-name'] === object.metadata.name);
    const addresses = slices.flatMap(slice => asList(slice.object.endpoints)).flatMap(endpoint => asList(asObject(endpoint)?.addresses));
    return { pods: nobody(this.world.size), blocks: addresses.flatMap(address => readBlocks(address)) };
  }

  /** Groups of a cloud: who is in them only the cloud knows. */
  private group(entry: unknown, pointer: string): Peer {
    const matches = (party: Party): Match => allMatch(party.type === 'addresses' || party.type === 'name', 'the group of the cloud holds it');
    return { pointer, text: `group of the cloud ${JSON.stringify(entry)}`, classes: nobody(this.world.size), classesIf: '', outside: true, matches };
  }
}

/** Whether a requirement names namespaces. */
function isNamespace({ key, operator }: SelectorRequirement): boolean {
  return key === `k8s:${POD_NAMESPACE}` && operator === 'In';
}

/** @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based */
function entityMatches(entity: string, party: Party): Match {
  if (entity === 'all') return true;
  const name = reservedName(party);
  if (name === undefined || entity === 'none') return false;
  if (entity === 'cluster') return IN_CLUSTER.includes(name);
  return entity === name || (alsoIf(party, entity) ?? false);
}

const ON_SUCH_A_NODE = 'the pod of the host network runs on such a node';
export const NODE_LABELS = 'the node has the labels';

/** As an item names services of its own. */
function wantedText(entry: Fields): string {
  const namespace = namespaceNamed(entry);
  const named = asObject(entry.k8sService);
  const name = named ? word(named.serviceName) : requirementsText(readRequirements(asObject(entry.k8sServiceSelector)?.selector));
  return `service ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function groupText({ cidrGroupRef, cidrGroupSelector }: Fields): string {
  return `CIDR group ${asString(cidrGroupRef) ?? requirementsText(readRequirements(cidrGroupSelector))}`;
}

function serviceText({ object: { metadata } }: Located): string {
  return `service ${metadata.namespace ?? 'default'}/${metadata.name}`;
}
