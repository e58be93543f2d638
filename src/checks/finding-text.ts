import type { Finding, Severity, Source } from './finding';

/** What is the same for every finding of an id. */
export interface FindingText {
  readonly id: string;
  readonly severity: Severity;
  /** What is found, in a line. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** How to mend it, as a sentence. */
  readonly mend: string;
  readonly link: string;
}

/** A finding about a place in which there is no object to name: its object has neither kind nor name. */
export function findingAbout({ id, severity, why, mend, link }: FindingText, source: Source, found: string): Finding {
  return { id, severity, object: { object: { apiVersion: '', kind: '', metadata: { name: '' } }, source }, pointer: '', found, why, mend, link };
}
