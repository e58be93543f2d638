import { connlist } from './connlist';
import { csv } from './csv';
import { dot, mermaid } from './graph';
import { json } from './json';
import { markdown } from './markdown';
import type { DiffPart } from './shown';
import { svg } from './svg';
import { text } from './text';
import type { Change } from '../../reach/diff';
import type { Unlisted } from '../map/unlisted';

interface ListOptions {
  readonly color: boolean;
  /** Where a format counts what it has no words for. */
  readonly unlisted: Unlisted;
}

type ListFormat = (parts: readonly DiffPart[], options: ListOptions) => string;

/** Formats that tell the changes of each cluster, by their names on the command line. */
export const DIFF_LISTS: Readonly<Record<string, ListFormat>> = {
  text: (parts, { color }) => text(parts, color),
  connlist: (parts, { unlisted }) => connlist(parts, unlisted),
  json,
  csv,
  markdown,
};

/** Pictures, of one cluster each. */
export const DIFF_PICTURES: Readonly<Record<string, (changes: readonly Change[]) => string>> = { dot, mermaid, svg };
