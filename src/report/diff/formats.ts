import { connlist } from './connlist';
import { csv } from './csv';
import { dot, mermaid } from './graph';
import { json } from './json';
import { markdown } from './markdown';
import type { DiffPart } from './shown';
import { svg } from './svg';
import { text } from './text';
import type { Change } from '../../reach/diff';

type ListFormat = (parts: readonly DiffPart[], color: boolean) => string;

/** Formats that tell the changes of each cluster, by their names on the command line. */
export const DIFF_LISTS: Readonly<Record<string, ListFormat>> = { text, connlist, json, csv, markdown };

/** Pictures, of one cluster each. */
export const DIFF_PICTURES: Readonly<Record<string, (changes: readonly Change[]) => string>> = { dot, mermaid, svg };
