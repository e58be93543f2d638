import type { Identifiable } from '../manifests/identity';

/** An object, with the place it comes from: a construct path, or a file and line. */
export interface Located {
  readonly path: string;
  readonly object: Identifiable;
}

/** Something that is wrong with an object, or with several together. */
export interface Finding {
  /** The rule that found it, as `<area>/<Name>`. */
  readonly id: string;
  /** Where the object comes from. */
  readonly path: string;
  /** The object, as a person would ask kubectl for it. */
  readonly object: string;
  /** What was found and what is wrong with it. */
  readonly what: string;
  /** How to mend it. */
  readonly mend: string;
}
