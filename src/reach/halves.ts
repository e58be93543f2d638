import type { BitSet } from './bit-set';
import { bothWays, type Connection } from './connection';
import type { Dataplane } from './dataplane';
import type { EndpointClass } from './endpoint';
import { type About, Half } from './half';
import type { Party } from './party';
import type { Direction, Policy } from './rule';
import type { World } from './world';

/** What the policies say of each party, worked out once for all whom the same policies are about. */
export class Halves {
  private readonly about: About[][];
  private readonly memory = { ingress: new Map<string, Half>(), egress: new Map<string, Half>() };
  private readonly ofClass = { ingress: [] as (Half | undefined)[], egress: [] as (Half | undefined)[] };
  private readonly ofOthers = { ingress: new WeakMap<Party, Half>(), egress: new WeakMap<Party, Half>() };
  private readonly numbers = new Map<Policy, number>();
  private readonly candidateSets = new Map<Half, BitSet>();

  constructor(readonly world: World, readonly policies: readonly Policy[], private readonly dataplane: Dataplane) {
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
      const about = this.policies.map(policy => ({ policy, match: policy.isAbout(party) })).filter(({ match }) => match !== false);
      half = new Half(direction, about);
      this.ofOthers[direction].set(party, half);
    }
    return half;
  }

  /** Whether the policies are asked at all, of the subject in a direction. */
  isFree(direction: Direction, subject: Party, peer: Party): ReturnType<Dataplane['isFree']> {
    return this.dataplane.isFree(direction, subject, peer);
  }

  /** What one end lets through. */
  connection(direction: Direction, from: Party, to: Party): Connection {
    const [subject, peer] = direction === 'egress' ? [from, to] : [to, from];
    return this.half(direction, subject).connection(peer, to, this.isFree(direction, subject, peer));
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
