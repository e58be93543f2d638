import { PODS_IN_BLOCK, readBlocks } from './address-block';
import type { AddressBlock } from './address-block';
import { ifTaken } from './doubtful-policy';
import { anyOf, type Match, type Party } from './party';
import { PortSet, type Protocol } from './port-set';
import { labelsIf, readRequirements, requirementsText } from './read-selector';
import { type Direction, type Peer, type Policy, type PortRule, type Ports, type Rule, type Side, nobodyAt, withSides } from './rule';
import { both, either, everybody, type Selection } from './selection';
import { isUnfilled, unfilled } from './unfilled';
import { ofKind, type World } from './world';
import type { Located } from '../checks/finding';
import { asList, asObject, asString } from '../checks/read';
import { displayName } from '../manifests/identity';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import type { SelectorRequirement } from '../values/selector';

type Fields = Record<string, unknown>;

/** What a dataplane makes of a NetworkPolicy. */
export interface NetworkPolicySemantics {
  /** Who a selector can be about, of those that it selects. */
  readonly selectable: Selection;
  selectPods(requirements: readonly SelectorRequirement[]): Selection;
  /** Whether a direction isolates, and whether its rules count. */
  side(types: readonly unknown[], direction: Direction, rules: number): { readonly isolates: boolean; readonly installed: boolean };
  blockMatches(block: AddressBlock, party: Party): Match;
  /** Classes whose addresses are in a block. */
  blockClasses(block: AddressBlock): Selection;
}

/** The NetworkPolicies of a set. */
export function compileNetworkPolicies(world: World, semantics: NetworkPolicySemantics): Policy[] {
  return ofKind(world.objects, 'networking.k8s.io', 'NetworkPolicy').flatMap(located => {
    const spec = asObject(located.object.spec);
    return spec ? [new PolicyReader(located, spec, world, semantics).read()] : [];
  });
}

class PolicyReader {
  private readonly namespace: string;

  constructor(
    private readonly located: Located, private readonly spec: Fields,
    private readonly world: World, private readonly semantics: NetworkPolicySemantics,
  ) {
    this.namespace = asString(located.object.metadata.namespace) || 'default';
  }

  read(): Policy {
    const { semantics, spec } = this;
    const pods = readRequirements(spec.podSelector);
    const subjects = both(this.own(), both(semantics.selectPods(pods), semantics.selectable));
    const { located } = this;
    const subjectsIf = unfilled(this.namespace) ?? labelsIf(pods);
    const head = { located, title: displayName(located.object), subjects, subjectsIf };
    return withSides(ifTaken(head, this.world), (direction, policy) => this.side(direction, policy));
  }

  private own(): Selection {
    return this.world.namespaceLabels.requirement({ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [this.namespace] });
  }

  private side(direction: Direction, policy: Policy): Side {
    const entries = asList(this.spec[direction]);
    const { isolates, installed } = this.semantics.side(asList(this.spec.policyTypes), direction, entries.length);
    const allow = installed ? entries.map((entry, index) => this.rule(direction, asObject(entry) ?? {}, index, policy)) : [];
    return { isolates, allow, deny: [] };
  }

  private rule(direction: Direction, fields: Fields, index: number, policy: Policy): Rule {
    const pointer = `/spec/${direction}/${index}`;
    const field = direction === 'ingress' ? 'from' : 'to';
    const peers = asList(fields[field]).flatMap((peer, at) => this.peer(asObject(peer) ?? {}, `${pointer}/${field}/${at}`) ?? []);
    const anybody = asList(fields[field]).length === 0;
    return {
      policy,
      direction,
      deny: false,
      list: direction,
      index,
      pointer,
      peers,
      peerClasses: anybody ? everybody(this.world.size) : either(peers.map(({ classes }) => classes), this.world.size),
      ports: [readPorts(asList(fields.ports), `${pointer}/ports`)],
      authenticated: false,
    };
  }

  /** The API server refuses a peer of no field, or of a block and a selector: it means nobody. */
  private peer({ podSelector, namespaceSelector, ipBlock }: Fields, pointer: string): Peer | undefined {
    const { semantics } = this;
    const block = asObject(ipBlock);
    const [pods, namespaces] = [asObject(podSelector), asObject(namespaceSelector)];
    if (block && !pods && !namespaces) return this.blockPeer(block, `${pointer}/ipBlock`);
    if (block || (!pods && !namespaces)) return nobodyAt(pointer, this.world.size);
    const own = readRequirements(pods);
    const where = namespaces && readRequirements(namespaces);
    const inNamespaces = where ? this.world.namespaceLabels.select(where) : this.own();
    const classes = both(both(inNamespaces, semantics.selectPods(own)), semantics.selectable);
    const { namespace } = this;
    const all = [...where ?? [], ...own];
    return {
      pointer,
      // Most peers are never told of.
      get text() {
        return `${own.length > 0 ? `pods ${requirementsText(own)}` : 'every pod'} ${where ? namespacesText(where) : `of ${namespace}`}`;
      },
      classes,
      get classesIf() {
        return unfilled(where ? undefined : namespace) ?? labelsIf(all);
      },
      outside: false,
      bySelector: true,
      elsewhere: where && (where.length + own.length === 0 ? 'all' : 'some'),
      matches: nobody,
    };
  }

  private blockPeer(fields: Fields, pointer: string): Peer {
    const blocks = readBlocks(fields.cidr, asList(fields.except));
    const [block] = blocks;
    if (!block) return nobodyAt(pointer, this.world.size);
    const { semantics } = this;
    return {
      pointer,
      text: block.text,
      classes: either(blocks.map(one => semantics.blockClasses(one)), this.world.size),
      classesIf: block.unsure ?? PODS_IN_BLOCK,
      outside: true,
      blocks,
      matches: party => anyOf(blocks, one => semantics.blockMatches(one, party)),
    };
  }
}

function namespacesText(requirements: readonly SelectorRequirement[]): string {
  return requirements.length > 0 ? `of namespaces ${requirementsText(requirements)}` : 'of every namespace';
}

function nobody(): boolean {
  return false;
}

const PROTOCOLS: readonly unknown[] = ['TCP', 'UDP', 'SCTP'];

function readPorts(entries: readonly unknown[], pointer: string): PortRule {
  if (entries.length === 0) return { pointer, ports: { numbers: PortSet.ALL, names: [] } };
  const names: Ports['names'][number][] = [];
  const numbers = PortSet.union(entries.map(entry => {
    const { protocol, port, endPort } = asObject(entry) ?? {};
    const template = [protocol, port, endPort].find(isUnfilled);
    if (template !== undefined) {
      names.push({ name: template, protocols: isUnfilled(protocol) ? ['TCP', 'UDP', 'SCTP'] : [(asString(protocol) || 'TCP') as Protocol] });
      return PortSet.NONE;
    }
    const own = (asString(protocol) || 'TCP') as Protocol;
    if (!PROTOCOLS.includes(own)) return PortSet.NONE;
    if (port === undefined || port === null) return PortSet.protocol(own);
    if (typeof port === 'string') names.push({ name: port, protocols: [own] });
    return typeof port === 'number' ? PortSet.range(own, port, typeof endPort === 'number' ? endPort : port) : PortSet.NONE;
  }));
  return { pointer, ports: { numbers, names } };
}
