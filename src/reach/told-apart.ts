import type { Labels } from './known-pods';
import { MeantIndex, type Selected, spaceOf, type SpaceOf } from './meant-index';
import type { PodsMeant } from './pods-meant';
import { remember } from './remember';
import { joinSides, type Side, SIDES } from './sides';
import { selectorMatches, type SelectorOperator, type SelectorRequirement } from '../values/selector';

/** What a policy does with those whom it means; the peers of others have to fulfil what it requires. */
export type Effect = 'allow' | 'deny' | 'require' | 'govern';

/** Whom a policy is about: those of a namespace, or those whom a policy of the cluster selects. */
export interface About extends Selected {
  readonly ofCluster: boolean;
}

interface Group {
  readonly about: About;
  readonly peers: Readonly<Record<Effect, Set<PodsMeant>>>;
}

const OPPOSITE: Partial<Record<SelectorOperator, SelectorOperator>> = { NotIn: 'In', DoesNotExist: 'Exists' };

/**
 * Those whom selectors leave out: who has the fewest labels that a peer asks for falls under every deny of those who lack a label, and
 * is never one of those whom such a deny spares, nor of those whom a policy about all others does not isolate.
 */
export class ToldApart {
  private readonly groups = { from: new Map<string, Group>(), to: new Map<string, Group>() };
  private last: Record<Side, Group> & { readonly about: About } | undefined;
  private readonly space: SpaceOf;

  /** @param namespaces with the labels that are known of them */
  constructor(namespaces: ReadonlyMap<string, Labels>) {
    this.space = spaceOf(namespaces);
  }

  add(about: About, side: Side, effect: Effect, peer: PodsMeant): void {
    // The peers of a policy come one after the other.
    if (this.last?.about !== about) this.last = { about, ...this.groupsOf(about) };
    this.last[side].peers[effect].add(peer);
  }

  private groupsOf(about: About): Record<Side, Group> {
    const make = (): Group => ({ about, peers: { allow: new Set(), deny: new Set(), require: new Set(), govern: new Set() } });
    const key = `${about.ofCluster} ${textOf(about)}`;
    return { from: remember(this.groups.from, key, make), to: remember(this.groups.to, key, make) };
  }

  all(): PodsMeant[] {
    const all = new Map<string, PodsMeant>();
    const tell = (one: PodsMeant): void => {
      const text = textOf(one);
      const known = all.get(text);
      if (!known) all.set(text, one);
      else if (known.sides !== one.sides) all.set(text, { ...known, sides: joinSides(known.sides, one.sides) });
    };
    for (const side of SIDES) this.tell([...this.groups[side].values()], tell);
    return [...all.values()];
  }

  private tell(groups: readonly Group[], tell: (one: PodsMeant) => void): void {
    const ofCluster = new MeantIndex(groups.filter(({ about }) => about.ofCluster), ({ about }) => about, this.space);
    // A policy of the cluster governs peers wherever they are.
    const ids = new Map(ofCluster.items.map(({ peers }, index) => [peers, index]));
    const governed = new Choices(ofCluster.items.flatMap(({ peers }) => [...peers.govern].map(leftOut)), this.space);
    /** For each peer those who are governed and whom, wherever it is one, some other policy spares or not as well. */
    const withOthers = new Map<PodsMeant | undefined, ReadonlySet<PodsMeant>>();
    /** Groups that add nothing to the same policies of the cluster have the same choices. */
    const shared = new Map<string, Asked>();
    for (const { about, peers } of groups) {
      for (const peer of [...peers.allow, ...peers.govern]) leftOut(peer).forEach(tell);
      // Policies of the cluster count where they are about the same pods.
      const same = ofCluster.with(about).map(group => group.peers);
      const [allow, deny, require] = (['allow', 'deny', 'require'] as const)
        .map(effect => new Set([peers, ...same].flatMap(group => [...group[effect]])));
      const make = (): Asked => (
        { choices: new Choices([...[...deny!].map(leftOut), ...[...require!].map(peer => [peer])], this.space), peers: new Set() }
      );
      const isShared = peers.deny.size + peers.require.size === 0;
      if (deny!.size + require!.size + governed.firsts.size === 0) continue;
      const { choices: own, peers: before } = isShared ? remember(shared, same.map(group => ids.get(group)).join(), make) : make();
      for (const peer of [undefined, ...allow!, ...require!.size > 0 ? deny! : []]) {
        if (before.has(peer)) continue;
        before.add(peer);
        const choices = this.among(own, governed, peer);
        this.sparedBy([own, governed], peer, choices).forEach(tell);
        const always = withOthers.get(peer);
        withOthers.set(peer, new Set(always ? choices.filter(one => always.has(one)) : choices));
      }
    }
    for (const [peer, others] of withOthers) {
      this.sparedBy([governed], peer, governed.with(peer).filter(one => !others.has(one))).forEach(tell);
    }
  }

  /** Of a peer those who are one of some choices, and those of others who can be one of these too. */
  private among(own: Choices, others: Choices, peer: PodsMeant | undefined): PodsMeant[] {
    const first = own.with(peer);
    return [...new Set([...first, ...first.flatMap(one => others.with(this.join(peer, one) ?? one))])];
  }

  /** Some of a peer, or of everybody: those who are one of a choice, and besides one of every other, as far as anybody can be. */
  private sparedBy(all: readonly Choices[], peer: PodsMeant | undefined, choices: readonly PodsMeant[]): PodsMeant[] {
    if (choices.length === 0) return [];
    const count = all.reduce((sum, { firsts }) => sum + firsts.size, 0);
    // Where somebody can be one of each, that is the same for all of these.
    const ofEach = this.ofEach(all, peer);
    const spared = choices.flatMap(one => {
      const alone = this.join(peer, one);
      if (!alone) return [];
      if (count === 1 || (ofEach && all.some(({ firsts }) => firsts.has(one)))) return alone;
      const rest = all.flatMap(others => others.beside(one, alone));
      return [alone, rest.reduce((some, other) => this.join(some, other) ?? some, alone)];
    });
    return ofEach ? [...spared, ofEach] : spared;
  }

  private ofEach(all: readonly Choices[], peer: PodsMeant | undefined): PodsMeant | undefined {
    let some = peer;
    for (const { firsts } of all) {
      for (const one of firsts) {
        some = this.join(some, one);
        if (!some) return undefined;
      }
    }
    return some;
  }

  /** Nothing where nobody can be both. */
  private join(some: PodsMeant | undefined, one: PodsMeant): PodsMeant | undefined {
    if (!some) return one;
    const namespace = allOf([...some.namespace, ...one.namespace]);
    const pods = namespace && allOf([...some.pods, ...one.pods]);
    const space = pods && this.space(namespace);
    if (space && !selectorMatches({ matchExpressions: namespace }, space)) return undefined;
    return pods && { ...one, namespace, pods };
  }
}

/** What was asked about already. */
interface Asked {
  readonly choices: Choices;
  readonly peers: Set<PodsMeant | undefined>;
}

/** What somebody has to be one of: for each deny those whom it spares. */
class Choices {
  /** One of each. */
  readonly firsts: ReadonlySet<PodsMeant>;
  private readonly listOf = new Map<PodsMeant, readonly PodsMeant[]>();
  private readonly index: MeantIndex<PodsMeant>;

  constructor(lists: readonly (readonly PodsMeant[])[], space: SpaceOf) {
    const byText = new Map(lists.filter(list => list.length > 0).map(list => [list.map(textOf).join('\n'), list]));
    for (const list of byText.values()) for (const one of list) this.listOf.set(one, list);
    this.firsts = new Set([...byText.values()].map(([first]) => first!));
    this.index = new MeantIndex([...this.listOf.keys()], one => one, space);
  }

  /** Those who may be one of a peer; all for everybody. */
  with(peer: PodsMeant | undefined): readonly PodsMeant[] {
    return this.index.with(peer);
  }

  /** One of each other choice than that of `one`, where somebody may be both. */
  beside(one: PodsMeant, some: PodsMeant): PodsMeant[] {
    const own = this.listOf.get(one);
    return this.index.with(some).filter(other => this.firsts.has(other) && this.listOf.get(other) !== own);
  }
}

const NOBODY: readonly PodsMeant[] = [];

/** Those who would be meant but for one requirement. */
function leftOut(peer: PodsMeant): readonly PodsMeant[] {
  if (![...peer.namespace, ...peer.pods].some(({ operator }) => OPPOSITE[operator])) return NOBODY;
  return (['namespace', 'pods'] as const).flatMap(owner => peer[owner].flatMap((requirement, index) => {
    const operator = OPPOSITE[requirement.operator];
    if (!operator) return [];
    const others = peer[owner].filter((_, at) => at !== index);
    return [{ ...peer, subject: false, [owner]: [...others, { ...requirement, operator }] }];
  }));
}

function textOf({ namespace, pods }: Selected): string {
  return [namespace, pods].map(list => list.map(requirement => JSON.stringify(requirement)).sort().join()).join(' ');
}

/** One list of values for each key that has any; nothing where nobody can fulfil them. */
function allOf(requirements: readonly SelectorRequirement[]): SelectorRequirement[] | undefined {
  const all: SelectorRequirement[] = [];
  for (const key of new Set(requirements.map(requirement => requirement.key))) {
    const own = requirements.filter(requirement => requirement.key === key);
    const [shortest] = own.filter(({ operator }) => operator === 'In').sort((a, b) => (a.values ?? []).length - (b.values ?? []).length);
    if (!shortest) {
      all.push(...own);
      continue;
    }
    const values = (shortest.values ?? []).filter(value => selectorMatches({ matchExpressions: own }, { [key]: value }));
    if (values.length === 0) return undefined;
    all.push({ key, operator: 'In', values });
  }
  return all;
}
