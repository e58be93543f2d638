import type { About } from './half';
import { ruleMatches } from './half';
import type { Halves } from './halves';
import { allMatch, type Party } from './party';
import { PortSet } from './port-set';
import { resolvePorts, UNKNOWN_PORT_NAMES, unknownPorts } from './resolve-ports';
import type { Direction } from './rule';

/** What the part of a connection depends on that only perhaps passes: every condition once, in the order of the alphabet. */
export function conditionsBetween(halves: Halves, from: Party, to: Party): string[] {
  const { perhaps } = halves.between(from, to);
  if (perhaps.isEmpty()) return [];
  const directions = [['egress', from, to], ['ingress', to, from]] as const;
  const conditions = directions.flatMap(([direction, subject, peer]) =>
    conditionsOf(halves, direction, { subject, peer, destination: to, perhaps }));
  return [...new Set(conditions)].sort();
}

interface Ends {
  readonly subject: Party;
  readonly peer: Party;
  readonly destination: Party;
  readonly perhaps: PortSet;
}

function conditionsOf(halves: Halves, direction: Direction, { subject, peer, destination, perhaps }: Ends): string[] {
  const half = halves.half(direction, subject);
  const free = halves.isFree(direction, subject, peer);
  // What this end lets through whatever happens, it sets no condition for.
  const { open } = halves.connection(direction, ...(direction === 'egress' ? [subject, peer] as const : [peer, subject] as const));
  const unsure = perhaps.minus(open);
  if (unsure.isEmpty()) return [];
  const rules = [...half.allow, ...half.deny].flatMap(({ rule, about }) => {
    const match = allMatch(about, ruleMatches(rule, peer, half));
    const ports = PortSet.union(rule.ports.map(port => resolvePorts(port.ports, destination)));
    const unknown = PortSet.union(rule.ports.map(port => unknownPorts(port.ports, destination)));
    if (match === false || ports.union(unknown).intersection(unsure).isEmpty()) return [];
    return [match, rule.authenticated && 'both ends authenticate', !unknown.isEmpty() && UNKNOWN_PORT_NAMES];
  });
  const isolating = half.policies.map(({ policy, match }: About) => policy[direction].isolates && match);
  return [free, half.isolated === true ? false : isolating, rules].flat().filter(condition => typeof condition === 'string');
}
