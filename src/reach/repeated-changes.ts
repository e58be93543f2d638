import type { Cluster } from './cluster';
import type { Change } from './diff';
import type { Endpoint } from './endpoint';
import { type Party, titleOf } from './party';
import { isAmong, type Stranger } from './strangers';

/** Changes without those of strangers that are told of somebody in the set already, who is one of them. */
export function withoutRepeated(changes: readonly Change[], strangers: readonly Stranger[], { world }: Cluster): readonly Change[] {
  if (strangers.length === 0) return changes;
  const byTitle = new Map(strangers.map(stranger => [stranger.title, stranger]));
  const strangerAt = (party: Party) => (party.type === 'workload' && party.endpoint.stranger ? byTitle.get(party.endpoint.title) : undefined);
  const groups = new Map<string, Endpoint[]>();
  for (const change of changes) {
    for (const [end, other] of [['from', 'to'], ['to', 'from']] as const) {
      const party = change[end];
      if (party.type !== 'workload' || party.endpoint.stranger) continue;
      const key = keyOf(change, end, change[other]);
      const group = groups.get(key);
      if (group) group.push(party.endpoint);
      else groups.set(key, [party.endpoint]);
    }
  }
  return changes.filter(change => ![['from', 'to'], ['to', 'from']].some(([end, other]) => {
    const stranger = strangerAt(change[end as 'from' | 'to']);
    return stranger && groups.get(keyOf(change, end as 'from' | 'to', change[other as 'from' | 'to']))
      ?.some(endpoint => isAmong(stranger, endpoint, world.labelsAround(endpoint), world.target.clusterName));
  }));
}

/** What happened, and to whom at the other end. */
function keyOf({ kind, more, less, traits }: Change, end: 'from' | 'to', other: Party): string {
  // Not the ports: what strangers call theirs is not known. A rise is never told by somebody who has it already and only loses.
  return `${end} ${kind} ${more.isEmpty() ? '' : 'more'} ${less.isEmpty() ? '' : 'less'} ${traits.filter(trait => !trait.endsWith('-workload')).join(' ')} ${titleOf(other)}`;
}
