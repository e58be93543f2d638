import { describeSource } from '../../manifests/describe-source';
import { addressText } from '../../reach/address-terms';
import type { Reason } from '../../reach/answer';
import type { Connection } from '../../reach/connection';
import { connectionText } from '../../reach/connection-text';
import type { Change } from '../../reach/diff';
import { type AddressParty, type Party, titleOf } from '../../reach/party';
import { remember } from '../../reach/remember';

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

const memory = new WeakMap<readonly Change[], Shown[]>();

/** Addresses that something changed for in the same way are one end. */
export function shown(changes: readonly Change[]): Shown[] {
  return remember(memory, changes, joinAlike);
}

function joinAlike(changes: readonly Change[]): Shown[] {
  const groups = new Map<string, { readonly change: Change; readonly ranges: AddressParty[] }>();
  const keyOf = keysOfChanges();
  for (const change of changes) {
    const { from, to } = change;
    const address = from.type === 'addresses' ? from : to.type === 'addresses' ? to : undefined;
    const key = keyOf(change, address);
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

/** Of many changes the reasons are the same objects: their texts are long, and are read once. */
function keysOfChanges(): (change: Change, address: AddressParty | undefined) => string {
  const numbers = new Map<Reason, number>();
  const byText = new Map<string, number>();
  const numberOf = (reason: Reason) => remember(numbers, reason, () => remember(byText, JSON.stringify(reason), () => byText.size));
  const texts = new Map<Connection, string>();
  return (change, address) => {
    const { kind, from, to, before, after, traits } = change;
    const ends = [from, to].map(party => (party === address ? '' : titleOf(party)));
    if (!address) return ends.join('\n');
    const connections = [before, after].map(connection => remember(texts, connection, connectionText));
    return [address.family, kind, ...ends, ...connections, traits.join(), reasonsOf(change).map(numberOf).join()].join('\n');
  };
}

/** Nobody needs to be told that policies are not about addresses. */
function reasonsOf({ from, to, because }: Change): readonly Reason[] {
  const address = [from, to].find(({ type }) => type === 'addresses');
  const told = because.filter(({ effect, text }) => !address || effect !== 'free' || !text.replace(/^before: /, '').startsWith(`${titleOf(address)} `));
  return told.length > 0 ? told : because;
}

function plain(change: Change): Shown {
  const { kind, from, to, before, after, traits } = change;
  return {
    kind,
    from: titleOf(from),
    to: titleOf(to),
    before: connectionText(before),
    after: connectionText(after),
    traits,
    because: reasonsOf(change).map(reason => ({ text: reason.text, place: reason.source ? describeSource(reason.source) : '', reason })),
  };
}

/** Every address of a family is the world. */
function rangesText(ranges: readonly AddressParty[]): string {
  const text = addressText(ranges, ranges.every(({ family }) => family === 6) ? 2 : 1);
  return WORLDS[text] ?? text;
}

const WORLDS: Readonly<Record<string, string>> = { 'any address': 'world', '::/0': 'world (IPv6)' };

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
