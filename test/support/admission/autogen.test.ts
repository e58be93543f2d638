import { rulesWithAutogen } from './autogen';
import { Dict } from './json';

const pods = { any: [{ resources: { kinds: ['Pod'] } }] };
const rule = { name: 'r', match: pods, validate: { pattern: { spec: { hostNetwork: false } } } };
const policy = (rules: object[], controllers?: string): Dict => ({
  metadata: { name: 'p', annotations: controllers === undefined ? {} : { 'pod-policies.kyverno.io/autogen-controllers': controllers } },
  spec: { rules },
});
const names = (rules: object[], controllers?: string): string[] => rulesWithAutogen(policy(rules, controllers), '1.19').map(({ name }) => name);
const ALL = ['r', 'autogen-r', 'autogen-cronjob-r'];

test('a pattern on pods is wrapped for the pod templates of all controllers', () => {
  const [, controllers, cron] = rulesWithAutogen(policy([rule]), '1.19');
  expect(controllers?.match.any[0].resources.kinds).toEqual([
    'apps/v1/DaemonSet', 'apps/v1/Deployment', 'batch/v1/Job', 'apps/v1/ReplicaSet', 'v1/ReplicationController', 'apps/v1/StatefulSet',
  ]);
  expect(controllers?.validate.pattern).toEqual({ spec: { template: rule.validate.pattern } });
  expect(cron?.match.any[0].resources.kinds).toEqual(['batch/v1/CronJob']);
  expect(cron?.validate.pattern).toEqual({ spec: { jobTemplate: { spec: { template: rule.validate.pattern } } } });
});

test('before 1.18 the kinds are bare', () => {
  const [, controllers] = rulesWithAutogen(policy([rule], 'Deployment'), '1.17');
  expect(controllers?.match.any[0].resources.kinds).toEqual(['Deployment']);
});

test('anyPattern and patchStrategicMerge are wrapped, foreach loses order and nesting', () => {
  const mutate = { foreach: [{ list: 'request.object.spec.containers', order: 'Descending', patchStrategicMerge: { spec: { a: 1 } } }] };
  const rules = rulesWithAutogen(policy([
    { name: 'any', match: pods, validate: { anyPattern: [{ a: 1 }] } },
    { name: 'patch', match: pods, mutate: { patchStrategicMerge: { a: 1 } } },
    { name: 'each', match: pods, mutate },
  ], 'Deployment'), '1.19');
  const derived = (name: string): Dict => rules.find((found) => found.name === name) ?? {};
  expect(derived('autogen-any').validate.anyPattern).toEqual([{ spec: { template: { a: 1 } } }]);
  expect(derived('autogen-patch').mutate.patchStrategicMerge).toEqual({ spec: { template: { a: 1 } } });
  expect(derived('autogen-each').mutate.foreach).toEqual([
    { list: 'request.object.spec.template.spec.containers', patchStrategicMerge: { spec: { template: { spec: { a: 1 } } } } },
  ]);
});

test('variables are redirected wherever they stand', () => {
  const deny = {
    name: 'r',
    match: pods,
    preconditions: { all: [{ key: '{{ request.object.metadata.name }}', operator: 'Equals', value: '{{ request.oldObject.spec.a }}' }] },
    validate: { message: '{{ request.object.metadata.namespace }}', deny: {} },
  };
  const [, controllers, cron] = rulesWithAutogen(policy([deny]), '1.19');
  expect(controllers?.preconditions.all[0]).toEqual({
    key: '{{ request.object.spec.template.metadata.name }}', operator: 'Equals', value: '{{ request.oldObject.spec.template.spec.a }}',
  });
  expect(cron?.validate.message).toBe('{{ request.object.spec.jobTemplate.spec.template.metadata.namespace }}');
});

test.each<[string | undefined, string[]]>([
  [undefined, ALL], ['none', ['r']], ['', ['r']], ['Deployment', ['r', 'autogen-r']], ['CronJob', ['r', 'autogen-cronjob-r']],
  ['Deployment,CronJob', ALL], ['Deployment, CronJob', ['r', 'autogen-r']],
])('the annotation %p leaves %j', (controllers, expected) => expect(names([rule], controllers)).toEqual(expected));

test('the list of controllers is not trimmed, and custom kinds only count without known ones', () => {
  const kinds = (controllers: string): string[] => rulesWithAutogen(policy([rule], controllers), '1.19')[1]?.match.any[0].resources.kinds;
  expect(kinds('Deployment, Job')).toEqual(['apps/v1/Deployment']);
  expect(kinds('Deployment,Rollout')).toEqual(['apps/v1/Deployment']);
  expect(kinds('Rollout')).toEqual(['Rollout']);
});

describe('one rule suppresses the derived rules of the whole policy', () => {
  const withResources = (resources: object): object => ({ name: 's', match: { any: [{ resources }] }, validate: { deny: {} } });

  test.each<[string, object]>([
    ['generate', { name: 's', match: pods, generate: { data: {} } }],
    ['patchesJson6902', { name: 's', match: pods, mutate: { patchesJson6902: '[]' } }],
    ['patchesJson6902 in foreach', { name: 's', match: pods, mutate: { foreach: [{ list: 'a', patchesJson6902: '[]' }] } }],
    ['name', withResources({ kinds: ['Pod'], name: 'a' })],
    ['names', withResources({ kinds: ['Pod'], names: ['a'] })],
    ['selector', withResources({ kinds: ['Pod'], selector: { matchLabels: { a: 'b' } } })],
    ['annotations', withResources({ kinds: ['Pod'], annotations: { a: 'b' } })],
    ['mixed kinds', withResources({ kinds: ['Pod', 'Deployment'] })],
    ['names in exclude', { ...withResources({ kinds: ['Service'] }), exclude: { any: [{ resources: { names: ['a'] } }] } }],
  ])('%s', (_, suppressing) => expect(names([rule, suppressing])).toEqual(['r', 's']));

  test.each<[string, object]>([
    ['namespaces', withResources({ kinds: ['Pod'], namespaces: ['a'] })],
    ['namespaceSelector', withResources({ kinds: ['Pod'], namespaceSelector: { matchLabels: { a: 'b' } } })],
    ['another kind alone', withResources({ kinds: ['Service'] })],
  ])('but not %s', (_, harmless) => expect(names([rule, harmless])).toContain('autogen-r'));
});

test('a rule that excludes kinds without pods is not derived', () => {
  expect(names([{ ...rule, exclude: { any: [{ resources: { kinds: ['Service'] } }] } }])).toEqual(['r']);
  expect(names([{ ...rule, exclude: { any: [{ resources: { namespaces: ['kube-system'] } }] } }])).toEqual(ALL);
});

test('derived names are cut to 63 characters', () => {
  expect(names([{ ...rule, name: 'x'.repeat(60) }]).map((name) => name.length)).toEqual([60, 63, 63]);
});

test('written rules that start with autogen- are dropped where rules are derived', () => {
  expect(names([rule, { ...rule, name: 'autogen-x' }])).toEqual(ALL);
});
