import { RE2JS } from 're2js';
import { Problem, problem } from './problem';

const ALLOWED = 'a regular expression in RE2 syntax';

/** Of what RE2 says about a pattern, what to do instead. */
const MENDS: [RegExp, string][] = [
  [/missing argument to repetition/, 'This is no glob: write \'.*\' where \'*\' means anything, and \'\\*\' for the character itself.'],
  [/invalid nested repetition operator: `\*\*/, 'This is no glob: write \'.*\' where \'**\' means anything.'],
  [/invalid nested repetition/, 'Write one of \'*\', \'+\' and \'?\'; RE2 has no possessive matching and needs none.'],
  [/`\(\?<?[=!]/, 'RE2 has no lookaround: say what must match, and leave the rest to a second rule.'],
  [/invalid escape sequence: `\\(\d|k)|`\(\?P`/, 'RE2 has no back references: write out what may repeat.'],
  [/`\(\?>/, 'RE2 has no atomic groups: write \'(?:\'.'],
  [/invalid escape sequence: `\\Z/, 'Write \'\\z\' for the end of the text.'],
  [/invalid repeat count/, 'Repeat at most 1000 times, nested repetitions multiplied.'],
  [/missing closing \]/, 'Close the \'[\', or write \'\\[\' for the character itself.'],
  [/missing closing \)/, 'Close the \'(\', or write \'\\(\' for the character itself.'],
  [/unexpected \)/, 'Open the \')\', or write \'\\)\' for the character itself.'],
  [/trailing backslash/, 'Write \'\\\\\' for a backslash.'],
];

/**
 * Why Go's regexp package, and with it the Cilium agent, would not compile the pattern.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function re2Problem(pattern: string): Problem | undefined {
  if (typeof pattern !== 'string') {
    return problem(pattern, ALLOWED, 'Write the expression as a string.');
  }
  const refusal = compile(pattern);
  if (typeof refusal !== 'string') {
    return undefined;
  }
  const mend = MENDS.find(([symptom]) => symptom.test(refusal))?.[1] ?? 'See https://github.com/google/re2/wiki/Syntax.';
  return problem(pattern, `${ALLOWED} (${refusal})`, mend);
}

/** A test for whole texts, in time linear in the text. What RE2 does not compile matches nothing. */
export function re2Matcher(pattern: string): (text: string) => boolean {
  const compiled = compile(pattern);
  return typeof compiled === 'string' ? () => false : (text) => compiled.matches(text);
}

export function re2FullMatch(pattern: string, text: string): boolean {
  return re2Matcher(pattern)(text);
}

/** A pattern that matches the text and nothing else. */
export function re2Escape(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

function compile(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error);
  }
}
