import { matching, ofRule, PATTERN, refuses, signed } from './support';

const networkPolicy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: 'deny', namespace: 'tenant' };

const name63 = 'r'.repeat(63);

refuses('a rule', [
  { what: 'a rule name over 63 characters', refused: ofRule({ name: `${name63}r` }), because: /from 64/, taken: ofRule({ name: name63 }) },
  { what: 'a rule name of autogen', refused: ofRule({ name: 'autogen-x' }), because: /autogen-/, taken: ofRule({ name: 'x-autogen-' }) },
  {
    what: 'a generate rule whose name is no label value',
    refused: ofRule({ name: 'a rule', match: matching({ kinds: ['v1/Namespace'] }).match, generate: { ...networkPolicy, data: {} } }),
    because: /a-rule/,
    taken: ofRule({ name: 'a-rule', match: matching({ kinds: ['v1/Namespace'] }).match, generate: { ...networkPolicy, data: { spec: {} } } }),
  },
  { what: 'a rule of two kinds', refused: ofRule({ validate: PATTERN, mutate: { patchStrategicMerge: {} } }), because: /validate and mutate/, taken: {} },
  { what: 'a rule of no kind', refused: ofRule({ validate: undefined }), because: /exactly one of validate/, taken: {} },
  {
    what: 'a context for CEL',
    refused: ofRule({ context: [{ name: 'x', variable: { value: 1 } }], validate: { cel: { expressions: [{ expression: 'true' }] } } }),
    because: /context with validate\.cel/,
    taken: ofRule({ context: [{ name: 'x', variable: { value: 1 } }], validate: PATTERN }),
  },
  {
    what: 'celPreconditions for a pattern',
    refused: ofRule({ celPreconditions: [{ name: 'x', expression: 'true' }] }),
    because: /celPreconditions with validate\.cel/,
    taken: ofRule({ celPreconditions: [{ name: 'x', expression: 'true' }], validate: { cel: { expressions: [{ expression: 'true' }] } } }),
  },
  {
    what: 'imageExtractors without verifyImages',
    refused: ofRule({ imageExtractors: { Task: [{ path: '/spec/image' }] } }),
    because: /imageExtractors without verifyImages/,
    taken: ofRule({ ...signed({}).rules![0], imageExtractors: { Task: [{ path: '/spec/image' }] } }),
  },
  {
    what: 'a converting extractor with digests',
    refused: ofRule({ ...signed({}).rules![0], imageExtractors: { Task: [{ path: '/x', jmesPath: 'to_lower(@)' }] } }),
    because: /mutateDigest/,
    taken: ofRule({ ...signed({ mutateDigest: false }).rules![0], imageExtractors: { Task: [{ path: '/x', jmesPath: 'to_lower(@)' }] } }),
  },
]);
