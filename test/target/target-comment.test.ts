import { readTargetComment, targetComment } from '../../src/target/target-comment';

test('the first line of a file says which cluster it is for, and what that is', () => {
  const facts = { cni: 'cilium', cilium: '1.18', clusterName: 'a\nb: "c"' } as const;
  const text = targetComment('staging', facts);
  expect(text).toMatch(/^# [^\n]*\n$/);
  expect(readTargetComment(text.trimEnd())).toEqual({ name: 'staging', facts });
});

test.each(['', '# a comment', 'apiVersion: v1', '# cdk8s-guardrails cluster: staging', '# cdk8s-guardrails cluster: {"name":1}', '# cdk8s-guardrails cluster: null'])(
  'any other line does not: %j', line => expect(readTargetComment(line)).toBeUndefined());
