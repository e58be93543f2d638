import type { AddressBlock } from './address-block';
import type { L7 } from './l7';
import type { Match, Party } from './party';
import type { PortSet, Protocol } from './port-set';
import { nobody, type Selection } from './selection';
import type { Located } from '../checks/finding';

export type Direction = 'ingress' | 'egress';

/** A policy as the dataplane takes it, or one of several specs of a policy. */
export interface Policy {
  readonly located: Located;
  /** `NetworkPolicy shop/allow-web` */
  readonly title: string;
  /** Classes of endpoints that it is about. */
  readonly subjects: Selection;
  /** What it depends on where `subjects` is not sure. */
  readonly subjectsIf: string;
  readonly ingress: Side;
  readonly egress: Side;
  /** Whether it is about one that is no workload: an identity of Cilium's own, or a node. Left out where it is about workloads alone. */
  readonly isAbout?: (party: Party) => Match;
}

export interface Side {
  /** Whether everything that is not allowed is denied, as far as this policy is concerned. */
  readonly isolates: boolean;
  readonly allow: readonly Rule[];
  readonly deny: readonly Rule[];
  /** What it asks of every peer that an allow of any policy about the subject names by a selector; and that a deny does. */
  readonly requires?: { readonly allow: readonly Peer[]; readonly deny: readonly Peer[] };
}

/** Puts the sides to a policy, read when somebody asks: those of policies that are about nobody in the set hardly ever are asked for. */
export function withSides(head: Omit<Policy, Direction>, read: (direction: Direction, policy: Policy) => Side): Policy {
  let ingress: Side | undefined;
  let egress: Side | undefined;
  const policy: Policy = {
    ...head,
    get ingress() {
      return ingress ??= read('ingress', policy);
    },
    get egress() {
      return egress ??= read('egress', policy);
    },
  };
  return policy;
}

/** An entry of `ingress`, `egress`, `ingressDeny` or `egressDeny`: peers of which one has to match, and ports of which one has to. */
export interface Rule {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly deny: boolean;
  readonly list: string;
  readonly index: number;
  readonly pointer: string;
  /** Empty for anybody at all. */
  readonly peers: readonly Peer[];
  /** Classes of endpoints that any of the peers matches. */
  readonly peerClasses: Selection;
  readonly ports: readonly PortRule[];
  /** Whether both ends have to authenticate. */
  readonly authenticated: boolean;
}

export interface Peer {
  readonly pointer: string;
  /** As people say it: `pods app=web in shop`. */
  readonly text: string;
  readonly classes: Selection;
  /** What it depends on where `classes` is not sure. */
  readonly classesIf: string;
  /** Whether it can match addresses or DNS names outside of the cluster at all. */
  readonly outside: boolean;
  /** The blocks of addresses that it is made of: it says the same of all addresses that are in the same ones. */
  readonly blocks?: readonly AddressBlock[];
  /** The DNS names and patterns of names that it means. */
  readonly names?: readonly string[];
  /** Whether it is written as a selector of endpoints, which other policies may ask more of. */
  readonly bySelector?: boolean;
  /** Whether it means pods of namespaces besides the policy's own, which the set may not have: some of them, or all. */
  readonly elsewhere?: 'some' | 'all';
  /** Whether it matches one that is no workload. */
  matches(party: Party, subject: Subject): Match;
}

/** A peer that is written and matches nobody. */
export function nobodyAt(pointer: string, size: number): Peer {
  return { pointer, text: 'nobody', classes: nobody(size), classesIf: '', outside: false, matches: () => false };
}

/** What a policy asks of peers, where it is about the subject. */
export interface Required {
  readonly peer: Peer;
  readonly policy: Policy;
  readonly about: Match;
}

/** What is asked of the subject of a rule to know a peer. */
export interface Subject {
  /** Whether the DNS proxy would let it ask for a name, or for every name that a pattern stands for, and so learn the addresses. */
  mayAsk(name: string): Match;
  /** Whether for any name that a pattern stands for. */
  mayAskSome(name: string): boolean;
  /** What its policies ask of every peer that an allow, or a deny, names by a selector. */
  required(deny: boolean): readonly Required[];
}

export interface PortRule {
  readonly pointer: string;
  readonly ports: Ports;
  /** The requests that it takes; nothing for all. */
  readonly l7?: L7;
}

/** Ports by number, and by a name that the destination gives to its own. */
export interface Ports {
  readonly numbers: PortSet;
  readonly names: readonly { readonly name: string; readonly protocols: readonly Protocol[] }[];
}
