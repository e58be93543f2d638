import { AddressCuts } from './address-cuts';
import { ANY_NAME, isAnyNameAsked } from './any-name-asked';
import { BitSet } from './bit-set';
import { allow, type Connection, connectionBetween, deny, type Limited, OPEN, type Passing } from './connection';
import type { DnsNames } from './dns-names';
import { type AddressParty, allMatch, anyMatch, anyOf, familyOf, type Match, type Party } from './party';
import { PortSet } from './port-set';
import { remember } from './remember';
import { portsBetween, unknownPorts } from './resolve-ports';
import type { Direction, Policy, Required, Rule, Subject } from './rule';
import { ruleMatches } from './rule-matches';

/** A policy that is about a party, for sure or under a condition. */
export interface About {
  readonly policy: Policy;
  readonly match: Match;
}

const EVERYTHING: Passing = OPEN;

/** What all policies about a party say of one direction. */
export class Half implements Subject {
  /** Whether whatever no rule allows is denied. */
  readonly isolated: Match;
  /** Whether a rule takes some requests only. */
  readonly hasLimits: boolean;
  readonly allow: readonly { readonly rule: Rule; readonly about: Match }[];
  readonly deny: readonly { readonly rule: Rule; readonly about: Match }[];
  private readonly requires: Readonly<Record<'allow' | 'deny', readonly Required[]>>;
  private readonly hasNames: boolean;
  private ownCuts: AddressCuts | undefined;
  private ownDns: readonly { readonly names: DnsNames; readonly about: Match }[] | undefined;
  private anyAsked: Match | undefined;
  private readonly asked = new Map<string, Match>();
  private readonly askedSome = new Map<string, boolean>();
  private readonly toAddresses = new Map<unknown, Map<number, Connection>>();
  private readonly byMatches = new Map<unknown, Map<string, Connection>>();

  constructor(readonly direction: Direction, readonly policies: readonly About[]) {
    this.isolated = anyMatch(policies.map(({ policy, match }) => (policy[direction].isolates ? match : false)));
    this.allow = policies.flatMap(({ policy, match }) => policy[direction].allow.map(rule => ({ rule, about: match })));
    this.deny = policies.flatMap(({ policy, match }) => policy[direction].deny.map(rule => ({ rule, about: match })));
    const requires = (list: 'allow' | 'deny') => policies.flatMap(({ policy, match }) =>
      policy[direction].requires?.[list].map(peer => ({ peer, policy, about: match })) ?? []);
    this.requires = { allow: requires('allow'), deny: requires('deny') };
    this.hasNames = [...this.allow, ...this.deny].some(({ rule }) => rule.ports.some(({ ports }) => ports.names.length > 0));
    this.hasLimits = this.allow.some(({ rule }) => rule.ports.some(({ l7 }) => l7 !== undefined));
  }

  /** Whether anything may pass to or from addresses and DNS names outside of the cluster. */
  get reachesOutside(): boolean {
    return this.isolated !== true || this.allow.some(({ rule: { peers } }) => peers.length === 0 || peers.some(({ outside }) => outside));
  }

  /** Addresses, cut wherever a rule says something else of them. */
  get cuts(): AddressCuts {
    this.ownCuts ??= new AddressCuts([...this.allow, ...this.deny]
      .flatMap(({ rule }) => rule.peers.flatMap(({ blocks = [] }) => blocks)).flatMap(({ block, except }) => [block, ...except]));
    return this.ownCuts;
  }

  mayAsk(name: string): Match {
    return remember(this.asked, name, () => anyOf(this.dns, ({ names, about }) => allMatch(about, names.hold(name))) || this.asksAny);
  }

  mayAskSome(name: string): boolean {
    return remember(this.askedSome, name, () => this.asksAny !== false || this.dns.some(({ names }) => names.holdSome(name)));
  }

  /** What it may ask for, whoever resolves it. */
  private get dns(): readonly { readonly names: DnsNames; readonly about: Match }[] {
    return this.ownDns ??= this.policies.flatMap(({ policy, match }) => policy.egress.allow.flatMap(({ ports }) => ports)
      .flatMap(({ l7 }) => (l7?.asks ? [{ names: l7.asks, about: match }] : [])));
  }

  /** The proxy learns from every answer that it sees, and a rule without names for the same resolver lets all questions through. */
  private get asksAny(): Match {
    return this.anyAsked ??= isAnyNameAsked(this.policies.flatMap(({ policy }) => policy.egress.allow), this) && ANY_NAME;
  }

  required(denies: boolean): readonly Required[] {
    return denies ? this.requires.deny : this.requires.allow;
  }

  /** Classes of endpoints of which anything may pass; others are closed for sure. */
  candidates(size: number, alwaysAsked: BitSet): BitSet {
    if (this.isolated !== true) return BitSet.full(size);
    const set = alwaysAsked.copy();
    for (const { rule: { peerClasses } } of this.allow) set.addAll(peerClasses.perhaps);
    return set;
  }

  /**
   * What passes between the subject and a peer.
   *
   * @param peer one that the rules are about wholly or not at all: somebody who may be one of several is asked about case by case
   * @param free whether the dataplane asks nobody
   */
  connection(peer: Party, destination: Party, free: Match): Connection {
    if (this.deny.length === 0 && (free === true || this.isolated === false)) return OPEN;
    return peer.type === 'addresses' && free === false ? this.withAddresses(peer, destination) : this.withPeer(peer, destination, free);
  }

  /** Alike for all addresses of a part, and for every subject but for the numbers of ports that go by a name. */
  private withAddresses(peer: AddressParty, destination: Party): Connection {
    const part = this.cuts.partOf(peer);
    if (part === undefined) return this.withPeer(peer, destination, false);
    return this.remembered(this.toAddresses, destination, part, () => this.withPeer(peer, destination, false));
  }

  /** Requests take long to tell: where there are some, peers for whom the same rules match share what was told. */
  private withPeer(peer: Party, destination: Party, free: Match): Connection {
    if (!this.hasLimits) return this.compute(peer, destination, free);
    const matches = [...this.deny, ...this.allow].map(({ rule }) => {
      const match = ruleMatches(rule, peer, this);
      return typeof match === 'string' ? 2 : Number(match);
    });
    const key = `${matches.join('')} ${typeof free === 'string' ? 2 : Number(free)} ${familyOf(peer)}`;
    return this.remembered(this.byMatches, destination, key, () => this.compute(peer, destination, free));
  }

  private remembered<K>(memory: Map<unknown, Map<K, Connection>>, destination: Party, key: K, make: () => Connection): Connection {
    const numbersOf = this.hasNames && destination.type === 'workload' ? destination.class : undefined;
    const known = memory.get(numbersOf) ?? new Map<K, Connection>();
    memory.set(numbersOf, known);
    let connection = known.get(key);
    if (!connection) {
      connection = make();
      known.set(key, connection);
    }
    return connection;
  }

  private compute(peer: Party, destination: Party, free: Match): Connection {
    const denied = this.denied(peer, destination);
    if (free === true || this.isolated === false) return limitedBy(denied, EVERYTHING, EVERYTHING);
    const { sure, most } = this.allowed(peer, destination);
    return limitedBy(denied, sure, this.isolated === true && free === false ? most : EVERYTHING);
  }

  private denied(peer: Party, destination: Party): Denied {
    let [sure, perhaps] = [PortSet.NONE, PortSet.NONE];
    for (const { rule, about } of this.deny) {
      const match = allMatch(about, ruleMatches(rule, peer, this));
      if (match === false) continue;
      const ports = PortSet.union(rule.ports.map(port => portsBetween(port.ports, peer, destination)));
      if (match === true) sure = sure.union(ports);
      else perhaps = perhaps.union(ports);
      perhaps = PortSet.union([perhaps, ...rule.ports.map(port => unknownPorts(port.ports, destination))]);
    }
    return { sure, perhaps };
  }

  private allowed(peer: Party, destination: Party): { readonly sure: Passing; readonly most: Passing } {
    let [open, perhaps] = [PortSet.NONE, PortSet.NONE];
    let [limits, perhapsLimits]: (Limited[] | undefined)[] = [undefined, undefined];
    for (const { rule, about } of this.allow) {
      const match = allMatch(about, ruleMatches(rule, peer, this));
      if (match === false) continue;
      for (const { ports: written, l7 } of rule.ports) {
        const ports = portsBetween(written, peer, destination);
        const unknown = unknownPorts(written, destination);
        const isSure = match === true && !rule.authenticated;
        if (l7) {
          if (isSure) (limits ??= []).push({ ports, requests: l7.texts });
          const rest = isSure ? unknown : ports.union(unknown);
          if (!rest.isEmpty()) (perhapsLimits ??= []).push({ ports: rest, requests: l7.texts });
        } else {
          if (isSure) open = open.union(ports);
          perhaps = PortSet.union([perhaps, unknown, isSure ? PortSet.NONE : ports]);
        }
      }
    }
    const sure = allow(open, limits ?? []);
    const isAll = perhaps.isEmpty() && !perhapsLimits;
    return { sure, most: isAll ? sure : allow(open.union(perhaps), [...limits ?? [], ...perhapsLimits ?? []]) };
  }
}

interface Denied {
  readonly sure: PortSet;
  readonly perhaps: PortSet;
}

function limitedBy(denied: Denied, sure: Passing, most: Passing): Connection {
  const [least, all] = [deny(sure, denied.sure.union(denied.perhaps)), deny(most, denied.sure)];
  return connectionBetween(least, sure === most && denied.perhaps.isEmpty() ? least : all);
}
