import type { Answer } from './answer';
import { ciliumDataplane } from './cilium-dataplane';
import { conditionsBetween } from './conditions';
import type { Connection } from './connection';
import type { Dataplane, DataplaneName, Note } from './dataplane';
import type { Probe } from './explain';
import { explainPair } from './explain-pair';
import type { Half } from './half';
import { Halves } from './halves';
import { kubernetesDataplane, noDataplane } from './kubernetes-dataplane';
import type { Request } from './l7';
import { addressParts, mentionedAddresses, mentionedParties } from './mentioned';
import { notEvaluated } from './not-evaluated';
import { type AddressParty, isSame, type Party, titleOf } from './party';
import { partiesAt, type Place, workload } from './place';
import { podsMeant } from './pods-meant';
import { portAt } from './port-at';
import { type Protocol, PROTOCOLS } from './port-set';
import { ReachMap } from './reach-map';
import type { PodTemplates } from './read-endpoints';
import type { Direction, Policy } from './rule';
import { type Backend, backendsAt, isService } from './services';
import { strangerTitled } from './stranger-title';
import { joinStrangers, type Stranger, strangersOf } from './strangers';
import { World } from './world';
import type { Located } from '../checks/finding';
import { locatedObjects } from '../checks/located-objects';
import { displayName } from '../manifests/identity';
import type { PlatformFacts } from '../target/platform-facts';
import type { Target } from '../target/target';
import { readPlatformFacts } from '../target/target-file';
import { targetOf } from '../target/target-of';
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
  /** Policies that the cluster refuses, and why. @default - only what leaves no meaning to a policy */
  readonly refused?: ReadonlyMap<Located, string>;
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
   * a port of the Service: the answer is about the port that its backends listen on, since that is what policies see.
   */
  readonly port: number | string;
  /** @default 'TCP' */
  readonly protocol?: Protocol;
}

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
  readonly world: World;
  private readonly halves: Halves;

  constructor(
    all: readonly Located[], target: Target,
    private readonly options: ClusterOptions = {}, strangers: readonly Stranger[] = [],
  ) {
    this.dataplane = options.dataplane ?? dataplaneOf(target);
    const { refused } = options;
    const objects = refused && refused.size > 0 ? all.filter(object => !refused.has(object)) : all;
    const meant = options.strangers === false ? [] : podsMeant(objects, this.dataplane === 'cilium');
    this.world = new World(objects, target, { podTemplates: { ...target.podTemplates, ...options.podTemplates }, meant, strangers });
    const dataplane = DATAPLANES[this.dataplane];
    const { policies, notes } = dataplane.compile(this.world);
    const dropped = [...refused ?? []].map(([policy, why]) => (
      { policy, text: `${displayName(policy.object)} has no effect, since the cluster refuses it: ${why}` }
    ));
    this.notes = [...dropped, ...notes, ...notEvaluated(objects)];
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

  /** The same for every pair that the places stand for; a workload to itself is left out where there are several. */
  queryAll(question: Question): Answer[] {
    const knowing = this.knowing([question.from, question.to]);
    return knowing === this ? this.answers(question) : knowing.queryAll(question);
  }

  /** The same set with those strangers too whom places name by their title. */
  knowing(places: readonly Place[]): Cluster {
    const { strangers } = this.world;
    const named = places.flatMap(place => strangerTitled(place) ?? []);
    return this.withStrangers(named.filter(({ title }) => !strangers.some(known => known.title === title)));
  }

  private answers(question: Question): Answer[] {
    const sources = partiesAt(question.from, this.world);
    const destinations = this.destinations(question);
    const pairs = sources.flatMap(from => destinations.map(({ party: to, port }) => ({ from, to, port })));
    const others = pairs.filter(({ from, to }) => !isSame(from, to));
    return (others.length > 0 ? others : pairs).map(({ from, to, port }) => this.answer(from, to, { ...question, port }));
  }

  /** Who reaches whom. Addresses are split at every CIDR that a policy mentions, and at those given. */
  map(families: readonly (4 | 6)[] = [4], splitAt: readonly AddressParty[] = [], others: readonly Party[] = []): ReachMap {
    const mentioned = [...mentionedAddresses(this.world), ...splitAt];
    const outside = new Map([...this.mentionedParties(), ...others].map(party => [`${party.type} ${titleOf(party)}`, party]));
    return new ReachMap(this.halves, [...families.flatMap(family => addressParts(mentioned, family)), ...outside.values()]);
  }

  /** The policies, as the dataplane takes them. */
  get policies(): readonly Policy[] {
    return this.halves.policies;
  }

  /** The same party in this set, or nothing where it has none. */
  find(party: Party): Party | undefined {
    if (party.type !== 'workload') return party;
    const endpoint = this.world.endpointsOf(party.endpoint.namespace).find(({ title }) => title === party.endpoint.title);
    return endpoint && workload(endpoint, this.world);
  }

  /** The same set with more strangers, so that it can be compared with another. */
  withStrangers(wanted: readonly Stranger[]): Cluster {
    const { objects, target, strangers } = this.world;
    const known = new Set(strangers.map(({ title, governed }) => `${title} ${governed}`));
    return wanted.every(({ title, governed }) => known.has(`${title} ${governed}`)) ? this
      : new Cluster(objects, target, this.options, joinStrangers([strangers, wanted]));
  }

  /** Those whom some policies mean, be they in the set or not. */
  strangersOf(titles: ReadonlySet<string>): Stranger[] {
    if (this.options.strangers === false) return [];
    const policies = this.world.objects.filter(({ object }) => titles.has(displayName(object)));
    return strangersOf(podsMeant(policies, this.dataplane === 'cilium').filter(({ subject }) => !subject), [], this.world.namespaces);
  }

  /** Whose a namespace is, by a label of it. */
  tenantOf(namespace: string, label: string): string | undefined {
    const labels = this.world.labelsOfNamespace(namespace) ?? {};
    return Object.hasOwn(labels, label) ? labels[label] : undefined;
  }

  /** Addresses that the policies mention, to split those of another set the same way; in one direction, where it is given. */
  mentionedAddresses(direction?: Direction): AddressParty[] {
    return mentionedAddresses(this.world, direction && [direction]);
  }

  /** DNS names and entities that the policies mention. */
  mentionedParties(): Party[] {
    return this.dataplane === 'cilium' ? mentionedParties(this.world) : [];
  }

  /** Who is meant by a destination, with the port that they listen on. */
  destinations({ to, port, protocol = 'TCP' }: Omit<Question, 'from'>): Backend[] {
    const given = typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
    return isService(to) ? backendsAt(to, given, protocol, this.world) : partiesAt(to, this.world).map(party => ({ party, port }));
  }

  private answer(from: Party, to: Party, { port, protocol = 'TCP', http, dns, sni, kafka }: Question): Answer {
    if (!PROTOCOLS.includes(protocol)) {
      throw new GuardrailsError('reach', 'protocol', { given: protocol, allowed: PROTOCOLS.join(', '), mend: 'Write one of them, in capitals.' });
    }
    return this.explain(from, to, { protocol, port: portAt(to, port, protocol), request: { http, dns, sni, kafka } });
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

  /** Whether a connection between two parties of the set passes, and why. */
  explain(from: Party, to: Party, probe: Probe): Answer {
    return explainPair(this.halves, from, to, probe);
  }
}

/** As the CNI of a target enforces policies. */
export function dataplaneOf({ cilium, enforcesNetworkPolicy }: Target): DataplaneName {
  if (!enforcesNetworkPolicy) return 'none';
  return cilium === undefined ? 'kubernetes' : 'cilium';
}
