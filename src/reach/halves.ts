import type { BitSet } from './bit-set';
import { type Case, casesOf } from './cases';
import { bothWays, type Connection, whichever } from './connection';
import type { Dataplane } from './dataplane';
import type { EndpointClass } from './endpoint';
import { type About, Half } from './half';
import { areIn, insideRanges } from './inside';
import type { AddressParty, Match, Party } from './party';
import type { Direction, Policy } from './rule';
import type { World } from './world';

/** One of those whom a peer may turn out to be. */
export interface EndCase extends Case {
  /** Whether the dataplane asks nobody. */
  readonly free: Match;
}

/** What the policies say of each party, worked out once for all whom the same policies are about. */
export class Halves {
  private readonly about: About[][];
  private readonly memory = { ingress: new Map<string, Half>(), egress: new Map<string, Half>() };
  private readonly ofClass = { ingress: [] as (Half | undefined)[], egress: [] as (Half | undefined)[] };
  private readonly ofOthers = { ingress: new WeakMap<Party, Half>(), egress: new WeakMap<Party, Half>() };
  private readonly numbers = new Map<Policy, number>();
  private beyondWorkloads: readonly Policy[] | undefined;
  private readonly nodeRanges: readonly AddressParty[];
  private readonly candidateSets = new Map<Half, BitSet>();

  constructor(readonly world: World, readonly policies: readonly Policy[], private readonly dataplane: Dataplane) {
    this.nodeRanges = insideRanges(world.target, dataplane.name).nodes;
    this.about = world.classes.map(() => []);
    for (const policy of policies) {
      const { sure, perhaps } = policy.subjects;
      perhaps.forEach(index => {
        if (!world.remote.has(index)) this.about[index]!.push({ policy, match: sure.has(index) || policy.subjectsIf });
      });
    }
  }

  half(direction: Direction, party: Party): Half {
    if (party.type === 'workload') return this.halfOfClass(direction, party.class);
    let half = this.ofOthers[direction].get(party);
    if (!half) {
      this.beyondWorkloads ??= this.policies.filter(({ isAbout }) => isAbout !== undefined);
      const about = this.beyondWorkloads.map(policy => ({ policy, match: policy.isAbout!(party) })).filter(({ match }) => match !== false);
      half = new Half(direction, about);
      this.ofOthers[direction].set(party, half);
    }
    return half;
  }

  /** Whom a peer may turn out to be, and whether the policies are asked at all, of the subject in a direction. */
  cases(direction: Direction, subject: Party, peer: Party): EndCase[] {
    const cases = casesOf(peer, this.half(direction, subject), this.nodeRanges);
    const isFree = (party: Party) => this.dataplane.isFree(direction, subject, party);
    if (!cases) return [{ party: peer, condition: '', counts: true, free: isFree(peer) }];
    return cases.map(({ party, condition, counts }) => ({ party, condition, counts, free: isFree(party) }));
  }

  /** Whether nodes have their addresses there. */
  mayBeNode(addresses: AddressParty): boolean {
    return areIn(this.nodeRanges, addresses);
  }

  /** What one end lets through. */
  connection(direction: Direction, from: Party, to: Party): Connection {
    const [subject, peer] = direction === 'egress' ? [from, to] : [to, from];
    const half = this.half(direction, subject);
    const cases = casesOf(peer, half, this.nodeRanges);
    const one = (party: Party) => half.connection(party, to, this.dataplane.isFree(direction, subject, party));
    if (!cases) return one(peer);
    const [sure, others] = [true, false].map(counts => cases.filter(each => each.counts === counts).map(({ party }) => one(party)));
    return whichever(sure!, others);
  }

  /** What both let through. */
  between(from: Party, to: Party): Connection {
    return bothWays(this.connection('egress', from, to), this.connection('ingress', from, to));
  }

  isIsolated(direction: Direction, one: EndpointClass): boolean {
    return this.halfOfClass(direction, one).isolated === true;
  }

  /** Classes with which something may pass; with all others nothing does. */
  candidates(direction: Direction, one: EndpointClass): BitSet {
    const half = this.halfOfClass(direction, one);
    let set = this.candidateSets.get(half);
    if (!set) {
      // Pods of the host network may be let in for the sake of their node.
      set = half.candidates(this.world.size, this.world.onHost);
      this.candidateSets.set(half, set);
    }
    return set;
  }

  private halfOfClass(direction: Direction, { index }: EndpointClass): Half {
    const known = this.ofClass[direction][index];
    if (known) return known;
    const about = this.about[index]!;
    const key = about.map(({ policy, match }) => `${this.numberOf(policy)}${match === true ? '' : '?'}`).join(',');
    const half = this.memory[direction].get(key) ?? new Half(direction, about);
    this.memory[direction].set(key, half);
    this.ofClass[direction][index] = half;
    return half;
  }

  private numberOf(policy: Policy): number {
    const number = this.numbers.get(policy) ?? this.numbers.size;
    this.numbers.set(policy, number);
    return number;
  }
}
