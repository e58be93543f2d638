import { BitSet } from './bit-set';
import { type Connection, connectionOf, joinLimits, type Limited, OPEN } from './connection';
import { allMatch, anyMatch, type Match, type Party } from './party';
import { PortSet } from './port-set';
import { resolvePorts, unknownPorts } from './resolve-ports';
import type { Direction, Policy, Rule, Subject } from './rule';

/** A policy that is about a party, for sure or under a condition. */
export interface About {
  readonly policy: Policy;
  readonly match: Match;
}

/** What all policies about a party say of one direction. */
export class Half implements Subject {
  /** Whether whatever no rule allows is denied. */
  readonly isolated: Match;
  readonly allow: readonly { readonly rule: Rule; readonly about: Match }[];
  readonly deny: readonly { readonly rule: Rule; readonly about: Match }[];

  constructor(readonly direction: Direction, readonly policies: readonly About[]) {
    this.isolated = anyMatch(policies.map(({ policy, match }) => (policy[direction].isolates ? match : false)));
    this.allow = policies.flatMap(({ policy, match }) => policy[direction].allow.map(rule => ({ rule, about: match })));
    this.deny = policies.flatMap(({ policy, match }) => policy[direction].deny.map(rule => ({ rule, about: match })));
  }

  /** Whether anything may pass to or from addresses and DNS names outside of the cluster. */
  get reachesOutside(): boolean {
    return this.isolated !== true || this.allow.some(({ rule: { peers } }) => peers.length === 0 || peers.some(({ outside }) => outside));
  }

  mayAsk(name: string): Match {
    const asks = ({ egress }: Policy) => egress.allow.some(({ ports }) => ports.some(({ l7 }) => l7?.asks?.(name) === true));
    return anyMatch(this.policies.map(({ policy, match }) => asks(policy) && match));
  }

  /** Classes of endpoints of which anything may pass; others are closed for sure. */
  candidates(size: number, alwaysAsked: BitSet): BitSet {
    if (this.isolated !== true) return BitSet.full(size);
    const set = alwaysAsked.copy();
    for (const { rule: { peerClasses } } of this.allow) set.addAll(peerClasses.perhaps);
    return set;
  }

  /** What passes between the subject and a peer. `free` is whether the dataplane asks nobody. */
  connection(peer: Party, destination: Party, free: Match): Connection {
    if (this.deny.length === 0 && (free === true || this.isolated === false)) return OPEN;
    const denied = this.denied(peer, destination);
    if (free === true || this.isolated === false) return withDenies(PortSet.ALL, [], PortSet.NONE, denied);
    const { open, limited, perhaps } = this.allowed(peer, destination);
    if (this.isolated !== true) return withDenies(open, limited, PortSet.ALL, denied);
    return withDenies(open, limited, free === false ? perhaps : PortSet.ALL, denied);
  }

  private denied(peer: Party, destination: Party): Denied {
    let [sure, perhaps] = [PortSet.NONE, PortSet.NONE];
    for (const { rule, about } of this.deny) {
      const match = allMatch(about, ruleMatches(rule, peer, this));
      if (match === false) continue;
      const ports = PortSet.union(rule.ports.map(port => resolvePorts(port.ports, destination)));
      if (match === true) sure = sure.union(ports);
      else perhaps = perhaps.union(ports);
      perhaps = PortSet.union([perhaps, ...rule.ports.map(port => unknownPorts(port.ports, destination))]);
    }
    return { sure, perhaps };
  }

  private allowed(peer: Party, destination: Party): Connection {
    let [open, perhaps] = [PortSet.NONE, PortSet.NONE];
    let limits: Limited[] | undefined;
    for (const { rule, about } of this.allow) {
      const match = allMatch(about, ruleMatches(rule, peer, this));
      if (match === false) continue;
      for (const { ports: written, l7 } of rule.ports) {
        const ports = resolvePorts(written, destination);
        perhaps = perhaps.union(unknownPorts(written, destination));
        if (match !== true || rule.authenticated) perhaps = perhaps.union(ports);
        else if (l7) (limits ??= []).push({ ports, requests: l7.texts });
        else open = open.union(ports);
      }
    }
    return { open, limited: limits ? joinLimits(limits) : [], perhaps };
  }
}

interface Denied {
  readonly sure: PortSet;
  readonly perhaps: PortSet;
}

function withDenies(open: PortSet, limited: readonly Limited[], perhaps: PortSet, denied: Denied): Connection {
  const sureOpen = open.minus(denied.sure).minus(denied.perhaps);
  const kept = limited
    .map(({ ports, requests }) => ({ ports: ports.minus(open).minus(denied.sure).minus(denied.perhaps), requests }))
    .filter(({ ports }) => !ports.isEmpty());
  const sure = PortSet.union([sureOpen, ...kept.map(({ ports }) => ports)]);
  const possible = PortSet.union([open, perhaps, ...limited.map(({ ports }) => ports)]).minus(denied.sure);
  return connectionOf(sureOpen, kept, possible.minus(sure));
}

/** Whether a rule is about a peer. */
export function ruleMatches({ peers, peerClasses }: Rule, party: Party, subject: Subject): Match {
  if (peers.length === 0) return true;
  if (party.type !== 'workload') return anyMatch(peers.map(peer => peer.matches(party, subject)));
  const { index } = party.class;
  if (peerClasses.sure.has(index)) return true;
  if (!peerClasses.perhaps.has(index)) return false;
  return peers.find(({ classes }) => classes.perhaps.has(index))?.classesIf ?? false;
}
