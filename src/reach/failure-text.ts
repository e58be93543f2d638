import { type Answer, answerText } from './answer';
import type { Cluster } from './cluster';

/**
 * An answer that is not as it should be, with the policies about either end that the cluster refuses: often they were meant to do it. Also
 * with those that are left out of every answer.
 */
export function failureText(answer: Answer, cluster: Cluster): string {
  const notes = [...cluster.refusedAbout([answer.from, answer.to]).map(({ text }) => text), ...leftOutTexts(cluster)];
  return [answerText(answer), ...notes.map(text => `  note: ${text}`)].join('\n');
}

const SHOWN = 3;

/** The policies that no answer takes into account, a few of them in full. */
export function leftOutTexts({ leftOut }: Cluster): string[] {
  const more = leftOut.length - SHOWN;
  return [...leftOut.slice(0, SHOWN).map(({ text }) => text), ...more > 0 ? [`and ${more} more that are not evaluated`] : []];
}
