import { admissionOf, MANAGED, policyOf } from './support';
import { KyvernoGenerateQuota, type KyvernoGenerateQuotaProps } from '../../src/kyverno/kyverno-generate-quota';

function generated(props: Partial<KyvernoGenerateQuotaProps>, name = 'tenant', labels: object = MANAGED) {
  const policy = policyOf(chart => new KyvernoGenerateQuota(chart, 'quota', { generateExisting: false, ...props }));
  return admissionOf([policy]).review({ object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } } }).generated;
}

const QUOTA = { 'requests.cpu': '4', 'limits.memory': '16Gi', 'pods': '50' };
const LIMITS = { defaultRequest: { cpu: '100m' }, defaultLimit: { cpu: '1', memory: '256Mi' }, max: { memory: '4Gi' }, min: { cpu: '10m' } };

test('a managed namespace gets a quota and limits', () => {
  const objects = generated({ quota: QUOTA, containerLimits: LIMITS });
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'ResourceQuota tenant/kyverno-quota', 'LimitRange tenant/kyverno-limits',
  ]);
  expect(objects[0].spec).toEqual({ hard: QUOTA });
});

test('the limits say what the API server would fill in, so that Kyverno does not write them for ever', () => {
  const [limits] = generated({ containerLimits: LIMITS });
  expect(limits.spec).toEqual({
    limits: [{
      type: 'Container',
      min: { cpu: '10m' },
      defaultRequest: { cpu: '100m', memory: '256Mi' },
      default: { cpu: '1', memory: '256Mi' },
      max: { memory: '4Gi' },
    }],
  });
});

test.each([
  ['a most alone is the default as well', { max: { cpu: '2' } }, { defaultRequest: { cpu: '2' }, default: { cpu: '2' }, max: { cpu: '2' } }],
  ['a least alone is the default request', { min: { cpu: '1' } }, { min: { cpu: '1' }, defaultRequest: { cpu: '1' } }],
])('%s', (_what, containerLimits, expected) => {
  expect(generated({ containerLimits })[0].spec.limits).toEqual([{ type: 'Container', ...expected }]);
});

test.each([['not managed', 'tenant', {}], ['of the system', 'kube-system', MANAGED]])('a namespace that is %s gets nothing', (_what, name, labels) => {
  expect(generated({ quota: QUOTA }, name, labels)).toEqual([]);
});

test.each<[string, Partial<KyvernoGenerateQuotaProps>, RegExp]>([
  ['neither', {}, /neither quota nor containerLimits/],
  ['an empty quota', { quota: {} }, /quota: given no resource/],
  ['empty limits', { containerLimits: { max: {} } }, /containerLimits: given no resource/],
  ['a quantity that is none', { quota: { pods: 'many' } }, /quota\.pods/],
  ['a limit that is no quantity', { containerLimits: { max: { cpu: '1 core' } } }, /containerLimits\.max\.cpu/],
  ['a default above the most', { containerLimits: { defaultLimit: { cpu: '2' }, max: { cpu: '1' } } }, /containerLimits\.defaultLimit\.cpu: given 2, above 1 of max/],
  ['a least above the default request', { containerLimits: { min: { cpu: '1' }, defaultRequest: { cpu: '10m' } } }, /containerLimits\.min\.cpu/],
])('%s is refused', (_what, props, because) => {
  expect(() => generated(props)).toThrow(because);
});

test('figures are written as the API server stores them: what is kept in step must not differ from what is there', () => {
  const policy = policyOf(chart => new KyvernoGenerateQuota(chart, 'quota', {
    generateExisting: true,
    quota: { 'requests.cpu': '0.5', 'limits.memory': '1.5Gi', 'pods': '1000' },
    containerLimits: { defaultRequest: { cpu: '1000m' }, defaultLimit: { cpu: '2', memory: '1024Mi' } },
  }));
  expect(policy.spec.rules.map(({ generate }: any) => generate.data.spec)).toEqual([
    { hard: { 'requests.cpu': '500m', 'limits.memory': '1536Mi', 'pods': '1k' } },
    { limits: [{ type: 'Container', defaultRequest: { cpu: '1', memory: '1Gi' }, default: { cpu: '2', memory: '1Gi' } }] },
  ]);
});
