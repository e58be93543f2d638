import { admissionOf, pod, policyOf } from './support';
import { Anchor } from '../../src/kyverno/anchor';
import { KyvernoPolicy } from '../../src/kyverno/kyverno-policy';
import { PolicyAction } from '../../src/kyverno/policy-action';

const admission = (spec: object) => admissionOf([policyOf(chart => new KyvernoPolicy(chart, 'policy', {
  name: 'policy',
  rules: [{
    name: 'rule',
    match: { any: [{ resources: { kinds: ['Pod'] } }] },
    validate: { failureAction: PolicyAction.ENFORCE, pattern: { spec } },
  }],
}))]);

const containers = (...images: string[]) => ({ containers: images.map(image => ({ image })) });

test.each([
  ['when: siblings are asked for only where it matches', { [Anchor.when('hostNetwork')]: true, dnsPolicy: 'ClusterFirstWithHostNet' },
    [{}, { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }], [{ hostNetwork: true, dnsPolicy: 'ClusterFirst' }]],
  ['ifPresent: may be missing, must match', { [Anchor.ifPresent('hostNetwork')]: false }, [{}, { hostNetwork: false }], [{ hostNetwork: true }]],
  ['forbid: must be missing', { [Anchor.forbid('hostPID')]: 'null' }, [{}], [{ hostPID: true }, { hostPID: false }]],
  ['anyElement: one is enough', { [Anchor.anyElement('containers')]: [{ image: 'proxy:*' }] },
    [containers('app:1', 'proxy:2')], [containers('app:1', 'app:2')]],
  ['global: the rule is about objects where it matches', { [Anchor.global('nodeName')]: 'edge-*', restartPolicy: 'Always' },
    [{ nodeName: 'core-1' }, { nodeName: 'edge-1', restartPolicy: 'Always' }], [{ nodeName: 'edge-1', restartPolicy: 'Never' }]],
])('%s', (_what, pattern, fine, broken) => {
  const kyverno = admission(pattern);
  expect(fine.map(spec => kyverno.allows({ object: pod(spec) }))).toEqual(fine.map(() => true));
  expect(broken.map(spec => kyverno.allows({ object: pod(spec) }))).toEqual(broken.map(() => false));
});

test('addIfAbsent: written only where it is missing', () => {
  const kyverno = admissionOf([policyOf(chart => new KyvernoPolicy(chart, 'policy', {
    name: 'policy',
    rules: [{
      name: 'rule',
      match: { any: [{ resources: { kinds: ['Pod'] } }] },
      mutate: { patchStrategicMerge: { spec: { [Anchor.addIfAbsent('restartPolicy')]: 'Always' } } },
    }],
  }))]);
  const after = (spec: object) => kyverno.review({ object: pod(spec) }).object.spec;
  expect(after({})).toEqual({ restartPolicy: 'Always' });
  expect(after({ restartPolicy: 'Never' })).toEqual({ restartPolicy: 'Never' });
});
