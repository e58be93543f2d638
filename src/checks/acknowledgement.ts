/** The annotation that acknowledges findings of its object: `<id>: reason [until 2027-01-31]; <id>: ...`. */
export const ACKNOWLEDGE_ANNOTATION = 'guardrails.cdk8s.io/acknowledge';

/** That a finding is known and meant. */
export interface Acknowledgement {
  /** Of the rule. */
  readonly id: string;
  readonly reason: string;
  /** The last day on which it holds, as `2027-01-31`. */
  readonly until?: string;
}

// A reason may have a semicolon of its own: one ends an acknowledgement only where another begins.
const SEPARATOR = /[;\n]\s*(?=[a-z]+\/[A-Za-z0-9]+\s*(?::|;|$))/;
const ENTRY = /^([a-z]+\/[A-Za-z0-9]+)\s*(?::\s*([^]*))?$/;
const UNTIL = /\s*\[?\buntil\s+(\d{4}-\d{2}-\d{2})\]?$/;

/** Reads the text of the annotation. What is no acknowledgement at all comes back as it is, in `malformed`. */
export function parseAcknowledgements(text: string): { acknowledgements: Acknowledgement[]; malformed: string[] } {
  const acknowledgements: Acknowledgement[] = [];
  const malformed: string[] = [];
  for (const part of text.split(SEPARATOR).map(entry => entry.trim().replace(/;$/, ''))) {
    const [, id, said = ''] = ENTRY.exec(part) ?? [];
    const until = UNTIL.exec(said)?.[1];
    if (id === undefined || (until !== undefined && !isDay(until))) {
      if (part !== '') malformed.push(part);
    } else {
      acknowledgements.push({ id, reason: said.replace(UNTIL, '').trim(), until });
    }
  }
  return { acknowledgements, malformed };
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
