import { finds, policy } from './support';

const mutate = (body: string, settings = '') => policy(`- name: test
  match: { any: [{ resources: { kinds: [ConfigMap] } }] }
  mutate: { ${body} }`, settings);
const patch = (operation: string) => mutate(`patchesJson6902: "- { ${operation} }"`);
const verify = (entry: string, settings = '', more = '') => policy(`- name: test
  match: { any: [{ resources: { kinds: [Pod] } }] }
  ${more}
  verifyImages: [{ ${entry} }]`, settings);
const signed = (attestor: string, more = '') => verify(`imageReferences: ["a/*"], failureAction: Enforce, attestors: [{ entries: [{ ${attestor} }] }]${more}`);
const EXTRACTORS = 'imageExtractors: { Task: [{ path: /spec/image, jmesPath: "@" }] }';

test.each([
  ['OneMutateForm', 'a patch beside foreach', mutate('patchStrategicMerge: { a: b }, foreach: [{ list: c, patchStrategicMerge: { d: e } }]')],
  ['JsonPatchBroken', 'an unknown operation', patch('op: set, path: /a, value: b')],
  ['JsonPatchBroken', 'a path without its slash', patch('op: remove, path: a')],
  ['JsonPatchBroken', 'no value', patch('op: add, path: /a')],
  ['PatchAnchorIgnored', 'existence in foreach', mutate('foreach: [{ list: a, patchStrategicMerge: { ^(b): c } }]')],
  ['MutateExistingWithoutTargets', 'a setting of the policy', mutate('patchStrategicMerge: { a: b }', 'mutateExistingOnPolicyUpdate: true')],
  ['ForeachShape', 'both patches', mutate('foreach: [{ list: a, patchStrategicMerge: { b: c }, patchesJson6902: "[]" }]')],
  ['ForeachShape', 'preconditions beside a foreach', mutate('foreach: [{ list: a, preconditions: { all: [] }, foreach: [{ list: b, patchStrategicMerge: { c: d } }] }]')],
  ['ImageExtractorsMisplaced', 'a mutate rule', mutate('patchStrategicMerge: { a: b } }, imageExtractors: { Task: [{ path: /a }]')
    .replace('  mutate: { patchStrategicMerge: { a: b } }, imageExtractors: { Task: [{ path: /a }] }', `  ${EXTRACTORS}\n  mutate: { patchStrategicMerge: { a: b } }`)],
  ['VerifyImagesRefused', 'no image', verify('failureAction: Enforce')],
  ['VerifyImagesRefused', 'no action, which is Audit', verify('imageReferences: ["a/*"]')],
  ['VerifyImagesRefused', 'the action of the policy', verify('imageReferences: ["a/*"]', 'validationFailureAction: audit')],
  ['VerifyImagesRefused', 'a count above the entries', verify('imageReferences: [a], failureAction: Enforce, attestors: [{ count: 2, entries: [{ keys: { kms: a } }] }]')],
  ['VerifyImagesRefused', 'two signers in one', signed('keys: { kms: a }, keyless: { rekor: { url: "https://a" } }')],
  ['VerifyImagesRefused', 'keys from nowhere', signed('keys: { signatureAlgorithm: sha256 }')],
  ['VerifyImagesRefused', 'an algorithm that is none', signed('keys: { kms: a, signatureAlgorithm: md5 }')],
  ['VerifyImagesRefused', 'no transparency log', signed('keyless: { subject: a }')],
  ['VerifyImagesRefused', 'an attestor within', signed('attestor: { entries: [] }')],
  ['VerifyImagesRefused', 'keys with Notary', signed('keys: { kms: a }', ', type: Notary')],
  ['VerifyImagesRefused', 'an attestation', verify('imageReferences: [a], failureAction: Enforce, attestations: [{ attestors: [{ entries: [] }] }]')],
])('%s finds %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(true);
});

test.each([
  ['OneMutateForm', 'one', mutate('patchStrategicMerge: { a: b }')],
  ['JsonPatchBroken', 'null as a value', patch('op: add, path: /a, value: null')],
  ['JsonPatchBroken', 'operations without a value', patch('op: move, from: /a, path: /b')],
  ['JsonPatchBroken', 'a variable without quotes', mutate('patchesJson6902: "- { op: add, path: /a, value: {{ request.namespace }} }"')],
  ['JsonPatchBroken', 'what nobody can read', mutate('patchesJson6902: "- { op: [ "')],
  ['PatchAnchorIgnored', 'the anchors of patches', mutate('patchStrategicMerge: { (a): b, +(c): d, <(e): f }')],
  ['MutateExistingWithoutTargets', 'targets', mutate('targets: [{ kind: Secret }], patchStrategicMerge: { a: b }', 'mutateExistingOnPolicyUpdate: true')],
  ['MutateExistingWithoutTargets', 'off', mutate('patchStrategicMerge: { a: b }', 'mutateExistingOnPolicyUpdate: false')],
  ['ForeachShape', 'an order', mutate('foreach: [{ list: a, order: Descending, foreach: [{ list: b, patchStrategicMerge: { c: d } }] }]')],
  ['ImageExtractorsMisplaced', 'without writing the digest', verify('imageReferences: [a], mutateDigest: false', '', EXTRACTORS)],
  ['VerifyImagesRefused', 'an audit that changes nothing', verify('imageReferences: ["a/*"], failureAction: Audit, mutateDigest: false')],
  ['VerifyImagesRefused', 'the older form', verify('image: "a/*", key: b', 'validationFailureAction: enforce')],
  ['VerifyImagesRefused', 'keyless', signed('keyless: { subject: a, issuer: b, rekor: { url: "https://a" } }')],
  ['VerifyImagesRefused', 'certificates with Notary', signed('certificates: { cert: a }', ', type: Notary')],
  ['VerifyImagesRefused', 'the action of the entry above that of the policy', verify('imageReferences: ["a/*"], failureAction: Enforce', 'validationFailureAction: Audit')],
])('%s leaves alone %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(false);
});
