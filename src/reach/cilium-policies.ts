import { type L7Settings, readL7 } from './cilium-l7';
import type { CiliumLabels, SelectorScope } from './cilium-labels';
import { reservedName, withoutNamespace } from './cilium-labels';
import type { CiliumPeers } from './cilium-peers';
import type { Note } from './dataplane';
import { ifTaken } from './doubtful-policy';
import { IDENTITIES } from './enforced-always';
import { icmpType } from './icmp-type';
import { allMatch, type Match, type Party } from './party';
import { PortSet, type Protocol } from './port-set';
import { labelsIf, readRequirements } from './read-selector';
import { type Direction, type Peer, type Policy, type PortRule, type Ports, type Rule, type Side, nobodyAt, withSides } from './rule';
import { both, either, everybody, exactly, nobody } from './selection';
import { isUnfilled, unfilled } from './unfilled';
import { ofKind, type World } from './world';
import type { Located } from '../checks/finding';
import { asList, asObject, asString } from '../checks/read';
import { displayName } from '../manifests/identity';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import type { SelectorRequirement } from '../values/selector';

type Fields = Record<string, unknown>;

/** The lists of which an item may have one. */
const PEER_LISTS = new Set(['from', 'to'].flatMap(side =>
  ['Endpoints', 'Entities', 'Nodes', 'CIDR', 'CIDRSet', 'FQDNs', 'Services', 'Groups'].map(list => side + list)));

/** The policies of Cilium's own kinds. */
export class CiliumPolicies {
  readonly notes: Note[] = [];

  constructor(
    private readonly world: World, private readonly labels: CiliumLabels,
    private readonly peers: CiliumPeers, private readonly settings: L7Settings,
  ) {}

  read(): Policy[] {
    return ofKind(this.world.objects, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy').flatMap(located => {
      const { spec, specs } = located.object;
      const several = asList(specs).map((entry, index) => ({ fields: asObject(entry), pointer: `/specs/${index}` }));
      const written = [{ fields: asObject(spec), pointer: '/spec' }, ...several].filter(({ fields }) => fields !== undefined);
      // One bad spec, and the agent takes none of them.
      const refusal = written.map(({ fields }) => this.refusal(located, fields!)).find(text => text !== undefined);
      if (refusal !== undefined) {
        this.notes.push({ policy: located, text: `${displayName(located.object)} has no effect, since Cilium refuses it: ${refusal}` });
        return [];
      }
      for (const missing of new Set(written.flatMap(({ fields }) => itemsOf(fields!)).flatMap(item => this.peers.missingIn(item)))) {
        this.notes.push({ policy: located, text: `${displayName(located.object)} names ${missing}, which is not in the set: what it means is not known` });
      }
      return written.map(({ fields, pointer }) => this.spec(located, fields!, pointer));
    });
  }

  /** What the agent refuses, as far as it leaves no meaning to a policy; the checks tell the rest. */
  private refusal({ object }: Located, spec: Fields): string | undefined {
    const [endpoints, nodes] = [asObject(spec.endpointSelector), asObject(spec.nodeSelector)];
    if (Boolean(endpoints) === Boolean(nodes)) return 'it wants exactly one of endpointSelector and nodeSelector';
    if (nodes && object.kind === 'CiliumNetworkPolicy') return 'a nodeSelector in a namespaced policy';
    const items = itemsOf(spec);
    if (items.length === 0 && this.settings.ciliumMinor >= 19) return 'no ingress, ingressDeny, egress or egressDeny';
    for (const item of items) {
      const lists = Object.keys(item).filter(field => PEER_LISTS.has(field) && asList(item[field]).length > 0);
      if (lists.length > 1) return `${lists.join(' and ')} in one item`;
      if (asList(item.toPorts).length > 0 && asList(item.icmps).length > 0) return 'toPorts and icmps in one item';
      // Before 1.19 it asks more of the peers that other items name.
      if (this.settings.ciliumMinor >= 19 && (asList(item.fromRequires).length > 0 || asList(item.toRequires).length > 0)) return 'fromRequires or toRequires';
    }
    return undefined;
  }

  private spec(located: Located, spec: Fields, pointer: string): Policy {
    const clusterwide = located.object.kind === 'CiliumClusterwideNetworkPolicy';
    const namespace = clusterwide ? undefined : asString(located.object.metadata.namespace) || 'default';
    const selector = readRequirements(clusterwide ? spec.endpointSelector : withoutNamespace(spec.endpointSelector));
    const aboutNodes = asObject(spec.nodeSelector) !== undefined;
    const head: Omit<Policy, Direction> = {
      located,
      title: displayName(located.object),
      subjects: aboutNodes ? this.hosts(readRequirements(spec.nodeSelector)) : this.subjects(selector, namespace),
      subjectsIf: aboutNodes ? 'the host firewall is on, and the node has the labels'
        : unfilled(namespace) ?? labelsIf(selector),
      isAbout: aboutNodes ? party => this.isAboutNode(readRequirements(spec.nodeSelector), party)
        : clusterwide ? party => IDENTITIES.includes(reservedName(party) ?? '') && this.labels.holdFor(selector, party) : undefined,
    };
    const scope = { namespace, initializing: selector.some(({ key }) => key === 'reserved:init') };
    return withSides(ifTaken(head, this.world), (direction, policy) => this.side(policy, spec, direction, pointer, scope));
  }

  private subjects(selector: readonly SelectorRequirement[], namespace: string | undefined): Policy['subjects'] {
    const selected = this.labels.select(selector);
    if (namespace === undefined) return selected;
    return both(selected, this.world.namespaceLabels.requirement({ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [namespace] }));
  }

  /** Pods of the host network are governed as their node is. */
  private hosts(selector: readonly SelectorRequirement[]): Policy['subjects'] {
    const { hostFirewall } = this.world.target.ciliumAgent ?? {};
    if (hostFirewall === false) return nobody(this.world.size);
    const hosts = this.world.onHost;
    return hostFirewall === true && selector.length === 0 ? exactly(hosts) : { sure: nobody(this.world.size).sure, perhaps: hosts };
  }

  private isAboutNode(selector: readonly SelectorRequirement[], party: Party): Match {
    const { hostFirewall } = this.world.target.ciliumAgent ?? {};
    const name = reservedName(party);
    if (hostFirewall === false || (name !== 'host' && name !== 'remote-node')) return false;
    const selected = party.type === 'node' ? this.labels.holdFor(selector, party) : selector.length === 0 || 'the node has the labels';
    return allMatch(selected, hostFirewall === true || 'the host firewall of the agents is on');
  }

  private side(policy: Policy, spec: Fields, direction: Direction, pointer: string, scope: SelectorScope): Side {
    const rules = (list: string, deny: boolean) => asList(spec[list]).map((entry, index) =>
      this.rule(policy, asObject(entry) ?? {}, { direction, deny, list, index, pointer: `${pointer}/${list}/${index}` }, scope));
    const allow = rules(direction, false);
    const deny = rules(`${direction}Deny`, true);
    const wanted = asObject(spec.enableDefaultDeny)?.[direction];
    // A direction without an item stays as it is, whatever is wanted of it.
    const requires = { allow: this.required(spec, direction, direction, scope), deny: this.required(spec, `${direction}Deny`, direction, scope) };
    return { isolates: allow.length + deny.length > 0 && wanted !== false, allow, deny, requires };
  }

  private required(spec: Fields, list: string, direction: Direction, scope: SelectorScope): Peer[] {
    const field = direction === 'ingress' ? 'fromRequires' : 'toRequires';
    return asList(spec[list]).flatMap(entry => asList(asObject(entry)?.[field])).map(selector => this.peers.endpoints(selector, '', scope));
  }

  private rule(policy: Policy, item: Fields, place: Omit<Rule, 'policy' | 'peers' | 'peerClasses' | 'ports' | 'authenticated'>, scope: SelectorScope): Rule {
    // A deny cannot name names: the API server drops them, and what is left denies more.
    const fields = place.deny ? { ...item, toFQDNs: undefined } : item;
    const mode = place.deny ? undefined : asObject(item.authentication)?.mode;
    const list = mode === 'test-always-fail' ? 'nobody' : this.peers.read(fields, place.direction, place.pointer, scope);
    const peers = typeof list === 'string' ? [] : list;
    return {
      policy,
      ...place,
      peers: list === 'nobody' ? [nobodyAt(place.pointer, this.world.size)] : peers,
      peerClasses: list === 'anybody' ? everybody(this.world.size) : either(peers.map(({ classes }) => classes), this.world.size),
      ports: this.ports(item, place.deny, place.pointer),
      authenticated: mode === 'required',
    };
  }

  private ports(item: Fields, deny: boolean, pointer: string): PortRule[] {
    const icmps = asList(item.icmps);
    if (icmps.length > 0) return [{ pointer: `${pointer}/icmps`, ports: { numbers: PortSet.union(icmps.flatMap(icmpSets)), names: [] } }];
    const entries = asList(item.toPorts);
    if (entries.length === 0) return [{ pointer, ports: { numbers: PortSet.ALL, names: [] } }];
    return entries.map((entry, index) => {
      const fields = asObject(entry) ?? {};
      const ports = readPorts(asList(fields.ports), this.world.target.ciliumAgent?.sctp === true);
      return { pointer: `${pointer}/toPorts/${index}`, ports, l7: deny ? undefined : readL7(fields, this.settings) };
    });
  }
}

function itemsOf(spec: Fields): Fields[] {
  return ['ingress', 'ingressDeny', 'egress', 'egressDeny'].flatMap(list => asList(spec[list])).map(entry => asObject(entry) ?? {});
}

function icmpSets(entry: unknown): PortSet[] {
  return asList(asObject(entry)?.fields).map(field => {
    const { type, family } = asObject(field) ?? {};
    const number = icmpType(type, family === 'IPv6' ? 'IPv6' : 'IPv4');
    return number === undefined ? PortSet.NONE : PortSet.range(family === 'IPv6' ? 'ICMPv6' : 'ICMP', number, number);
  });
}

function readPorts(entries: readonly unknown[], withSctp: boolean): Ports {
  const names: Ports['names'][number][] = [];
  const numbers = PortSet.union(entries.map(entry => {
    const { port, endPort, protocol } = asObject(entry) ?? {};
    const template = [port, endPort, protocol].find(isUnfilled);
    if (template !== undefined) {
      names.push({ name: template, protocols: ['TCP', 'UDP', 'SCTP'] });
      return PortSet.NONE;
    }
    const text = typeof port === 'number' ? String(port) : asString(port) ?? '';
    const own = (asString(protocol) || 'ANY').toUpperCase();
    if (text === '0' && own === 'ANY') return PortSet.ALL;
    const protocols = own === 'ANY' ? ['TCP', 'UDP', ...(withSctp ? ['SCTP' as const] : [])] as Protocol[] : transport(own);
    if (text === '0') return PortSet.union(protocols.map(protocolName => PortSet.protocol(protocolName)));
    if (!/^\d+$/.test(text)) {
      if (text !== '') names.push({ name: text.toLowerCase(), protocols });
      return PortSet.NONE;
    }
    const end = typeof endPort === 'number' && endPort > 0 ? endPort : Number(text);
    return PortSet.union(protocols.map(protocolName => PortSet.range(protocolName, Number(text), end)));
  }));
  return { numbers, names };
}

function transport(protocol: string): Protocol[] {
  return protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP' ? [protocol] : [];
}
