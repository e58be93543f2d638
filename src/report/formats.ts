import { github } from './github';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import type { Report } from './report';
import { sarif } from './sarif';
import { text } from './text';

/** Writes a report. `color` is for terminals. */
export type Formatter = (report: Report, color: boolean) => string;

export const FORMATS: Readonly<Record<string, Formatter>> = { text, json, sarif, junit, github, markdown };
