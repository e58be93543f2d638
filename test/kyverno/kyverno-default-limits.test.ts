import { admissionOf, cronJob, deployment, objectsOf, pod, policyOf } from './support';
import { type KyvernoContainerDefaults, KyvernoDefaultLimits } from '../../src/kyverno/kyverno-default-limits';
import { KyvernoRequireLimits } from '../../src/kyverno/kyverno-require-limits';
import { PolicyAction } from '../../src/kyverno/policy-action';

const DEFAULTS = { cpuRequest: '100m', cpuLimit: '1', memoryRequest: '128Mi', memoryLimit: '512Mi' };
const FILLED = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } };

function admission(defaults: KyvernoContainerDefaults = DEFAULTS, kyverno = '1.19') {
  return admissionOf([policyOf(chart => new KyvernoDefaultLimits(chart, 'defaults', { defaults }), { kyverno })], kyverno);
}

const mutated = (object: object) => admission().review({ object }).object;
const resources = (given: object | undefined) => mutated(pod({ containers: [{ name: 'a', resources: given }] })).spec.containers[0].resources;

describe('a container gets', () => {
  test.each([
    ['everything where it says nothing', undefined, FILLED],
    ['everything where its resources are empty', {}, FILLED],
    ['what it lacks', { limits: { cpu: '2' } }, { requests: FILLED.requests, limits: { cpu: '2', memory: '512Mi' } }],
    ['nothing where it says all', { requests: { cpu: '5m', memory: '5Mi' }, limits: { cpu: '5', memory: '5Gi' } }, {
      requests: { cpu: '5m', memory: '5Mi' }, limits: { cpu: '5', memory: '5Gi' },
    }],
    ['no limit below its own request', { requests: { memory: '1Gi' } }, {
      requests: { cpu: '100m', memory: '1Gi' }, limits: { cpu: '1' },
    }],
    ['no request above its own limit', { limits: { cpu: '50m', memory: '64Mi' } }, { limits: { cpu: '50m', memory: '64Mi' } }],
    ['a limit that equals its request', { requests: { memory: '512Mi' } }, {
      requests: { cpu: '100m', memory: '512Mi' }, limits: FILLED.limits,
    }],
  ])('%s', (_what, given, expected) => {
    expect(resources(given)).toEqual(expected);
  });
});

test('init containers and every further container get them too, ephemeral ones and other fields do not change', () => {
  const { spec } = mutated(pod({
    containers: [{ name: 'a', image: 'x' }, { name: 'b' }], initContainers: [{ name: 'i', image: 'y' }], ephemeralContainers: [{ name: 'e' }],
  }));
  expect(spec).toEqual({
    containers: [{ name: 'a', image: 'x', resources: FILLED }, { name: 'b', resources: FILLED }],
    initContainers: [{ name: 'i', image: 'y', resources: FILLED }],
    ephemeralContainers: [{ name: 'e' }],
  });
});

test('pod templates get them, so that requiring limits finds them there', () => {
  const policies = objectsOf(chart => {
    new KyvernoDefaultLimits(chart, 'defaults', { defaults: DEFAULTS });
    new KyvernoRequireLimits(chart, 'limits', { action: PolicyAction.ENFORCE });
  });
  const kyverno = admissionOf(policies);
  const inDeployment = kyverno.review({ object: deployment({ containers: [{ name: 'a' }] }) });
  expect(inDeployment.object.spec.template.spec.containers).toEqual([{ name: 'a', resources: FILLED }]);
  expect(inDeployment.allowed).toBe(true);
  expect(kyverno.allows({ object: cronJob({ containers: [{ name: 'a' }] }) })).toBe(true);
  expect(kyverno.denies({ object: deployment({ containers: [{ name: 'a', resources: { requests: { memory: '1Gi' } } }] }) })).toBe(true);
});

describe('what was there before the policy', () => {
  const spec = { containers: [{ name: 'a' }] };
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'app', namespace: 'tenant' }, spec: { template: { metadata: {}, spec } } };
  const workload = (kind: string) => ({ ...deployment(spec), kind });
  const changed = (object: object, operation: 'CREATE' | 'UPDATE' = 'UPDATE') => admission().review({ object, oldObject: object, operation });

  test.each([['Pod', pod(spec)], ['Job', job]])('a %s can be changed: its containers, which nobody may change, stay as they are', (_kind, object) => {
    expect(changed(object)).toMatchObject({ allowed: true, object });
    expect(changed(object).object).toEqual(object);
    expect(changed(object, 'CREATE').object).not.toEqual(object);
  });

  test.each([['Deployment'], ['StatefulSet'], ['DaemonSet']])('a %s gets the defaults with its next change', kind => {
    expect(changed(workload(kind)).object.spec.template.spec.containers).toEqual([{ name: 'a', resources: FILLED }]);
  });

  test('a CronJob gets the defaults with its next change', () => {
    expect(changed(cronJob(spec)).object.spec.jobTemplate.spec.template.spec.containers).toEqual([{ name: 'a', resources: FILLED }]);
  });
});

test.each(['other', 'kube-system'])('pods in %s stay as they are', namespace => {
  const object = pod({ containers: [{ name: 'a' }] }, namespace);
  expect(mutated(object)).toEqual(object);
});

test('one default can stand alone', () => {
  const { object } = admission({ memoryLimit: '1Gi' }, '1.13').review({ object: pod({ containers: [{ name: 'a' }] }) });
  expect(object.spec.containers[0].resources).toEqual({ limits: { memory: '1Gi' } });
});

test.each([
  ['no default', {}, /defaults: given none/],
  ['a quantity that is none', { memoryLimit: '1GB' }, /defaults\.memoryLimit.*1Gi/],
  ['a request above the limit', { cpuRequest: '2', cpuLimit: '1500m' }, /defaults\.cpuRequest: given 2 with a limit of 1500m/],
])('%s is refused', (_what, defaults, because) => {
  expect(() => admission(defaults)).toThrow(because);
});

test('a request that equals the limit is taken', () => {
  const { object } = admission({ cpuRequest: '1', cpuLimit: '1000m' }).review({ object: pod({ containers: [{ name: 'a' }] }) });
  expect(object.spec.containers[0].resources).toEqual({ requests: { cpu: '1' }, limits: { cpu: '1000m' } });
});
