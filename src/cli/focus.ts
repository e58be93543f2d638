import type { Cluster } from '../reach/cluster';
import { type Party, titleOf, within } from '../reach/party';
import { partiesAt, workload } from '../reach/place';
import { GuardrailsError } from '../values/guardrails-error';

export type IsMeant = (party: Party) => boolean;

/** Whether one is at some places of a set. @throws GuardrailsError for a place that is nobody */
export function isAt(places: readonly string[], { world }: Cluster, byClass = false): IsMeant {
  // A class goes by its first member, whichever of them was named.
  const called = (party: Party) => titleOf(byClass && party.type === 'workload' ? workload(party.class.sample, world) : party);
  const focused = places.flatMap(place => partiesAt(place, world));
  const titles = new Set(focused.map(called));
  return party => titles.has(titleOf(party)) || focused.some(one => isPartOf(party, one));
}

/** Whether one is at some places of any of several sets. @throws GuardrailsError for a place that is nobody in all of them */
export function isAtAnyOf(places: readonly string[], clusters: readonly Cluster[]): IsMeant {
  const all = places.flatMap(place => inAnyOf(place, clusters));
  return party => all.some(isMeant => isMeant(party));
}

function inAnyOf(place: string, clusters: readonly Cluster[]): IsMeant[] {
  const found: IsMeant[] = [];
  let unknown: unknown;
  for (const cluster of clusters) {
    try {
      found.push(isAt([place], cluster));
    } catch (error) {
      if (!(error instanceof GuardrailsError)) throw error;
      unknown = error;
    }
  }
  if (found.length === 0) throw unknown;
  return found;
}

/** Addresses are told in parts: those that a focus means, or has a part of. */
function isPartOf(party: Party, focus: Party): boolean {
  if (party.type !== 'addresses') return false;
  return focus.type === 'addresses' ? within(focus, party) !== 'none' : focus.type === 'entity' && focus.entity === 'world';
}
