import type { Manifest } from '../manifests/manifest';

/** How bad a finding is: an error would be refused or does what nobody means, a warning may be meant, an info is good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** Where an object was written: by a construct, or in a file. */
export interface Source {
  readonly constructPath?: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

/** An object, with the place that it was written in. */
export interface Located {
  readonly object: Manifest;
  readonly source: Source;
}

/** Something that is wrong with an object, as data. */
export interface Finding {
  /** The rule that found it, as `<area>/<Name>`. */
  readonly id: string;
  readonly severity: Severity;
  readonly object: Located;
  /** JSON pointer to the place in the object, empty for the object as a whole. */
  readonly pointer: string;
  /** What was found, with the value. */
  readonly found: string;
  /** Why it matters. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
  /** The page that says so. */
  readonly link: string;
}
