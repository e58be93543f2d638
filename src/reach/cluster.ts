import type { Answer } from './answer';
import { ciliumDataplane } from './cilium-dataplane';
import { conditionsBetween, meantForSure } from './conditions';
import type { Connection } from './connection';
import type { Dataplane, DataplaneName, Note } from './dataplane';
import { doubtNote } from './doubtful-policy';
import type { Endpoint } from './endpoint';
import type { Probe } from './explain';
import { explainPair } from './explain-pair';
import type { Half } from './half';
import { Halves } from './halves';
import { areIn, type InsideRanges, insideRanges, refuseInside } from './inside';
import { insistQuestion } from './insist-question';
import { kubernetesDataplane, noDataplane } from './kubernetes-dataplane';
import type { Request } from './l7';
import { addressParts, mentionedAddresses, mentionedParties } from './mentioned';
import { notEvaluated } from './not-evaluated';
import { type AddressParty, isSame, type Party, titleOf } from './party';
import { partiesAt, type Place, workload } from './place';
import { type PodsMeant, podsMeant } from './pods-meant';
import { hasPort, type PortAsked, portAsked, portAt } from './port-at';
import type { PortSet, Protocol } from './port-set';
import { ReachMap } from './reach-map';
import type { PodTemplates } from './read-endpoints';
import type { Direction, Policy } from './rule';
import { type Backend, backendsAt, isService } from './services';
import { strangerAsked } from './stranger-asked';
import { joinStrangers, type Stranger } from './strangers';
import { World } from './world';
import type { Located } from '../checks/finding';
import { locatedObjects } from '../checks/located-objects';
import { refusedPolicies } from '../checks/refused-policies';
import { displayName } from '../manifests/identity';
import type { PlatformFacts } from '../target/platform-facts';
import type { Target } from '../target/target';
import { readPlatformFacts } from '../target/target-file';
import { targetOf } from '../target/target-of';
import { tenantOf } from '../target/tenant-of';
import { GuardrailsError } from '../values/guardrails-error';

/** How a set of objects is read. */
export interface ClusterOptions {
  /** How policies are enforced. @default - as the target's CNI does */
  readonly dataplane?: DataplaneName;
  /** Where kinds of operators have their pod template, as `{ Rollout: 'spec.template' }`. @default - as the target says */
  readonly podTemplates?: PodTemplates;
  /**
   * Whether pods that policies mean and the set does not have are ends of connections too: `monitoring/app=prometheus[Pods]`.
   *
   * @default true
   */
  readonly strangers?: boolean;
  /**
   * Policies that the cluster refuses, and why: they have no effect. An empty map takes every policy as it is.
   *
   * @default - what the checks find
   */
  readonly refused?: ReadonlyMap<Located, string>;
  /**
   * Policies that some clients would have refused, and for which fields: what they do is not sure.
   *
   * @default - what the checks find; none where `refused` is given
   */
  readonly doubtful?: ReadonlyMap<Located, string>;
}

/** How plain objects are read. */
export interface ManifestOptions extends ClusterOptions {
  /** The cluster that the objects are for, as a target file says it. @default - the default target, which is Cilium */
  readonly target?: PlatformFacts;
}

/** A connection to ask about. */
export interface Question extends Request {
  readonly from: Place;
  readonly to: Place;
  /**
   * Port that the destination listens on, or the name that it has there; the type for ICMP. For a destination `namespace/name[Service]`
   * a port of the Service: the answer is about the port that its backends listen on, since that is what policies see. A text may have
   * the protocol: `8080/tcp`, `53/udp`, `http/udp`, `icmp/8`.
   */
  readonly port: number | string;
  /** @default - what the port says, or the protocol of the port of that name; else 'TCP' */
  readonly protocol?: Protocol;
}

/** Two who are meant by a question, and the port of the destination. */
export interface AskedPair {
  readonly from: Party;
  readonly to: Party;
  readonly asked: PortAsked;
}

const NONE: ReadonlyMap<Located, string> = new Map();

/** Who is in a map besides those whom the set names. */
export interface MapOptions {
  /** @default - nobody */
  readonly others?: readonly Party[];
  /** Whether what passes between nodes and others than workloads is in it. @default - where policies are about nodes */
  readonly withNodes?: boolean;
}

const A_NODE: Party = { type: 'entity', entity: 'remote-node' };
const DATAPLANES: Record<DataplaneName, Dataplane> = { kubernetes: kubernetesDataplane, cilium: ciliumDataplane, none: noDataplane };

/** The workloads and policies of a cluster, to ask who reaches whom. */
export class Cluster {
  /**
   * Reads Kubernetes objects.
   *
   * @param objects plain objects of one cluster, or what `readFiles` found; anything without `apiVersion` and `kind` is passed over
   * @throws GuardrailsError for a target that is not known
   */
  static fromManifests(objects: readonly unknown[], { target, ...options }: ManifestOptions = {}): Cluster {
    return new Cluster(locatedObjects(objects), targetOf(readPlatformFacts(target, 'reach'), 'reach'), options);
  }

  readonly dataplane: DataplaneName;
  /** What makes answers less than they seem. */
  readonly notes: readonly Note[];
  /** Those of them about policies that are left out, and that the cluster may enforce. */
  readonly leftOut: readonly Note[];
  readonly world: World;
  private readonly options: ClusterOptions & Required<Pick<ClusterOptions, 'refused'>>;
  private readonly halves: Halves;
  /** Pods that the policies mean; nothing where strangers are not looked for. */
  readonly meant: readonly PodsMeant[];
  private readonly inside: InsideRanges;
  private podAddresses: ReadonlySet<string> | undefined;
  /** The same with the strangers that were asked about last: tests ask the same of few. */
  private wider: { readonly key: string; readonly cluster: Cluster } | undefined;
  /** The same, as if no policy were refused. */
  private ifTaken: Cluster | undefined;

  constructor(
    all: readonly Located[], target: Target, options: ClusterOptions = {},
    strangers: readonly Stranger[] = [], private readonly apart: readonly PodsMeant[] = [],
  ) {
    this.dataplane = options.dataplane ?? dataplaneOf(target);
    this.inside = insideRanges(target, this.dataplane);
    const { refused, doubtful = NONE } = options.refused ? { ...options, refused: options.refused } : refusedPolicies(all, target);
    this.options = { ...options, refused, doubtful };
    const objects = refused.size > 0 ? all.filter(object => !refused.has(object)) : all;
    this.meant = options.strangers === false ? [] : podsMeant(objects, this.dataplane === 'cilium');
    const podTemplates = { ...target.podTemplates, ...options.podTemplates };
    this.world = new World(objects, target, { podTemplates, meant: this.meant, apart, strangers, doubtful });
    const dataplane = DATAPLANES[this.dataplane];
    const { policies, notes } = dataplane.compile(this.world);
    const dropped = [...refused].map(([policy, why]) => (
      { policy, text: `${displayName(policy.object)} has no effect, since the cluster refuses it: ${why}` }
    ));
    this.leftOut = notEvaluated(objects, target);
    this.notes = [...dropped, ...[...doubtful].map(doubtNote), ...notes, ...this.leftOut];
    this.halves = new Halves(this.world, policies, dataplane);
  }

  /**
   * Whether a connection passes, and why.
   *
   * @throws GuardrailsError when a place is nobody, or more than one
   */
  query(question: Question): Answer {
    const answers = this.queryAll(question);
    const [answer, another] = answers;
    if (another) {
      throw new GuardrailsError('reach', 'query', {
        given: `'${question.from}' to '${question.to}'`,
        allowed: 'places that are one workload each',
        mend: `Name one of ${answers.slice(0, 6).map(({ from, to }) => `${from} => ${to}`).join(', ')}, or ask with queryAll.`,
      });
    }
    return answer!;
  }

  /**
   * The same for every pair that the places stand for; a workload to itself is left out where there are several, and so is who has no port
   * of the name that is asked about.
   */
  queryAll(question: Question): Answer[] {
    insistQuestion(question);
    const knowing = this.knowing([question.from, question.to]);
    return knowing === this ? this.answers(question) : knowing.queryAll(question);
  }

  /** Who is meant by the destination of a question and has no answer, having no port of the name that is asked about. */
  withoutPort(question: Question): string[] {
    const meant = this.knowing([question.to]).destinations(question);
    return meant.filter(({ party, ...asked }) => !hasPort(party, asked)).map(({ party }) => titleOf(party));
  }

  /** The same set with those strangers too whom places name by their title, or by labels where nobody else can have them. */
  knowing(places: readonly Place[]): Cluster {
    const { strangers } = this.world;
    const named = places.flatMap(place => strangerAsked(place, this.world) ?? []);
    return this.withStrangers(named.filter(({ title }) => !strangers.some(known => known.title === title)));
  }

  private answers(question: Question): Answer[] {
    return this.pairsAsked(question).map(({ from, to, asked }) => this.explain(from, to, probeOf(to, asked, question)));
  }

  /** Every pair that a question means, and on which port: those of which all answers are told. */
  pairsAsked(question: Question): AskedPair[] {
    const sources = partiesAt(question.from, this.world);
    const meant = this.destinations(question);
    for (const party of [...sources, ...meant.map(({ party: to }) => to)]) refuseInside(party, this.inside);
    const listening = meant.filter(({ party, ...asked }) => hasPort(party, asked));
    const destinations = listening.length > 0 ? listening : meant;
    const pairs = sources.flatMap(from => destinations.map(({ party: to, ...asked }) => ({ from, to, asked })));
    const others = pairs.filter(({ from, to }) => !isSame(from, to));
    return others.length > 0 ? others : pairs;
  }

  /** Who reaches whom. Addresses are split at every CIDR that a policy mentions, and at those given; those of pods are told of the pods. */
  map(families: readonly (4 | 6)[] = [4], splitAt: readonly AddressParty[] = [], options: MapOptions = {}): ReachMap {
    const { others = [], withNodes = this.governsNodes } = options;
    const mentioned = [...this.mentionedAddresses(), ...splitAt];
    const outside = new Map([...this.mentionedParties(), ...others].map(party => [
      `${party.type} ${titleOf(party)}`, this.find(party) ?? party,
    ]));
    const addresses = families.flatMap(family => addressParts(mentioned, family)).filter(part => !this.isInside(part));
    return new ReachMap(this.halves, [...addresses, ...outside.values()], withNodes);
  }

  /** Whether policies are about nodes, which are ends of their own then. */
  get governsNodes(): boolean {
    return this.policies.some(({ isAbout }) => isAbout !== undefined && isAbout(A_NODE) !== false);
  }

  /** Whether they are addresses of pods or of Services. What passes there is told of them, and a question about it is one about them. */
  isInside(party: Party): boolean {
    if (party.type !== 'addresses') return false;
    if (areIn(this.inside.pods, party) || areIn(this.inside.services, party)) return true;
    if (party.first !== party.last) return false;
    this.podAddresses ??= new Set(this.world.endpoints.filter(({ hostNetwork }) => !hostNetwork)
      .flatMap(({ ips }) => ips.map(({ family, address }) => `${family} ${address}`)));
    return this.podAddresses.has(`${party.family} ${party.first}`);
  }

  get looksForStrangers(): boolean {
    return this.options.strangers !== false;
  }

  /** The policies, as the dataplane takes them. */
  get policies(): readonly Policy[] {
    return this.halves.policies;
  }

  /** The same party in this set, or nothing where it has none. */
  find(party: Party): Party | undefined {
    if (party.type === 'node') return this.world.nodes.find(({ name }) => name === party.name) ?? party;
    if (party.type !== 'workload') return party;
    const endpoint = this.world.endpointsOf(party.endpoint.namespace).find(({ title }) => title === party.endpoint.title);
    return endpoint && workload(endpoint, this.world);
  }

  /** The same set with more strangers, so that it can be compared with another. */
  withStrangers(wanted: readonly Stranger[]): Cluster {
    if (wanted.length === 0) return this;
    const { objects, target, strangers } = this.world;
    const keyOf = ({ title, governed, asked = false }: Stranger) => `${title} ${governed} ${asked}`;
    const known = new Set(strangers.map(keyOf));
    if (wanted.every(stranger => known.has(keyOf(stranger)))) return this;
    const all = joinStrangers([strangers, wanted]);
    const key = all.map(keyOf).join('\n');
    if (this.wider?.key !== key) this.wider = { key, cluster: new Cluster(objects, target, this.options, all, this.apart) };
    return this.wider.cluster;
  }

  /** The same set where strangers that stand for several are told apart as the policies of another set do too. */
  toldApartFrom({ meant }: Cluster): Cluster {
    const { objects, target, strangers } = this.world;
    const others = strangers.filter(({ alike }) => alike === 0);
    return others.length < strangers.length ? new Cluster(objects, target, this.options, others, meant) : this;
  }

  /** The notes about policies that the cluster refuses and that would be about one of some workloads, by title. */
  refusedAbout(titles: readonly string[]): Note[] {
    const { refused } = this.options;
    if (refused.size === 0) return [];
    this.ifTaken ??= new Cluster([...this.world.objects, ...refused.keys()], this.world.target, { ...this.options, refused: new Map() });
    const taken = this.ifTaken;
    const readable = new Set(taken.policies.map(({ located }) => located));
    const ends = this.world.endpoints.filter(({ title }) => titles.includes(title)).map(endpoint => {
      const party = taken.find(workload(endpoint, this.world));
      return { namespace: endpoint.namespace, about: party ? taken.halfOf('ingress', party).policies.map(({ policy }) => policy.located) : [] };
    });
    // Of what cannot be read at all, its namespace is known.
    const isAbout = ({ object: { metadata } }: Located, namespace: string) => (metadata.namespace ?? namespace) === namespace;
    return this.notes.filter(({ policy }) => refused.has(policy)
      && ends.some(({ namespace, about }) => (readable.has(policy) ? about.includes(policy) : isAbout(policy, namespace))));
  }

  /** Whose the namespace of an endpoint is, as far as its labels are known; nobody's for one that stands for several. */
  tenantOf(endpoint: Endpoint, label?: string): string | undefined {
    if (endpoint.alike) return undefined;
    return tenantOf(endpoint.namespace, this.world.labelsAround(endpoint), label);
  }

  /** Addresses that the policies mention, in one direction, where it is given, and ranges of nodes: to split others the same way. */
  mentionedAddresses(direction?: Direction): AddressParty[] {
    return [...mentionedAddresses(this.world, direction && [direction]), ...this.inside.nodes];
  }

  /** DNS names and entities that the policies mention. */
  mentionedParties(): Party[] {
    return this.dataplane === 'cilium' ? mentionedParties(this.world) : [];
  }

  /** Who is meant by a destination, with the port that they listen on. */
  destinations({ to, port, protocol }: Omit<Question, 'from'>): Backend[] {
    const asked = portAsked(port, protocol);
    return isService(to) ? backendsAt(to, asked, this.world) : partiesAt(to, this.world).map(party => ({ party, ...asked }));
  }

  /** What passes between two parties of the set. */
  connection(from: Party, to: Party): Connection {
    return this.halves.between(from, to);
  }

  /** What one end lets through. */
  halfConnection(direction: Direction, from: Party, to: Party): Connection {
    return this.halves.connection(direction, from, to);
  }

  /** The policies about a party of the set, in a direction. */
  halfOf(direction: Direction, party: Party): Half {
    return this.halves.half(direction, party);
  }

  /** What it depends on whether more passes than what does for sure; none where nothing does. */
  conditions(from: Party, to: Party): string[] {
    return conditionsBetween(this.halves, from, to);
  }

  /** Ports on which rules of one end mean the other for sure, be they denied besides or not. */
  meantForSure(direction: Direction, from: Party, to: Party): PortSet {
    return meantForSure(this.halves, direction, from, to);
  }

  /** Whether a connection between two parties of the set passes, and why. */
  explain(from: Party, to: Party, probe: Probe): Answer {
    return explainPair(this.halves, from, to, probe);
  }
}

/** What is asked about a destination. */
export function probeOf(to: Party, asked: PortAsked, { http, dns, sni, kafka }: Request): Probe {
  return { ...portAt(to, asked), request: { http, dns, sni, kafka } };
}

/** As the CNI of a target enforces policies. */
export function dataplaneOf({ cilium, enforcesNetworkPolicy }: Target): DataplaneName {
  if (!enforcesNetworkPolicy) return 'none';
  return cilium === undefined ? 'kubernetes' : 'cilium';
}
