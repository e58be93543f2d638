import { copy, Dict, isDict } from './json';
import { webhookProblems } from './webhook-problems';

const pods = { any: [{ resources: { kinds: ['Pod'] } }] };
const pattern = { spec: { containers: [{ '(name)': '*', 'image': '?*' }] } };
const condition = { key: '{{ request.object.metadata.name }}', operator: 'Equals', value: 'x' };
const target = { apiVersion: 'v1', kind: 'ConfigMap', name: 'c', namespace: 'a' };

const RULES: Dict = {
  validate: { name: 'r', match: pods, validate: { failureAction: 'Enforce', message: 'No.', pattern } },
  deny: { name: 'r', match: pods, validate: { deny: { conditions: { any: [condition] } } } },
  foreach: { name: 'r', match: pods, validate: { foreach: [{ list: 'request.object.spec.containers', pattern: { image: '?*' } }] } },
  mutate: { name: 'r', match: pods, mutate: { patchStrategicMerge: { metadata: { labels: { '+(a)': 'b' } } } } },
  generate: { name: 'r', match: { any: [{ resources: { kinds: ['Namespace'] } }] }, generate: { ...target, synchronize: true, data: { data: {} } } },
};

/** Lays changes over a value: maps are merged, everything else is replaced, and `undefined` removes. */
function over(value: unknown, change: unknown): any {
  if (!isDict(value) || !isDict(change)) {
    return change;
  }
  return { ...value, ...Object.fromEntries(Object.entries(change).map(([key, part]) => [key, over(value[key], part)])) };
}

function policyOf(type: string, change: Dict = {}, rule: Dict = {}): Dict {
  const base = { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' }, spec: { rules: [over(RULES[type], rule)] } };
  return copy(over(base, change));
}

/** What is said of a change to an ordinary policy or rule that is wrong, the change, and one that is right in its place. */
type Case = [says: string, type: string, bad: Dict, good: Dict];

function ofPolicy(cases: Case[]): void {
  test.each(cases)('%s', (says, type, bad, good) => {
    expect(webhookProblems(policyOf(type, good))).toEqual([]);
    expect(webhookProblems(policyOf(type, bad)).join('\n')).toContain(says);
  });
}

function ofRule(cases: Case[], spec: Dict = {}): void {
  test.each(cases)('%s', (says, type, bad, good) => {
    expect(webhookProblems(policyOf(type, { spec }, good))).toEqual([]);
    expect(webhookProblems(policyOf(type, { spec }, bad)).join('\n')).toContain(says);
  });
}

const resources = (described: Dict, place = 'match'): Dict => ({ [place]: { any: [{ resources: described }] } });
const filter = (described: Dict, place = 'match'): Dict => ({ [place]: { any: [{ resources: { kinds: ['Pod'] }, ...described }] } });
const long = 'x'.repeat(64);

test.each(Object.keys(RULES))('an ordinary %s rule is accepted', (type) => expect(webhookProblems(policyOf(type))).toEqual([]));

test('the policies of the source articles are accepted', () => {
  const managed = { 'platform.io/managed': 'true' };
  const generate = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    name: 'default-deny-all',
    namespace: '{{request.object.metadata.name}}',
    synchronize: true,
    data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
  };
  expect(webhookProblems(policyOf('generate', {}, { ...resources({ kinds: ['Namespace'], selector: { matchLabels: managed } }), generate })))
    .toEqual([]);
  expect(webhookProblems(policyOf('validate', { spec: { validationFailureAction: 'Enforce' } }, { validate: { failureAction: undefined } })))
    .toEqual([]);
});

test('from 1.20 no ClusterPolicy is accepted', () => {
  expect(webhookProblems(policyOf('validate'), '1.20')).toEqual([expect.stringContaining('policies.kyverno.io')]);
  expect(webhookProblems(policyOf('validate'), '1.19')).toEqual([]);
});

describe('the structure', () => {
  ofPolicy([
    ['not a kyverno.io/v1 ClusterPolicy', 'validate', { kind: 'Policy' }, {}],
    ['DNS subdomain', 'validate', { metadata: { name: 'A_b' } }, { metadata: { name: 'a-b' } }],
    ["unknown field 'validationFailureActon'", 'validate', { spec: { validationFailureActon: 'Audit' } }, { spec: { emitWarning: true } }],
    ["applyRules 'Some'", 'validate', { spec: { applyRules: 'Some' } }, { spec: { applyRules: 'One' } }],
    ["failurePolicy 'Closed'", 'validate', { spec: { failurePolicy: 'Closed' } }, { spec: { failurePolicy: 'Fail' } }],
    ["failurePolicy 'fail'", 'validate', { spec: { webhookConfiguration: { failurePolicy: 'fail' } } },
      { spec: { webhookConfiguration: { failurePolicy: 'Ignore' } } }],
    ["validationFailureAction 'Block'", 'validate', { spec: { validationFailureAction: 'Block' } },
      { spec: { validationFailureAction: 'enforce' } }],
  ]);

  ofRule([
    ['name and match are required', 'validate', { match: undefined }, {}],
    ['longer than 63', 'validate', { name: long }, { name: long.slice(1) }],
    ["unknown field 'precondition' in rule", 'validate', { precondition: {} }, { preconditions: {} }],
    ["unknown field 'kind' in resources", 'validate', resources({ kinds: ['Pod'], kind: 'x' }), resources({ kinds: ['Pod'] })],
    ['match has both any and all', 'validate', { match: { all: pods.any } }, { match: { any: undefined, all: pods.any } }],
    ['both name and names', 'validate', resources({ kinds: ['Pod'], name: 'a', names: ['a'] }), resources({ kinds: ['Pod'], names: ['a'] })],
    ["operation 'create'", 'validate', resources({ kinds: ['Pod'], operations: ['create'] }), resources({ kinds: ['Pod'], operations: ['CREATE'] })],
    ["failureAction 'enforce'", 'validate', { validate: { failureAction: 'enforce' } }, { validate: { failureAction: 'Audit' } }],
    ['exactly one of configMap', 'validate', { context: [{ name: 'a' }] }, { context: [{ name: 'a', variable: { value: 'x' } }] }],
    ["order 'Down'", 'mutate', { mutate: { patchStrategicMerge: undefined, foreach: [{ list: 'a', order: 'Down', patchStrategicMerge: {} }] } },
      { mutate: { patchStrategicMerge: undefined, foreach: [{ list: 'a', order: 'Descending', patchStrategicMerge: {} }] } }],
    ["level 'strict'", 'validate', { validate: { pattern: undefined, podSecurity: { level: 'strict' } } },
      { validate: { pattern: undefined, podSecurity: { level: 'restricted', version: 'v1.32' } } }],
    ["version 'v1.33'", 'validate', { validate: { pattern: undefined, podSecurity: { level: 'baseline', version: 'v1.33' } } },
      { validate: { pattern: undefined, podSecurity: { level: 'baseline', version: 'latest' } } }],
    ["operator 'Equal'", 'foreach',
      { validate: { foreach: [{ list: 'a', pattern: {}, preconditions: { all: [{ ...condition, operator: 'Equal' }] } }] } },
      { validate: { foreach: [{ list: 'a', pattern: {}, preconditions: { all: [condition] } }] } }],
  ]);

  ofRule([
    ['needs kind and name', 'validate', filter({ subjects: [{ kind: 'User' }] }), filter({ subjects: [{ kind: 'User', name: 'jane' }] })],
  ], { background: false });
});

test('before 1.16 the Pod Security Standards end at 1.29', () => {
  const rule = (version: string): Dict => ({ validate: { pattern: undefined, podSecurity: { level: 'baseline', version } } });
  expect(webhookProblems(policyOf('validate', {}, rule('v1.29')), '1.15')).toEqual([]);
  expect(webhookProblems(policyOf('validate', {}, rule('v1.30')), '1.15')).toEqual([expect.stringContaining("version 'v1.30'")]);
});

describe('the policy as a whole', () => {
  const two = (name: string): Dict => ({ spec: { rules: [RULES.validate, { ...RULES.validate, name }] } });
  const overrides = (...namespaces: string[]): Dict => ({
    spec: { validationFailureActionOverrides: [{ action: 'Audit', namespaces: [namespaces[0]] }, { action: 'Enforce', namespaces: [namespaces[1]] }] },
  });

  ofPolicy([
    ['no namespace', 'validate', { metadata: { namespace: 'a' } }, {}],
    ['longer than 63 bytes', 'validate', { metadata: { name: long } }, { metadata: { name: long.slice(1) } }],
    ["may not be 'all'", 'validate', { metadata: { annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'all' } } },
      { metadata: { annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' } } }],
    ["two rules are named 'r'", 'validate', two('r'), two('s')],
    ['start with autogen-', 'validate', two('autogen-s'), two('s-autogen')],
    ['webhookTimeoutSeconds and', 'validate', { spec: { webhookTimeoutSeconds: 5, webhookConfiguration: { timeoutSeconds: 5 } } },
      { spec: { webhookTimeoutSeconds: 5 } }],
    ['failurePolicy and', 'validate', { spec: { failurePolicy: 'Fail', webhookConfiguration: { failurePolicy: 'Fail' } } },
      { spec: { webhookConfiguration: { failurePolicy: 'Fail' } } }],
    ['1 to 30 seconds', 'validate', { spec: { webhookConfiguration: { timeoutSeconds: 31 } } },
      { spec: { webhookConfiguration: { timeoutSeconds: 30 } } }],
    ['1 to 30 seconds', 'validate', { spec: { webhookTimeoutSeconds: 0 } }, { spec: { webhookTimeoutSeconds: 1 } }],
    ['generateExistingOnPolicyUpdate is gone', 'generate', { spec: { generateExistingOnPolicyUpdate: true } }, { spec: { generateExisting: true } }],
    ['neither admission nor background', 'validate', { spec: { admission: false, background: false } }, { spec: { admission: false } }],
    ['need admission', 'mutate', { spec: { admission: false } }, { spec: { admission: true } }],
    ['needs mutate.targets', 'mutate', { spec: { mutateExistingOnPolicyUpdate: true } }, { spec: { mutateExistingOnPolicyUpdate: false } }],
    ['one namespace two actions', 'validate', overrides('a', 'a'), overrides('a', 'b')],
    ['one namespace two actions', 'validate', overrides('team-*', 'team-a'), overrides('team-*', 'kube-system')],
    ['has no action', 'validate', { spec: { validationFailureActionOverrides: [{ namespaces: ['a'] }] } },
      { spec: { validationFailureActionOverrides: [{ action: 'Audit', namespaces: ['a'] }] } }],
  ]);

  test('before 1.17 a namespace is not looked at', () => {
    expect(webhookProblems(policyOf('validate', { metadata: { namespace: 'a' } }), '1.16')).toEqual([]);
  });

  ofRule([
    ['needs mutate.targets', 'mutate', { mutate: { mutateExistingOnPolicyUpdate: true } },
      { mutate: { mutateExistingOnPolicyUpdate: true, targets: [{ apiVersion: 'v1', kind: 'Pod' }] } }],
    ['overrides in validate', 'validate',
      { validate: { failureActionOverrides: [{ action: 'Audit', namespaces: ['a'] }, { action: 'Enforce', namespaces: ['*'] }] } },
      { validate: { failureActionOverrides: [{ action: 'Audit', namespaces: ['a'] }, { action: 'Enforce', namespaces: ['b'] }] } }],
  ]);
});

describe('rules', () => {
  ofRule([
    ['it has mutate, validate', 'validate', { mutate: RULES.mutate.mutate }, {}],
    ['it has none', 'validate', { validate: undefined }, {}],
    ['imageExtractors', 'validate', { imageExtractors: {} }, {}],
    ["the label 'a' is 1", 'validate', { validate: { pattern: { metadata: { labels: { a: 1 } } } } },
      { validate: { pattern: { metadata: { labels: { a: '1' } } } } }],
    ["the annotation 'a' is null", 'mutate', { mutate: { patchStrategicMerge: { spec: { template: { metadata: { annotations: { a: null } } } } } } },
      { mutate: { patchStrategicMerge: { spec: { template: { metadata: { annotations: { a: 'b' } } } } } } }],
  ]);

  const labels = { metadata: { labels: { a: '?*' } } };
  const anyKind = (rule: Dict, kinds = ['*']): Dict => ({ ...resources({ kinds }), ...rule });
  const enforced = (body: Dict): Dict => ({ validate: { failureAction: 'Enforce', ...body } });

  ofRule([
    ['must be the only one', 'validate', anyKind(enforced({ pattern: labels }), ['*', 'Pod']), anyKind({ validate: { pattern: { ...labels, spec: undefined } } })],
    ['only metadata', 'validate', anyKind({}), anyKind({ validate: { pattern: { ...labels, spec: undefined } } })],
    ['not for this type', 'foreach', anyKind({}), {}],
    ['only metadata', 'mutate', anyKind({ mutate: { patchStrategicMerge: undefined, patchesJson6902: '[{"op":"add","path":"/spec/a","value":1}]' } }),
      anyKind({ mutate: { patchStrategicMerge: undefined, patchesJson6902: '[{"op":"add","path":"/metadata/labels/a","value":"b"}]' } })],
  ], { background: false });

  test('the kind * is not for the background', () => {
    const rule = anyKind({ validate: { pattern: { ...labels, spec: undefined } } });
    expect(webhookProblems(policyOf('validate', {}, rule))).toEqual(['rule r: the kind * needs background: false']);
  });
});

describe('match and exclude', () => {
  ofRule([
    ['resources beside any', 'validate', { match: { resources: { kinds: ['Pod'] } } }, { match: { any: undefined, resources: { kinds: ['Pod'] } } }],
    ['empty resource description', 'validate', resources({}), resources({ kinds: ['Pod'] })],
    ['names no kind', 'validate', resources({ names: ['a'] }), resources({ kinds: ['Pod'], names: ['a'] })],
    ['an empty selector', 'validate', resources({ kinds: ['Pod'], selector: {} }),
      resources({ kinds: ['Pod'], selector: { matchLabels: { a: 'b' } }, namespaceSelector: {} })],
    ['is not valid', 'validate', resources({ kinds: ['Pod'], selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
      resources({ kinds: ['Pod'], selector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } })],
    ['match by user needs background', 'validate', filter({ subjects: [{ kind: 'User', name: 'jane' }] }), {}],
    ['exclude by user needs background', 'mutate', filter({ clusterRoles: ['cluster-admin'] }, 'exclude'), { exclude: { any: [{ resources: { namespaces: ['a'] } }] } }],
    ['takes away everything', 'validate', { exclude: pods }, { exclude: { any: [{ resources: { kinds: ['Pod'], namespaces: ['a'] } }] } }],
    ['takes away everything', 'validate',
      { match: { any: undefined, resources: { kinds: ['Pod'], namespaces: ['team-a'] } }, exclude: { resources: { namespaces: ['team-*'] } } },
      { match: { any: undefined, resources: { kinds: ['Pod'], namespaces: ['team-a'] } }, exclude: { resources: { namespaces: ['kube-*'] } } }],
  ]);

  const subject = (described: Dict): Dict => filter({ subjects: [{ name: 'x', ...described }] });
  ofRule([
    ["of kind 'Robot'", 'validate', subject({ kind: 'Robot' }), subject({ kind: 'Group' })],
    ['has no namespace', 'validate', subject({ kind: 'ServiceAccount' }), subject({ kind: 'ServiceAccount', namespace: 'a' })],
    ["role 'edit'", 'validate', filter({ roles: ['edit'] }), filter({ roles: ['team-a:edit'] })],
  ], { background: false });
});

describe('variables', () => {
  const message = (text: string): Dict => ({ validate: { message: text } });
  const entry = (described: Dict): Dict => ({ context: [{ name: 'a', ...described }] });

  ofRule([
    ['no variables in match', 'validate', resources({ kinds: ['Pod'], names: ['{{ request.operation }}'] }),
      resources({ kinds: ['Pod'], names: ['\\{{ request.operation }}'] })],
    ['names nothing that is known', 'validate', message('{{ nothing.here }}'), { ...message('{{ here.a }}'), context: [{ name: 'here', variable: { value: {} } }] }],
    ['names nothing that is known', 'validate', message("{{ 'request.x' }}"), message("{{ to_upper('x') }}")],
    ['request needs a field', 'validate', message('{{ request }}'), message('{{ request.operation }}')],
    ['is not JMESPath', 'validate', message('{{ request.object. }}'), message('{{ request.object.spec.[a, b][] }}')],
    ['target needs mutate.targets', 'mutate', { mutate: { patchStrategicMerge: { metadata: { labels: { '+(a)': '{{ target.kind }}' } } } } },
      { mutate: { patchStrategicMerge: { metadata: { labels: { '+(a)': '{{ target.kind }}' } } }, targets: [{ apiVersion: 'v1', kind: 'Pod' }] } }],
    ['element is only known in foreach', 'deny', { validate: { message: '{{ element.name }}' } }, {}],
    ['needs background: false', 'validate', message('{{ request.userInfo.username }}'), message('{{ request.namespace }}')],
    ['needs background: false', 'validate', message('{{ serviceAccountName }}'), message('{{ request.name }}')],
    ['no variables in the path', 'mutate',
      { mutate: { patchStrategicMerge: undefined, patchesJson6902: '- op: remove\n  path: /metadata/labels/{{ request.name }}' } },
      { mutate: { patchStrategicMerge: undefined, patchesJson6902: '- op: add\n  path: /metadata/labels/a\n  value: "{{ request.name }}"' } }],
    ["'request.x' is no name", 'validate', { context: [{ name: 'request.x', variable: { value: 'a' } }] }, entry({ variable: { value: 'a' } })],
    ['configMap needs', 'validate', entry({ configMap: { name: 'a' } }), entry({ configMap: { name: 'a', namespace: 'b' } })],
    ['both urlPath and service', 'validate', entry({ apiCall: { urlPath: '/', service: {} } }), entry({ apiCall: { urlPath: '/' } })],
    ['globalReference needs', 'validate', entry({ globalReference: {} }), entry({ globalReference: { name: 'a' } })],
    ['value or jmesPath', 'validate', entry({ variable: {} }), entry({ variable: { jmesPath: 'request.name' } })],
    ['jmesPath only', 'validate', entry({ variable: { value: 'a', default: 'b' } }), entry({ variable: { jmesPath: 'a', default: 'b' } })],
    ['has no context', 'validate', { ...entry({ variable: { value: 'a' } }), validate: { pattern: undefined, cel: { expressions: [{ expression: 'true' }] } } },
      { validate: { pattern: undefined, cel: { expressions: [{ expression: 'true' }] } } }],
  ]);

  test('an expression that the model cannot read may still be right', () => {
    expect(webhookProblems(policyOf('validate', {}, message('{{ request.object.spec.a + request.object.spec.b }}')))).toEqual([]);
  });

  test('foreach knows its element, and without background the user is known', () => {
    const deny = { conditions: { any: [{ ...condition, key: '{{ element.name }}-{{ elementIndex }}' }] } };
    expect(webhookProblems(policyOf('foreach', {}, { validate: { foreach: [{ list: 'request.object.spec.containers', deny }] } }))).toEqual([]);
    expect(webhookProblems(policyOf('validate', { spec: { background: false } }, message('{{ serviceAccountName }}')))).toEqual([]);
  });
});

describe('conditions', () => {
  const deny = (changed: Dict): Dict => ({ validate: { deny: { conditions: { any: [{ ...condition, ...changed }] } } } });

  ofRule([
    ['lacks key, operator or value', 'deny', deny({ value: null }), deny({ value: '' })],
    ["'Matches' is not a condition operator", 'deny', deny({ operator: 'Matches' }), deny({ operator: 'NotEqual' })],
    ["'Matches'", 'validate', { preconditions: [{ ...condition, operator: 'Matches' }] }, { preconditions: [condition] }],
    ["'Matches'", 'mutate', { mutate: { targets: [{ apiVersion: 'v1', kind: 'Pod', preconditions: { all: [{ ...condition, operator: 'Matches' }] } }] } },
      { mutate: { targets: [{ apiVersion: 'v1', kind: 'Pod', preconditions: { all: [condition] } }] } }],
    ['compares request.operation', 'deny', deny({ key: '{{request.operation}}', value: 'create' }), deny({ key: '{{request.operation}}', value: ['CREATE'] })],
    ['compares request.operation', 'deny', deny({ key: '{{ request.operation }}', operator: 'AnyIn', value: ['CREATE', 1] }),
      deny({ key: '{{ request.operation }}', operator: 'AnyIn', value: '{{ request.object.a }}' })],
  ]);
});

describe('validate', () => {
  const body = (changed: Dict): Dict => ({ validate: { pattern: undefined, ...changed } });
  const excluded = (level: string, described: Dict): Dict => body({ podSecurity: { level, exclude: [described] } });
  const cel = (changed: Dict): Dict => body({ cel: { expressions: [{ expression: 'true' }], ...changed } });
  const params = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' }, paramRef: { name: 'a', parameterNotFoundAction: 'Deny' } };

  ofRule([
    ['exactly one of', 'validate', { validate: { deny: {} } }, body({ deny: {} })],
    ['exactly one of', 'validate', body({ assert: {} }), {}],
    ['anyPattern is not a list', 'validate', body({ anyPattern: {} }), body({ anyPattern: [{ spec: {} }] })],
    ['+(a) is not for validate', 'validate', { validate: { pattern: { '+(a)': 1 } } }, { validate: { pattern: { 'X(a)': 'null', '<(b)': 1, '=(c)': 1 } } }],
    ['^(a) needs a list', 'validate', { validate: { pattern: { '^(a)': {} } } }, { validate: { pattern: { '^(a)': [{ b: 1 }] } } }],
    ['foreach needs a list', 'foreach', { validate: { foreach: [{ pattern: {} }] } }, {}],
    ['foreach needs one of', 'foreach', { validate: { foreach: [{ list: 'a' }] } }, { validate: { foreach: [{ list: 'a', foreach: [{ list: 'b', deny: {} }] }] } }],
    ['celPreconditions go with', 'validate', { celPreconditions: [] }, { celPreconditions: [], ...cel({}) }],
    ['CEL expression is empty', 'validate', cel({ expressions: [{ expression: '' }] }), cel({})],
    ['go together', 'validate', cel({ paramKind: params.paramKind }), cel(params)],
    ['needs apiVersion and kind', 'validate', cel({ ...params, paramKind: { kind: 'ConfigMap' } }), cel(params)],
    ['parameterNotFoundAction', 'validate', cel({ ...params, paramRef: { name: 'a', selector: {} } }), cel(params)],
    ['audit annotation', 'validate', cel({ auditAnnotations: [{ key: 'a' }] }), cel({ auditAnnotations: [{ key: 'a', valueExpression: '1' }] })],
    ['needs images', 'validate', excluded('restricted', { controlName: 'Capabilities' }), excluded('restricted', { controlName: 'Capabilities', images: ['a'] })],
    ['takes no images', 'validate', excluded('restricted', { controlName: 'Sysctls', images: ['a'] }), excluded('restricted', { controlName: 'Sysctls' })],
    ['together', 'validate', excluded('restricted', { controlName: 'Sysctls', restrictedField: 'a' }),
      excluded('restricted', { controlName: 'Sysctls', restrictedField: 'a', values: ['b'] })],
    ['does not have Volume Types', 'validate', excluded('baseline', { controlName: 'Volume Types' }), excluded('restricted', { controlName: 'Volume Types' })],
  ]);

  test('assert is a check up to 1.18', () => {
    expect(webhookProblems(policyOf('validate', {}, body({ assert: {} })), '1.18')).toEqual([]);
  });
});

describe('mutate', () => {
  const patches = (text: string): Dict => ({ mutate: { patchStrategicMerge: undefined, patchesJson6902: text } });
  const loop = (...entries: Dict[]): Dict => ({ mutate: { patchStrategicMerge: undefined, foreach: entries } });

  ofRule([
    ['more than one of', 'mutate', { mutate: { foreach: [{ list: 'a', patchStrategicMerge: {} }] } }, {}],
    ['one of patchStrategicMerge', 'mutate', loop({ list: 'a' }), loop({ list: 'a', patchStrategicMerge: {} })],
    ['nothing else', 'mutate', loop({ list: 'a', preconditions: {}, foreach: [{ list: 'b', patchesJson6902: '[]' }] }),
      loop({ list: 'a', order: 'Ascending', foreach: [{ list: 'b', patchesJson6902: '[]' }] })],
    ["'insert' is not", 'mutate', patches('[{"op": "insert", "path": "/a", "value": 1}]'), patches('[{"op": "add", "path": "/a", "value": 1}]')],
    ['does not start with', 'mutate', patches('- {op: remove, path: a}'), patches('- {op: remove, path: /a}')],
    ['needs a value', 'mutate', patches('- {op: test, path: /a}'), patches('- {op: test, path: /a, value: "{{ request.name }}"}')],
    ['not a list', 'mutate', patches('op: add'), patches('[]')],
    ['not for mutate', 'mutate', { celPreconditions: [] }, {}],
  ]);

  test('celPreconditions are looked at from 1.15', () => {
    expect(webhookProblems(policyOf('mutate', {}, { celPreconditions: [] }), '1.14')).toEqual([]);
  });
});

describe('generate', () => {
  const cloneList = (changed: Dict, outer: Dict = {}): Dict => ({
    generate: { apiVersion: undefined, kind: undefined, name: undefined, data: undefined, cloneList: { namespace: 'a', kinds: ['v1/Secret'], ...changed }, ...outer },
  });

  ofRule([
    ['more than one of data, clone', 'generate', { generate: { clone: { name: 'a', namespace: 'b' } } }, { generate: { data: undefined, clone: { name: 'a', namespace: 'b' } } }],
    ['needs apiVersion', 'generate', { generate: { apiVersion: undefined } }, {}],
    ['needs name', 'generate', { generate: { name: '' } }, {}],
    ['needs kind', 'generate', { generate: { apiVersion: undefined, kind: undefined, name: undefined, data: undefined, foreach: [{ list: 'a', ...target, kind: '' }] } },
      { generate: { apiVersion: undefined, kind: undefined, name: undefined, data: undefined, foreach: [{ list: 'a', ...target }] } }],
    ['ConfigMap needs a namespace', 'generate', { generate: { namespace: undefined } }, { generate: { kind: 'Unknown', namespace: undefined } }],
    ['ClusterRole takes no namespace', 'generate', { generate: { kind: 'ClusterRole' } }, { generate: { kind: 'ClusterRole', namespace: undefined } }],
    ['looks like an anchor', 'generate', { generate: { data: { metadata: { labels: { '+(a)': 'b' } } } } }, { generate: { data: { metadata: { labels: { a: '(b)' } } } } }],
    ['mixes namespaced', 'generate', cloneList({ kinds: ['v1/Secret', 'rbac.authorization.k8s.io/v1/ClusterRole'] }), cloneList({ kinds: ['v1/Secret', 'v1/ConfigMap'] })],
    ['Secret needs a namespace', 'generate', cloneList({}, { namespace: undefined }), cloneList({})],
    ['takes no wildcards', 'generate', cloneList({ selector: { matchLabels: { a: 'b*' } } }), cloneList({ selector: { matchLabels: { a: 'b' } } })],
    ['which it matches itself', 'generate', { match: { any: undefined, resources: { kinds: ['ConfigMap'] } } }, { match: { any: undefined, resources: { kinds: ['Secret'] } } }],
    ['not for generate', 'generate', { celPreconditions: [] }, {}],
  ]);
});
