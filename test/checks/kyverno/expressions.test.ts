import { finds, findings, policy, validate } from './support';

const deny = (condition: string, more = '', settings = '') => validate(`deny: { conditions: { any: [{ ${condition} }] } }`, 'Deployment', more, settings);
const key = (expression: string, more = '', settings = '') => deny(`key: '{{ ${expression} }}', operator: Equals, value: a`, more, settings);
const context = (entry: string) => key('request.namespace', `context: [${entry}]`);
const mutate = (body: string, settings = '') => policy(`- name: test
  match: { any: [{ resources: { kinds: [Deployment] } }] }
  mutate: { ${body} }`, settings);

test.each([
  ['VariableMisplaced', 'match', policy('- { name: a, match: { any: [{ resources: { kinds: [Pod], names: ["{{ request.name }}"] } }] }, validate: { deny: {} } }')],
  ['VariableMisplaced', 'the path of a JSON patch', mutate('patchesJson6902: "[{ op: add, path: \'/metadata/labels/{{ request.namespace }}\', value: a }]"')],
  ['VariableMisplaced', 'an image reference', policy('- { name: a, match: { any: [{ resources: { kinds: [Pod] } }] }, verifyImages: [{ imageReferences: ["{{ request.namespace }}/*"] }] }')],
  ['VariableUnknown', 'a name of nobody', key('team')],
  ['VariableUnknown', 'target without targets', mutate('patchStrategicMerge: { metadata: { annotations: { a: "{{ target.metadata.name }}" } } }')],
  ['VariableUnknown', 'target before there is one', policy(`- name: a
  match: { any: [{ resources: { kinds: [ConfigMap] } }] }
  context: [{ name: old, variable: { jmesPath: "{{ target.data.a }}" } }]
  mutate: { targets: [{ apiVersion: v1, kind: ConfigMap, name: a }], patchStrategicMerge: { data: { a: "{{ old }}" } } }`)],
  ['VariableNoJmespath', 'an open bracket', key('request.object.metadata.labels.[')],
  ['VariableNoJmespath', 'a slash in a name', key('request.object.metadata.labels.a/b')],
  ['VariableNoJmespath', 'a literal that is no JSON', key('request.object.metadata.name || `none`')],
  ['VariableNoJmespath', 'a path of the context', context('{ name: a, variable: { jmesPath: "request.object.[" } }')],
  ['VariableUnclosed', 'one brace too few', deny('key: "{{ request.namespace }", operator: Equals, value: a')],
  ['UserInBackground', 'the user', key('request.userInfo.username')],
  ['UserInBackground', 'the account', key('serviceAccountName')],
  ['UserInBackground', 'a user in a message', validate('deny: {}').replace('message: No.', 'message: "{{ request.userInfo }}"')],
  ['ElementOutsideForeach', 'an index', key('elementIndex')],
  ['ContextEntryRefused', 'a name that Kyverno gives', context('{ name: request.user, variable: { value: 1 } }')],
  ['ContextEntryRefused', 'a default alone', context('{ name: a, variable: { value: 1, default: 2 } }')],
  ['ContextEntryRefused', 'a call of two things', context('{ name: a, apiCall: { urlPath: /api, service: { url: "https://a" } } }')],
  ['ContextEntryRefused', 'a name that an assertion cannot read', validate(
    'assert: { object: { metadata: {} } }', 'Pod', 'context: [{ name: a-b, variable: { value: 1 } }]',
  )],
  ['CelFieldMisplaced', 'celPreconditions beside a pattern', validate('pattern: { metadata: {} }', 'Pod', 'celPreconditions: [{ name: a, expression: "true" }]')],
  ['ConditionIncomplete', 'a null', deny('key: a, operator: Equals, value: null')],
  ['ConditionIncomplete', 'the older list', validate('deny: { conditions: [{ key: a, value: b }] }')],
  ['ConditionIncomplete', 'preconditions', validate('pattern: { metadata: {} }', 'Pod', 'preconditions: { all: [{ key: a, operator: Equals }] }')],
  ['ConditionOperator', 'a small letter', deny('key: a, operator: anyIn, value: [b]')],
  ['ConditionOperator', 'a target', mutate('targets: [{ kind: Secret, preconditions: { all: [{ key: a, operator: Is, value: b }] } }]')],
  ['DeprecatedOperator', 'NotIn', deny('key: a, operator: NotIn, value: [b]')],
  ['RequestOperationValue', 'another word in a list', deny('key: "{{request.operation}}", operator: AnyIn, value: [CREATE, PATCH]')],
  ['RequestOperationValue', 'a number', deny('key: "{{ request.operation }}", operator: Equals, value: 1')],
  ['ConditionsMisspelt', 'a level too many', validate('pattern: { metadata: {} }', 'Pod', 'preconditions: { conditions: { all: [] } }')],
  ['DenyEverything', 'empty lists', validate('deny: { conditions: {} }')],
  ['PathWithoutDefault', 'an annotation', key('request.object.metadata.annotations."a.io/b"')],
  ['PathWithoutDefault', 'an element', validate('foreach: [{ list: "request.object.spec.containers", deny: { conditions: { any: [{ key: "{{ element.securityContext.runAsUser }}", operator: Equals, value: 0 }] } } }]')],
  ['DenyOnDelete', 'no operations', policy('- { name: a, match: { any: [{ resources: { kinds: [Pod] } }] }, validate: { deny: { conditions: { any: [] } } } }')],
])('%s finds %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(true);
});

test.each([
  ['VariableMisplaced', 'a path in foreach', mutate(
    'foreach: [{ list: "request.object.spec.containers", patchesJson6902: "[{ op: remove, path: \'/spec/containers/{{ elementIndex }}/x\' }]" }]',
  )],
  ['VariableMisplaced', 'a value of a JSON patch', mutate('patchesJson6902: "[{ op: add, path: /metadata/labels/a, value: \'{{ request.namespace }}\' }]"')],
  ['VariableUnknown', 'what the context declares', key('team.name', 'context: [{ name: team, variable: { value: { name: a } } }]')],
  ['VariableUnknown', 'a context of a foreach', validate(
    'foreach: [{ list: "request.object.spec.containers", context: [{ name: tag, variable: { jmesPath: element.image } }], deny: { conditions: { any: [{ key: "{{ tag }}", operator: Equals, value: a }] } } }]',
  )],
  ['VariableUnknown', 'a function', key('random("[a-z]{4}")')],
  ['VariableUnknown', 'an object and a filter', key('request.userInfo.{groups: groups, username: username} | to_string(@)', '', 'background: false')],
  ['VariableUnknown', 'a variable within a variable', key('images.containers."{{element.name}}".tag')],
  ['VariableUnknown', 'a text', key('"a"')],
  ['VariableUnknown', 'what an escape keeps', validate('pattern: { metadata: { annotations: { a: "\\\\{{ .Values.team }}" } } }')],
  ['VariableUnknown', 'a target of a rule with targets', mutate('targets: [{ kind: Secret }], patchStrategicMerge: { metadata: { annotations: { a: "{{ target.metadata.name }}" } } }')],
  ['VariableUnknown', 'target in the preconditions of a target', policy(`- name: a
  match: { any: [{ resources: { kinds: [ConfigMap] } }] }
  mutate:
    targets:
    - { kind: Secret, name: a, preconditions: { all: [{ key: "{{ target.data.a }}", operator: Equals, value: a }] } }
    patchStrategicMerge: { data: { a: b } }`)],
  ['VariableUnknown', 'a name from an attestation', policy(`- name: a
  match: { any: [{ resources: { kinds: [Pod] } }] }
  verifyImages: [{ imageReferences: ["*"], attestations: [{ conditions: [{ all: [{ key: "{{ builder.id }}", operator: Equals, value: a }] }] }] }]`)],
  ['VariableUnclosed', 'two braces as such', deny('key: "\\\\{{ a", operator: Equals, value: a')],
  ['UserInBackground', 'a policy without background', key('request.userInfo.username', '', 'background: false')],
  ['UserInBackground', 'a policy with targets', mutate('targets: [{ kind: Secret }], patchStrategicMerge: { metadata: { annotations: { a: "{{ request.userInfo.username }}" } } }')],
  ['ContextEntryRefused', 'a name with a dash for a pattern', validate(
    'pattern: { metadata: { name: "{{ a-b }}" } }', 'Pod', 'context: [{ name: a-b, variable: { value: 1 } }]',
  )],
  ['ContextEntryRefused', 'a name that only begins so', context('{ name: requests, variable: { jmesPath: a, default: 1 } }')],
  ['CelFieldMisplaced', 'celPreconditions with CEL', validate('cel: { expressions: [{ expression: "true" }] }', 'Pod', 'celPreconditions: [{ name: a, expression: "true" }]')],
  ['ConditionIncomplete', 'an empty text', deny('key: a, operator: Equals, value: ""')],
  ['ConditionIncomplete', 'a deny within foreach, at which the webhook does not look', validate(
    'foreach: [{ list: "request.object.spec.containers", deny: { conditions: { any: [{ key: a, operator: Equals }] } } }]',
  )],
  ['ConditionOperator', 'the older names', deny('key: a, operator: NotEqual, value: b')],
  ['RequestOperationValue', 'a default', deny('key: "{{ request.operation || \'BACKGROUND\' }}", operator: Equals, value: BACKGROUND')],
  ['RequestOperationValue', 'a variable', deny('key: "{{ request.operation }}", operator: AnyIn, value: "{{ element.operations }}"')],
  ['ConditionsMisspelt', 'a list', validate('deny: { conditions: [{ key: a, operator: Equals, value: b }] }')],
  ['ConditionsMisspelt', 'nothing', validate('deny: { conditions: {} }')],
  ['DenyEverything', 'preconditions', validate('deny: {}', 'Pod', 'preconditions: { all: [{ key: a, operator: Equals, value: a }] }')],
  ['PathWithoutDefault', 'a default', key('request.object.metadata.labels.team || `[]`')],
  ['PathWithoutDefault', 'a projection', key('request.object.spec.volumes[].name')],
  ['PathWithoutDefault', 'a field that is always there', key('request.object.metadata.name')],
  ['DenyOnDelete', 'a precondition about it', policy(`- name: a
  match: { any: [{ resources: { kinds: [Pod] } }] }
  preconditions: { all: [{ key: "{{ request.operation }}", operator: NotEquals, value: DELETE }] }
  validate: { deny: { conditions: { any: [] } } }`)],
])('%s leaves alone %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(false);
});

test('a context beside CEL is refused from 1.15', () => {
  const yaml = validate('cel: { expressions: [{ expression: "true" }] }', 'Pod', 'context: [{ name: a, variable: { value: 1 } }]');
  expect(finds('CelFieldMisplaced', yaml, '1.15')).toBe(true);
  expect(finds('CelFieldMisplaced', yaml, '1.14')).toBe(false);
});

test('a finding points at the condition, with its slashes escaped where a field has some', () => {
  expect(findings(key('request.object.metadata.labels.team'))).toContain('PathWithoutDefault /spec/rules/0/validate/deny/conditions/any/0/key');
  expect(findings(validate('pattern: { metadata: { labels: { "a.io/b": 1 } } }'))).toContain(
    'PatternLabelNotString /spec/rules/0/validate/pattern/metadata/labels/a.io~1b',
  );
});
