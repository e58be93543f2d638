import { clusterOf } from './cluster-of';
import { compareReach, type ReachOnly } from './reach-only';
import type { Answer, Verdict } from '../reach/answer';
import type { Cluster, Question } from '../reach/cluster';
import { expectVerdict } from '../reach/expect-verdict';
import { failureText } from '../reach/failure-text';

export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

const SHOWN = 8;

/**
 * For `expect.extend` of jest and vitest. Each takes what `clusterOf` takes. Policies that are not evaluated, such as AdminNetworkPolicies
 * and those of Calico, may do otherwise: they are told with what fails, and in one `GuardrailsWarning` of the process with what does not.
 */
export const matchers = {
  /** Every connection that is meant passes, for sure. */
  toAllow(subject: unknown, question: Question): MatcherResult {
    return verdictIs('allowed', subject, question);
  },

  /** Every connection that is meant is denied, for sure; with many, to pods too that policies mean and the set does not have. */
  toDeny(subject: unknown, question: Question): MatcherResult {
    return verdictIs('denied', subject, question);
  },

  /** What is listed passes, and nothing else does. */
  toReachOnly(subject: unknown, only: ReachOnly): MatcherResult {
    const cluster = clusterOf(subject);
    const { missing, more } = compareReach(cluster, only);
    const pass = missing.length + more.length === 0;
    return {
      pass,
      message: () => (pass ? 'Expected something else to pass, or something listed not to: just what is listed passes.' : [
        ...listed('Expected these to pass, and they do not:', missing, cluster),
        ...listed('Expected these not to pass, and they do:', more, cluster),
      ].join('\n')),
    };
  },
};

function verdictIs(verdict: Verdict, subject: unknown, question: Question): MatcherResult {
  const cluster = clusterOf(subject);
  const { unexpected, answers } = expectVerdict(verdict, question, cluster);
  const pass = unexpected.length === 0;
  return {
    pass,
    message: () => {
      const title = `Expected ${pass ? 'not every one of these to be' : 'each of these to be'} ${verdict}:`;
      return listed(title, pass ? answers() : unexpected, cluster).join('\n');
    },
  };
}

function listed(title: string, answers: readonly Answer[], cluster: Cluster): string[] {
  if (answers.length === 0) return [];
  const more = answers.length > SHOWN ? [`and ${answers.length - SHOWN} more`] : [];
  return [title, ...answers.slice(0, SHOWN).map(answer => failureText(answer, cluster)), ...more];
}
