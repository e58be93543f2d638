import { describeSource } from '../../manifests/describe-source';
import type { Reason } from '../../reach/answer';
import { connectionText } from '../../reach/connection-text';
import type { Change } from '../../reach/diff';
import { type AddressParty, type Party, titleOf } from '../../reach/party';
import { addressText } from '../map/address-text';

/** In place of a name, for what belongs to no cluster. */
export const NO_CLUSTER = 'no cluster';

/** The changes of one cluster, which has a name where there are several. */
export interface DiffPart {
  readonly cluster?: string;
  readonly changes: readonly Change[];
  /** How many more there are that are not to be shown, since pods that the manifests do not have are at an end. */
  readonly leftOut?: number;
}

/** A change in the words of every format. */
export interface Shown {
  readonly kind: Change['kind'];
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly after: string;
  readonly traits: readonly string[];
  readonly because: readonly { readonly text: string; readonly place: string; readonly reason: Reason }[];
}

/** Addresses that something changed for in the same way are one end. */
export function shown(changes: readonly Change[]): Shown[] {
  const groups = new Map<string, { readonly change: Change; readonly ranges: AddressParty[] }>();
  for (const change of changes) {
    const { from, to } = change;
    const address = from.type === 'addresses' ? from : to.type === 'addresses' ? to : undefined;
    const alike = { ...plain(change), ...address === from && { from: '' }, ...address === to && { to: '' } };
    const key = address ? JSON.stringify([address.family, alike]) : `${titleOf(from)}\n${titleOf(to)}`;
    const group = groups.get(key) ?? { change, ranges: [] };
    if (address) group.ranges.push(address);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ change, ranges }) => {
    const { from, to } = change;
    const text = (party: Party) => (party.type === 'addresses' ? rangesText(ranges) : titleOf(party));
    return { ...plain(change), from: text(from), to: text(to) };
  });
}

function plain({ kind, from, to, before, after, traits, because }: Change): Shown {
  return {
    kind,
    from: titleOf(from),
    to: titleOf(to),
    before: connectionText(before),
    after: connectionText(after),
    traits,
    because: because.map(reason => ({ text: reason.text, place: reason.source ? describeSource(reason.source) : '', reason })),
  };
}

/** Every address of a family is the world. */
function rangesText(ranges: readonly AddressParty[]): string {
  const text = addressText(ranges, 1);
  if (text !== 'any address') return text;
  return ranges.every(({ family }) => family === 6) ? 'world (IPv6)' : 'world';
}

/** Nobody should read that nothing changed where something is not shown. */
export function leftOutText({ leftOut = 0 }: DiffPart): string {
  return leftOut === 0 ? '' : `and ${leftOut} with pods that the manifests do not have`;
}

/** What stands above the changes of a cluster. */
export function headingOf(cluster: string): string {
  return cluster === NO_CLUSTER ? 'outside of every cluster' : `cluster ${cluster}`;
}

/** How many of each kind: `2 opened, 1 closed, 0 changed`. */
export function countText(parts: readonly DiffPart[]): string {
  const kinds = parts.flatMap(({ changes }) => shown(changes)).map(({ kind }) => kind);
  return (['opened', 'closed', 'changed'] as const).map(kind => `${kinds.filter(own => own === kind).length} ${kind}`).join(', ');
}
