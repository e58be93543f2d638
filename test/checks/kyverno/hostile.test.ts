import fc from 'fast-check';
import { parse } from 'yaml';
import { findingsIn, generate, policy, TEAM, validate } from './support';

/** Policies with something of everything. */
const WHOLE = [
  policy(TEAM, 'validationFailureActionOverrides: [{ action: Audit, namespaces: [a] }]\nwebhookConfiguration: { timeoutSeconds: 5 }'),
  validate(
    'foreach: [{ list: request.object.spec.containers, context: [{ name: a, variable: { value: 1 } }], deny: { conditions: { any: [{ key: "{{ element.name }}", operator: Equals, value: a }] } } }]',
    'Pod, "*/scale"', 'exclude: { any: [{ subjects: [{ kind: User, name: a }], roles: ["a:b"] }] }',
  ),
  validate('pattern: { spec: { containers: [{ (name): a, =(resources): { limits: { cpu: "<1" } } }], =(ephemeralContainers): [{ resources: a }] } }', 'Pod'),
  validate('podSecurity: { level: baseline, exclude: [{ controlName: Capabilities, images: [a] }] }', 'Pod'),
  policy(`- name: a
  match: { any: [{ resources: { kinds: [Pod] } }] }
  imageExtractors: { Task: [{ path: /a, jmesPath: b }] }
  verifyImages: [{ imageReferences: [a], attestors: [{ count: 1, entries: [{ keys: { kms: a } }] }], attestations: [{ attestors: [{ entries: [] }] }] }]`),
  policy(`- name: a
  match: { any: [{ resources: { kinds: [Pod] } }] }
  mutate: { targets: [{ kind: Secret, namespace: a }], foreach: [{ list: a, patchesJson6902: "[]" }], patchesJson6902: "- { op: add, path: /a }" }`),
  generate('apiVersion: v1, kind: NetworkPolicy, name: a, namespace: b, data: { spec: { podSelector: {}, policyTypes: [Egress] } }, cloneList: { kinds: [v1/Secret] }'),
  'apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: { name: a }\nspec: { exceptions: [{ policyName: test, ruleNames: [a] }], match: { any: [] } }',
  'apiVersion: policies.kyverno.io/v1\nkind: MutatingPolicy\nmetadata: { name: a }\nspec: { evaluation: { admission: { enabled: false } }, matchConstraints: { resourceRules: [] } }',
].map(text => parse(text) as unknown);

/** Where something stands in a value, each place once. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))];
}

function replaced(value: unknown, [step, ...rest]: string[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy = (Array.isArray(value) ? [...value as unknown[]] : { ...value as object }) as Record<string, unknown>;
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}

/** Kind and apiVersion are what brought an object to the rules; the rest may be anything. */
const BROKEN = WHOLE.flatMap(object => places(object).filter(([field]) => field !== undefined && field !== 'kind').map(path => ({ object, path })));

test('no rule throws, whatever stands anywhere in a policy', () => {
  fc.assert(fc.property(fc.constantFrom(...BROKEN), fc.jsonValue(), ({ object, path }, junk) => {
    expect(Array.isArray(findingsIn([replaced(object, path, junk)]))).toBe(true);
  }), { numRuns: 50 });
});

test.each([null, 1, 'text', [null], {}])('no rule throws on %j anywhere', junk => {
  for (const { object, path } of BROKEN) expect(Array.isArray(findingsIn([replaced(object, path, junk)]))).toBe(true);
});

test('a pattern and a foreach as deep as one likes end the check of nothing', () => {
  let pattern: unknown = 'a';
  let foreach: unknown = [{ list: 'a', pattern: {} }];
  for (let depth = 0; depth < 3000; depth++) {
    pattern = { '=(a)': pattern };
    foreach = [{ list: 'a', foreach }];
  }
  const deep = (validation: object) => ({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'deep' },
    spec: { rules: [{ name: 'a', match: { any: [{ resources: { kinds: ['Pod'] } }] }, validate: validation }] },
  });
  expect(findingsIn([deep({ pattern })])).toContain('MissingFailureAction /spec/rules/0/validate');
  expect(findingsIn([deep({ foreach })])).toContain('MissingFailureAction /spec/rules/0/validate');
});
