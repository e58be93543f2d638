import { oneLine } from './finding-place';
import { type Answer, answerText, type Verdict } from '../reach/answer';

/** The version of this format: it changes when a field goes or means something else. */
const FORMAT = 1;

const COLORS: Readonly<Record<Verdict, number>> = { allowed: 32, denied: 31, depends: 33 };

/** For people: an answer after the other, what was decided in front of why. */
export function* answersText(answers: Iterable<Answer>, color: boolean): Generator<string> {
  let between = '';
  for (const answer of answers) {
    const [head = '', ...reasons] = answerText(answer).split('\n').map(oneLine);
    yield `${between}${color ? `\u001b[${COLORS[answer.verdict]}m${head}\u001b[0m` : head}\n${reasons.map(line => `${line}\n`).join('')}`;
    between = '\n';
  }
}

/** For programs: the answers as the library gives them. */
export function* answersJson(answers: Iterable<Answer>): Generator<string> {
  yield `{"format":${FORMAT},"answers":[`;
  let between = '\n';
  for (const answer of answers) {
    yield `${between}${JSON.stringify(answer, undefined, 2)}`;
    between = ',\n';
  }
  yield '\n]}\n';
}
