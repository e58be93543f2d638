import { finds, policy, validate } from './support';

const pattern = (body: string, kinds = 'Pod') => validate(`pattern: ${body}`, kinds);
const containers = (fields: string, more = '') => pattern(`{ spec: { containers: [${fields}]${more} } }`);
const pss = (level: string, exclude: string) => validate(`podSecurity: { level: ${level}, version: latest, exclude: [{ ${exclude} }] }`, 'Pod');
const cel = (body: string) => validate(`cel: { expressions: [{ expression: "true" }], ${body} }`);
const each = (entry: string) => validate(`foreach: [{ ${entry} }]`, 'Pod');

test.each([
  ['OneRuleType', 'none', policy('- { name: a, match: { any: [{ resources: { kinds: [Pod] } }] } }')],
  ['OneRuleType', 'an empty verifyImages', policy('- { name: a, match: { any: [{ resources: { kinds: [Pod] } }] }, verifyImages: [] }')],
  ['OneValidateForm', 'a message alone', validate('message: No.')],
  ['OneValidateForm', 'manifests without attestors', validate('manifests: { ignoreFields: [] }')],
  ['PatternAnchor', 'an existence of one thing', pattern('{ spec: { ^(containers): { image: a } } }')],
  ['PatternAnchor', 'an empty existence in anyPattern', validate('anyPattern: [{ spec: { ^(containers): [] } }]')],
  ['PatternLabelNotString', 'the labels of a template', pattern('{ spec: { template: { metadata: { labels: { a: null } } } } }', 'Deployment')],
  ['ForeachShape', 'no list', each('pattern: { image: a }')],
  ['ForeachShape', 'two checks', each('list: a, pattern: { image: a }, deny: {}')],
  ['ForeachShape', 'an inner entry', each('list: a, foreach: [{ list: b }]')],
  ['CelIncomplete', 'a kind without a reference', cel('paramKind: { apiVersion: v1, kind: ConfigMap }')],
  ['CelIncomplete', 'a reference without an answer', cel('paramKind: { apiVersion: v1, kind: ConfigMap }, paramRef: { name: a }')],
  ['PodSecurityExclude', 'images for a control of the pod', pss('restricted', 'controlName: Sysctls, images: [a]')],
  ['PodSecurityExclude', 'a control of restricted', pss('baseline', 'controlName: "Running as Non-root"')],
  ['PodSecurityExclude', 'values alone', pss('restricted', 'controlName: Seccomp, values: [a]')],
  ['ContainersForgotten', 'a security context', containers('{ securityContext: { privileged: false } }')],
  ['ContainersForgotten', 'limits, for init containers', containers('{ resources: { limits: { memory: "?*" } } }')],
  ['ContainersForgotten', 'a foreach', each('list: request.object.spec.containers, pattern: { image: "ghcr.io/*" }')],
  ['EphemeralResources', 'an optional list', containers('{ image: a }', ', =(ephemeralContainers): [{ resources: { limits: { cpu: "?*" } } }]')],
  ['ComparesAbsentField', 'less than', containers('{ resources: { limits: { cpu: "<4" } } }')],
  ['ComparesAbsentField', 'one of two', containers('{ resources: { limits: { cpu: "?* & <4 | <=2" } } }')],
  ['ComparesAbsentField', 'an element', each('list: a, pattern: { resources: { limits: { cpu: "<4" } } }')],
  ['ListElementsIgnored', 'anyPattern', validate('anyPattern: [{ spec: { containers: [{ name: a }, { name: b }] } }]')],
  ['PatternNeverFails', 'a condition in a condition', pattern('{ metadata: { (labels): { (app): a } } }')],
  ['PatternNeverFails', 'a global condition', pattern('{ spec: { <(hostNetwork): true } }')],
])('%s finds %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(true);
});

test.each([
  ['OneValidateForm', 'an empty deny', validate('deny: {}')],
  ['OneValidateForm', 'signed manifests', validate('manifests: { attestors: [{ entries: [{ keys: { publicKeys: a } }] }] }')],
  ['PatternAnchor', 'an anchor in foreach, at which the webhook does not look', each('list: a, pattern: { +(image): a }')],
  ['PatternAnchor', 'every other anchor', pattern('{ spec: { =(a): b, X(c): d, <(e): f, ^(g): [{ (h): i, j: k }] } }')],
  ['PatternLabelNotString', 'a key with an anchor', pattern('{ metadata: { =(labels): { a: 1 } } }')],
  ['PatternLabelNotString', 'a negation', pattern('{ metadata: { labels: { X(a): "null" } } }')],
  ['PatternLabelNotString', 'a variable for all labels', pattern('{ metadata: { labels: "{{ all }}" } }')],
  ['ForeachShape', 'an inner entry', each('list: a, foreach: [{ list: b, pattern: { c: d } }]')],
  ['CelIncomplete', 'parameters', cel('paramKind: { apiVersion: v1, kind: ConfigMap }, paramRef: { name: a, parameterNotFoundAction: Deny }')],
  ['PodSecurityExclude', 'a control of both', pss('baseline', 'controlName: Seccomp')],
  ['PodSecurityExclude', 'a field and its values', pss('restricted', 'controlName: Capabilities, images: [a], restrictedField: b, values: [c]')],
  ['ContainersForgotten', 'probes, which only main containers have', containers('{ livenessProbe: { periodSeconds: ">0" }, name: "*" }')],
  ['ContainersForgotten', 'limits, which ephemeral containers cannot have', containers(
    '{ resources: { limits: { memory: "?*" } } }', ', =(initContainers): [{ resources: { limits: { memory: "?*" } } }]',
  )],
  ['ContainersForgotten', 'another kind', validate('pattern: { spec: { containers: [{ image: a }] } }', 'Widget')],
  ['ContainersForgotten', 'all of them in one list', each('list: "request.object.spec.[containers, initContainers, ephemeralContainers][]", pattern: { image: a }')],
  ['ContainersForgotten', 'the others in another entry', validate(
    'foreach: [{ list: request.object.spec.containers, deny: {} }, { list: request.object.spec.initContainers, deny: {} }, { list: request.object.spec.ephemeralContainers, deny: {} }]', 'Pod',
  )],
  ['EphemeralResources', 'a condition on resources', containers('{ image: a }', ', =(ephemeralContainers): [{ (resources): a, image: b }]')],
  ['ComparesAbsentField', 'a field that may be absent', containers('{ =(resources): { =(limits): { =(cpu): "<4" } } }')],
  ['ComparesAbsentField', 'at least', containers('{ resources: { limits: { cpu: ">=1" } } }')],
  ['ComparesAbsentField', 'replicas, which the API server writes', pattern('{ spec: { replicas: "<=10" } }', 'Deployment')],
  ['ComparesAbsentField', 'less than nothing', containers('{ securityContext: { runAsUser: "<0" } }')],
  ['ComparesAbsentField', 'a condition', containers('{ (resources): { limits: { cpu: "<4" } }, image: a }')],
  ['ListElementsIgnored', 'existence, which takes each', pattern('{ spec: { ^(containers): [{ name: a }, { name: b }] } }')],
  ['ListElementsIgnored', 'texts', pattern('{ spec: { rules: [a, b] } }')],
  ['PatternNeverFails', 'what a condition leads to', pattern('{ spec: { containers: [{ (image): "*:latest", imagePullPolicy: Always }] } }')],
  ['PatternNeverFails', 'a negation', pattern('{ spec: { =(volumes): [{ X(hostPath): "null" }] } }')],
  ['PatternNeverFails', 'a condition elsewhere', pattern('{ metadata: { (labels): { app: a } }, spec: { hostNetwork: false } }')],
])('%s leaves alone %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(false);
});

test('assert is a check of its own up to 1.18', () => {
  const asserting = validate('assert: { spec: { a: b } }');
  expect(finds('OneValidateForm', asserting, '1.18')).toBe(false);
  expect(finds('OneValidateForm', asserting, '1.19')).toBe(true);
});
