import { ENTITIES, type Party } from './party';
import type { PortRule, Ports, Rule, Subject } from './rule';

export const ANY_NAME = 'a rule without names lets the resolver be asked for it';

/** Whether rules that take every request are about those too whom others let be asked for some names only. */
export function isAnyNameAsked(rules: readonly Rule[], subject: Subject): boolean {
  const open = rules.flatMap(rule => portsOf(rule, ({ l7 }) => l7 === undefined));
  return rules.flatMap(rule => portsOf(rule, ({ l7 }) => l7?.asks !== undefined)).some(limited =>
    open.some(other => portsMeet(limited.ports, other.ports) && peersMeet(limited.rule, other.rule, subject)));
}

function portsOf(rule: Rule, isWanted: (entry: PortRule) => boolean): { readonly rule: Rule; readonly ports: Ports }[] {
  return rule.ports.filter(isWanted).map(({ ports }) => ({ rule, ports }));
}

/** Who may be a resolver. The API server is none, and may be at any address. */
const RESOLVERS = ENTITIES.filter(entity => entity !== 'kube-apiserver').map((entity): Party => ({ type: 'entity', entity }));

/** What a name stands for, each resolver says itself. */
function portsMeet(a: Ports, b: Ports): boolean {
  return a.names.length > 0 || b.names.length > 0 || !a.numbers.intersection(b.numbers).isEmpty();
}

function peersMeet(a: Rule, b: Rule, subject: Subject): boolean {
  if (a.peers.length === 0 || b.peers.length === 0) return true;
  if (!a.peerClasses.perhaps.copy().keep(b.peerClasses.perhaps).isEmpty()) return true;
  // Nobody finds a resolver by a name.
  const [own, others] = [a, b].map(({ peers }) => peers.filter(({ names }) => !names));
  if (own!.some(({ text }) => others!.some(other => other.text === text))) return true;
  const blocks = [...own!, ...others!].flatMap(peer => peer.blocks ?? []);
  return [...RESOLVERS, ...blocks.map(({ block }) => block)].some(party =>
    [own!, others!].every(peers => peers.some(peer => peer.matches(party, subject) !== false)));
}
