import { durationProblem, parseDuration } from '../values/duration';
import { insist } from '../values/guardrails-error';
import { type Problem, problem } from '../values/problem';

/** What Flux's CRDs take of Go's durations: no sign, and no unit below a millisecond. */
const TAKEN = /^(\d+(\.\d+)?(ms|s|m|h))+$/;

const MINUTE = 60_000;

/** The interval of a Kustomization, HelmRelease or source: Flux does not look more than once a minute. */
export function intervalProblem(text: string): Problem | undefined {
  return pauseProblem(text) ?? (parseDuration(text)! < MINUTE
    ? problem(text, 'at least a minute', 'Write \'1m\' or more: a new revision is applied at once anyway.')
    : undefined);
}

/** Any other time to wait. */
export function pauseProblem(text: string): Problem | undefined {
  const wrong = durationProblem(text);
  if (wrong) return wrong;
  if (!TAKEN.test(text)) return problem(text, 'numbers with the units h, m, s and ms, without a sign, such as 1h30m', 'Write it like 10m.');
  return parseDuration(text) === 0 ? problem(text, 'more than nothing', 'Write it like 10m.') : undefined;
}

/** The timeout of a source, whose CRD knows no hours. */
export function sourceTimeoutProblem(text: string): Problem | undefined {
  const wrong = pauseProblem(text);
  if (wrong || !text.includes('h')) return wrong;
  return problem(text, 'minutes, seconds and milliseconds, and no hours', `Write '${parseDuration(text)! / MINUTE}m'.`);
}

/** Refuses those of the named properties that are given and wrong. */
export function insistAll<T extends object>(
  at: string, props: T, names: readonly (keyof T & string)[], wrong: (text: string) => Problem | undefined,
): void {
  for (const name of names) {
    const given = props[name];
    if (given !== undefined) insist(at, name, wrong(given as string));
  }
}
