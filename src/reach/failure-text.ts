import { type Answer, answerText } from './answer';
import type { Cluster } from './cluster';

/** An answer that is not as it should be, with the policies about either end that the cluster refuses: often they were meant to do it. */
export function failureText(answer: Answer, cluster: Cluster): string {
  return [answerText(answer), ...cluster.refusedAbout([answer.from, answer.to]).map(({ text }) => `  note: ${text}`)].join('\n');
}
