import { matchers } from './jest/matchers';
import type { ReachOnly } from './jest/reach-only';
import type { Question } from './reach';

/**
 * Matchers about who reaches whom, for jest and its like:
 *
 *     import 'cdk8s-guardrails/jest';
 *
 *     expect(chart).toAllow({ from: 'infra/envoy', to: 'payments/payments-api', port: 8080 });
 *     expect(chart).toDeny({ from: 'shop/web', to: 'payments/postgres', port: 5432 });
 *     expect(chart).toReachOnly({ from: 'payments/payments-api', to: { 'payments/postgres': 5432, 'api.stripe.com': 443 } });
 *
 * The import is enough where `expect` is global; elsewhere call `expect.extend(matchers)`.
 */
export { matchers };
export { clusterOf } from './jest/cluster-of';
export type { MatcherResult } from './jest/matchers';
export type { Reachable, ReachOnly } from './jest/reach-only';
export { Cluster, type ManifestOptions, type Question } from './reach';

/** What the matchers add to `expect(...)`; for vitest, extend its `Assertion` with this. */
export interface ReachMatchers<R> {
  /** Every connection that is meant passes, for sure and not under a condition. */
  toAllow(question: Question): R;
  /** Every connection that is meant is denied, for sure and not under a condition. */
  toDeny(question: Question): R;
  /**
   * What is listed passes, and nothing else does, not under a condition either: of `from` to others, or of others to `to`. Asking the
   * resolver of the cluster goes without saying.
   */
  toReachOnly(only: ReachOnly): R;
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends ReachMatchers<R> {}
  }
}

interface Expect {
  extend(added: typeof matchers): void;
}

(globalThis as { expect?: Expect }).expect?.extend(matchers);
