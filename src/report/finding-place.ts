import type { Finding, Source } from '../checks/finding';
import { displayName } from '../manifests/identity';
import { locate } from '../manifests/locate';

/** A finding with what every format says of its place. */
export interface Placed {
  readonly finding: Finding;
  readonly source: Source;
  /** The object as people name it; undefined for a finding about a file. */
  readonly name?: string;
}

export function place(finding: Finding): Placed {
  const { object, pointer } = finding;
  return { finding, source: locate(object, pointer), name: object.object.kind === '' ? undefined : oneLine(displayName(object.object)) };
}

/** What found, why and how to mend, as one text. */
export function sentence({ found, why, mend }: Finding): string {
  return oneLine(`${found}. ${why} ${mend}`);
}

/** What came out of foreign files, without characters that would steer a terminal or end a line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
