import { describeSource } from '../../manifests/describe-source';
import { connectionText } from '../../reach/connection-text';
import type { Change } from '../../reach/diff';
import { type Party, titleOf } from '../../reach/party';

/** A change in the words of every format. */
export interface Shown {
  readonly kind: Change['kind'];
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly after: string;
  readonly traits: readonly string[];
  readonly because: readonly { readonly text: string; readonly place: string }[];
}

export function shown({ kind, from, to, before, after, traits, because }: Change): Shown {
  return {
    kind,
    from: partyText(from),
    to: partyText(to),
    before: connectionText(before),
    after: connectionText(after),
    traits,
    because: because.map(({ text, source }) => ({ text, place: source ? describeSource(source) : '' })),
  };
}

/** Every address of a family is the world. */
export function partyText(party: Party): string {
  const title = titleOf(party);
  if (title === '0.0.0.0-255.255.255.255') return 'world';
  return title;
}

/** How many of each kind: `2 opened, 1 closed, 0 changed`. */
export function countText(changes: readonly Change[]): string {
  return (['opened', 'closed', 'changed'] as const).map(kind => `${changes.filter(change => change.kind === kind).length} ${kind}`).join(', ');
}
