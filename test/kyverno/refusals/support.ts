import type { KyvernoOperator } from '../../../src/kyverno/conditions';
import { KyvernoPolicy, type KyvernoPolicyProps } from '../../../src/kyverno/kyverno-policy';
import type { KyvernoMatch } from '../../../src/kyverno/match';
import { PolicyAction } from '../../../src/kyverno/policy-action';
import type { KyvernoRule } from '../../../src/kyverno/rule';
import { webhookProblems } from '../../support/admission';
import { objectsOf } from '../support';

/** The least that a rule can match. */
export const POD: KyvernoMatch = { any: [{ resources: { kinds: ['Pod'] } }] };
export const PATTERN = { pattern: { metadata: { labels: { team: '?*' } } } };
export const KEY = '-----BEGIN PUBLIC KEY-----';

/** The object that comes out. */
export function emit(props: Partial<KyvernoPolicyProps>, kyverno?: string) {
  const rules = props.rules ?? [rule({})];
  return objectsOf(chart => new KyvernoPolicy(chart, 'policy', { name: 'policy', ...props, rules }), kyverno ? { kyverno } : {})[0]!;
}

/** A rule that is fine but for these fields. */
export function rule(fields: Partial<KyvernoRule>): KyvernoRule {
  const kind = ['validate', 'mutate', 'generate', 'verifyImages'].some(field => field in fields) ? {} : { validate: PATTERN };
  return { name: 'rule', match: POD, ...kind, ...fields };
}

/** A policy with one such rule. */
export const ofRule = (fields: Partial<KyvernoRule>): Partial<KyvernoPolicyProps> => ({ rules: [rule(fields)] });
export const preconditions = (key: unknown, operator: unknown, value: unknown) =>
  ofRule({ preconditions: { all: [{ key, operator: operator as KyvernoOperator, value }] } });
export const matching = (resources: object, more: object = {}) => ({ match: { any: [{ resources, ...more }] } });
export const signed = (fields: object, entry: object = { keys: { publicKeys: KEY } }) => ofRule({
  verifyImages: [{
    imageReferences: ['ghcr.io/acme/*'], failureAction: PolicyAction.ENFORCE, attestors: [{ entries: [entry] }], ...fields,
  }],
});

/** Something that is refused, and something near it that is taken, by the construct and by the webhook. */
export interface Case {
  readonly what: string;
  readonly refused: Partial<KyvernoPolicyProps>;
  readonly because: RegExp;
  readonly taken: Partial<KyvernoPolicyProps>;
  readonly kyverno?: string;
}

function check({ refused, because, taken, kyverno }: Case): void {
  expect(() => emit(refused, kyverno)).toThrow(because);
  expect(() => emit(refused, kyverno)).toThrow(/^chart\/policy \(KyvernoPolicy\): .*allowed: .+\. \S/);
  expect(webhookProblems(emit(taken, kyverno), kyverno)).toEqual([]);
}

/** Tests that each case is refused with the construct, the field, what is allowed and how to mend it, and that its neighbour is not. */
export function refuses(part: string, cases: Case[]): void {
  describe(`of ${part}, the construct refuses`, () => {
    test.each(cases.map(item => [item.what, item] as const))('%s', (_what, item) => check(item));
  });
}
