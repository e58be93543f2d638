import { csv } from './csv';
import { dot, mermaid } from './graph';
import { json } from './json';
import { markdown } from './markdown';
import { svg } from './svg';
import { text } from './text';
import type { Change } from '../../reach/diff';

type DiffFormat = (changes: readonly Change[], color: boolean) => string;

/** Every format of `guardrails diff`, by its name on the command line. */
export const DIFF_FORMATS: Readonly<Record<string, DiffFormat>> = { text, json, csv, markdown, dot, mermaid, svg };
