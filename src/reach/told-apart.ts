import type { PodsMeant } from './pods-meant';
import { selectorMatches, type SelectorOperator, type SelectorRequirement } from '../values/selector';

/** What a policy does with those whom it means; the peers of others have to fulfil what it requires. */
export type Effect = 'allow' | 'deny' | 'require' | 'govern';

type Peers = Record<Effect, Set<PodsMeant>>;

const OPPOSITE: Partial<Record<SelectorOperator, SelectorOperator>> = { NotIn: 'In', DoesNotExist: 'Exists' };

/**
 * Those whom selectors leave out: who has the fewest labels that a peer asks for falls under every deny of those who lack a label, and
 * is never one of those whom such a deny spares, nor of those whom a policy about all others does not isolate.
 */
export class ToldApart {
  private readonly sides = new Map<string, Peers>();

  /** @param namespace of the policy; nothing for a policy of the cluster */
  add(namespace: string | undefined, side: 'from' | 'to', effect: Effect, peer: PodsMeant): void {
    this.peers(namespace, side)[effect].add(peer);
  }

  all(): PodsMeant[] {
    const all = new Map<string, PodsMeant>();
    const tell = (one: PodsMeant) => all.set(textOf(one), one);
    for (const [key, own] of [...this.sides]) {
      const side = key.startsWith('from') ? 'from' : 'to';
      for (const peer of [...own.allow, ...own.govern]) leftOut(peer).forEach(tell);
      const everywhere = this.peers(undefined, side);
      const [allow, deny, require] = (['allow', 'deny', 'require'] as const)
        .map(effect => new Set([...own[effect], ...everywhere[effect]]));
      // A policy of the cluster governs peers wherever they are.
      const spared = [...deny!, ...everywhere.govern].map(leftOut).filter(list => list.length > 0);
      const choices = [...spared, ...[...require!].map(peer => [peer])];
      if (choices.length === 0) continue;
      for (const peer of [undefined, ...allow!, ...require!.size > 0 ? deny! : []]) sparedBy(choices, peer).forEach(tell);
    }
    return [...all.values()];
  }

  private peers(namespace: string | undefined, side: 'from' | 'to'): Peers {
    const key = `${side} ${namespace ?? ''}`;
    let peers = this.sides.get(key);
    if (!peers) {
      peers = { allow: new Set(), deny: new Set(), require: new Set(), govern: new Set() };
      this.sides.set(key, peers);
    }
    return peers;
  }
}

/** Those who would be meant but for one requirement. */
function leftOut(peer: PodsMeant): PodsMeant[] {
  return (['namespace', 'pods'] as const).flatMap(owner => peer[owner].flatMap((requirement, index) => {
    const operator = OPPOSITE[requirement.operator];
    if (!operator) return [];
    const others = peer[owner].filter((_, at) => at !== index);
    return [{ ...peer, subject: false, [owner]: [...others, { ...requirement, operator }] }];
  }));
}

/** Some of a peer, or of everybody: those who are one of a choice, and besides one of every other, as far as anybody can be. */
function sparedBy(choices: readonly PodsMeant[][], peer: PodsMeant | undefined): PodsMeant[] {
  const join = (some: PodsMeant | undefined, one: PodsMeant) => (some ? bothOf(some, one) : one);
  const firsts = choices.map(([one]) => one!);
  // Where somebody can be one of each, that is the same for all of these.
  const ofEach = firsts.slice(1).reduce<PodsMeant | undefined>((some, one) => some && bothOf(some, one), join(peer, firsts[0]!));
  const spared = choices.flatMap((choice, index) => choice.flatMap(one => {
    const alone = join(peer, one);
    if (!alone) return [];
    if (choices.length === 1 || (ofEach && one === firsts[index])) return alone;
    const rest = firsts.filter((_, at) => at !== index);
    return [alone, rest.reduce((some, other) => bothOf(some, other) ?? some, alone)];
  }));
  return ofEach ? [...spared, ofEach] : spared;
}

function textOf({ namespace, pods }: PodsMeant): string {
  return [namespace, pods].map(list => list.map(requirement => JSON.stringify(requirement)).sort().join()).join(' ');
}

function bothOf(one: PodsMeant, other: PodsMeant): PodsMeant | undefined {
  const namespace = allOf([...one.namespace, ...other.namespace]);
  const pods = namespace && allOf([...one.pods, ...other.pods]);
  return pods && { ...other, namespace, pods };
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
