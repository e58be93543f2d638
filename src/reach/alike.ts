import type { Ends, Probe } from './explain';
import type { Half } from './half';
import { type Party, titleOf } from './party';
import { portsBetween, unknownPorts } from './resolve-ports';
import { ruleMatches } from './rule-matches';

/**
 * What an answer is made of, where it goes by the rules alone: nearly every pair of a large set has its twins. Nothing where more than
 * that is told, such as requests, conditions, or who the peer is.
 */
export function likeness(half: Half, { subject, peer, destination, cases }: Ends, { protocol, port }: Probe): string | undefined {
  if (half.hasLimits || cases.length !== 1 || cases[0]!.free !== false || !isPlain(peer)) return undefined;
  let key = titleOf(subject);
  for (const list of [half.deny, half.allow]) {
    for (const { rule } of list) {
      const match = ruleMatches(rule, peer, half);
      if (typeof match === 'string') return undefined;
      key += match ? ' y' : ' n';
      for (const { ports } of rule.ports) {
        if (unknownPorts(ports, destination).has(protocol, port)) return undefined;
        key += portsBetween(ports, peer, destination).has(protocol, port) ? '+' : '-';
      }
    }
  }
  return key;
}

/** Of whom no answer says more than what rules say of them. */
function isPlain(peer: Party): boolean {
  return peer.type === 'addresses' || (peer.type === 'workload' && !peer.endpoint.hostNetwork);
}
