import { matchOf } from './cases';
import type { Halves } from './halves';
import { allMatch, type Party } from './party';
import { PortSet } from './port-set';
import { portsBetween, unknownPorts, unknownPortsIf } from './resolve-ports';
import type { Direction } from './rule';
import { joinConditions, matchInCases } from './rule-condition';
import { ruleMatches } from './rule-matches';

/** What the part of a connection depends on that only perhaps passes: every condition once, in the order of the alphabet. */
export function conditionsBetween(halves: Halves, from: Party, to: Party): string[] {
  const { perhaps } = halves.between(from, to);
  if (perhaps.isEmpty()) return [];
  const directions = [['egress', from, to], ['ingress', to, from]] as const;
  const conditions = directions.flatMap(([direction, subject, peer]) =>
    conditionsOf(halves, direction, { subject, peer, destination: to, perhaps }));
  return joinConditions(conditions.sort());
}

/** Ports on which rules of one end mean the other for sure, be they denied besides or not. */
export function meantForSure(halves: Halves, direction: Direction, from: Party, to: Party): PortSet {
  const [subject, peer] = direction === 'egress' ? [from, to] : [to, from];
  const half = halves.half(direction, subject);
  if (half.isolated !== true) return PortSet.ALL;
  const cases = halves.cases(direction, subject, peer);
  const rules = half.allow.filter(({ rule, about }) => (
    about === true && matchOf(cases, cases.map(({ party }) => ruleMatches(rule, party, half))) === true
  ));
  return PortSet.union(rules.flatMap(({ rule }) => rule.ports.map(({ ports }) => portsBetween(ports, peer, to))));
}

interface Ends {
  readonly subject: Party;
  readonly peer: Party;
  readonly destination: Party;
  readonly perhaps: PortSet;
}

function conditionsOf(halves: Halves, direction: Direction, { subject, peer, destination, perhaps }: Ends): string[] {
  const half = halves.half(direction, subject);
  const cases = halves.cases(direction, subject, peer);
  // What this end lets through whatever happens, it sets no condition for.
  const { open } = halves.connection(direction, ...(direction === 'egress' ? [subject, peer] as const : [peer, subject] as const));
  const unsure = perhaps.minus(open);
  if (unsure.isEmpty()) return [];
  const rules = [...half.allow, ...half.deny].flatMap(({ rule, about }) => {
    const asked = cases.map(({ party }) => {
      const ports = rule.ports.flatMap(entry => [portsBetween(entry.ports, party, destination), unknownPorts(entry.ports, destination)]);
      return !PortSet.union(ports).intersection(unsure).isEmpty() && ruleMatches(rule, party, half);
    });
    const match = allMatch(about, matchInCases(rule, cases, asked));
    if (match === false) return [];
    const unknown = PortSet.union(rule.ports.map(port => unknownPorts(port.ports, destination)));
    return [match, rule.authenticated && 'both ends authenticate', !unknown.isEmpty() && unknownPortsIf(rule.ports)];
  });
  const free = matchOf(cases, cases.map(one => one.free));
  const isolating = half.policies.map(({ policy, match }) => policy[direction].isolates && match);
  return [free, half.isolated === true ? false : isolating, rules].flat().filter(condition => typeof condition === 'string');
}
