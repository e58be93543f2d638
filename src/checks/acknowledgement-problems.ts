import type { FindingText } from './finding-text';

const link = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/';

/** What can be wrong with an acknowledgement. One that is wrong acknowledges nothing. */
const problems = {
  malformed: {
    severity: 'error',
    what: 'An acknowledgement cannot be read.',
    why: 'It acknowledges nothing.',
    mend: 'Write `<area>/<Name>: reason`, with `until 2027-01-31` at the end where it is to expire, and `;` between two.',
    link,
  },
  withoutReason: {
    severity: 'error',
    what: 'An acknowledgement gives no reason.',
    why: 'Nobody can tell later whether it still holds, so it acknowledges nothing.',
    mend: 'Write the reason after the id: `<area>/<Name>: reason`.',
    link,
  },
  unknownRule: {
    severity: 'error',
    what: 'An acknowledgement names a rule that does not exist.',
    why: 'It acknowledges nothing.',
    mend: 'Mend the spelling of the id, or take the acknowledgement out.',
    link,
  },
  expired: {
    severity: 'warning',
    what: 'An acknowledgement has expired.',
    why: 'It acknowledges nothing any more.',
    mend: 'Mend what it was given for, or give it another date.',
    link,
  },
  unused: {
    severity: 'warning',
    what: 'An acknowledgement is for something that is not found.',
    why: 'It would hide the next finding of that rule without anybody having looked at it.',
    mend: 'Take it out.',
    link,
  },
} satisfies Record<string, Omit<FindingText, 'id'>>;

export type AcknowledgementProblemName = keyof typeof problems;

/** Every problem, by name. Their ids are `acknowledgement/<PascalCaseName>`. */
export const ACKNOWLEDGEMENT_PROBLEMS = Object.fromEntries(Object.entries(problems).map(([name, problem]) => [
  name, { id: `acknowledgement/${name[0]!.toUpperCase()}${name.slice(1)}`, ...problem },
])) as Record<AcknowledgementProblemName, FindingText>;
