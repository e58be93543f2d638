import { admissionOf, cronJob, deployment, MANAGED, objectsOf, pod, policyOf } from './support';
import { KyvernoRequireLimits, type KyvernoRequireLimitsProps, LimitedResource } from '../../src/kyverno/kyverno-require-limits';
import { PolicyAction } from '../../src/kyverno/policy-action';
import { LabelSelector } from '../../src/values/label-selector';

const LIMITED = { name: 'app', resources: { limits: { cpu: '1', memory: '1Gi' } } };
const BARE = { name: 'app' };
const ONLY_MEMORY = { name: 'app', resources: { limits: { memory: '1Gi' } } };
const ONLY_REQUESTS = { name: 'app', resources: { requests: { cpu: '1', memory: '1Gi' } } };

function admission(props: Partial<KyvernoRequireLimitsProps> = {}, kyverno = '1.19') {
  const policy = policyOf(chart => new KyvernoRequireLimits(chart, 'limits', { action: PolicyAction.ENFORCE, ...props }), { kyverno });
  return admissionOf([policy], kyverno);
}

describe.each(['1.13', '1.16', '1.19'])('on Kyverno %s, a managed namespace', kyverno => {
  const kyvernoSays = admission({}, kyverno);

  test.each([
    ['a pod with both limits', pod({ containers: [LIMITED] })],
    ['init containers with both limits', pod({ containers: [LIMITED], initContainers: [LIMITED] })],
    ['a Deployment with both limits', deployment({ containers: [LIMITED] })],
    ['a CronJob with both limits', cronJob({ containers: [LIMITED] })],
  ])('admits %s', (_what, object) => {
    expect(kyvernoSays.review({ object })).toMatchObject({ allowed: true, denied: [] });
  });

  test.each([
    ['a pod without limits', pod({ containers: [BARE] })],
    ['a second container without limits', pod({ containers: [LIMITED, BARE] })],
    ['one limit of two', pod({ containers: [ONLY_MEMORY] })],
    ['requests in place of limits', pod({ containers: [ONLY_REQUESTS] })],
    ['an empty limit', pod({ containers: [{ name: 'app', resources: { limits: { cpu: '', memory: '1Gi' } } }] })],
    ['an init container without limits', pod({ containers: [LIMITED], initContainers: [LIMITED, BARE] })],
    ['a Deployment without limits', deployment({ containers: [BARE] })],
    ['a Deployment whose init container has none', deployment({ containers: [LIMITED], initContainers: [BARE] })],
    ['a CronJob without limits', cronJob({ containers: [BARE] })],
  ])('refuses %s', (_what, object) => {
    const { allowed, denied } = kyvernoSays.review({ object });
    expect(allowed).toBe(false);
    expect(denied[0]).toMatch(/check-container-limits: .*limits for cpu and memory/);
  });

  test('lets kubectl debug add an ephemeral container', () => {
    const oldObject = pod({ containers: [LIMITED] });
    const object = pod({ containers: [LIMITED], ephemeralContainers: [{ name: 'debug' }] });
    expect(kyvernoSays.allows({ operation: 'UPDATE', oldObject, object, subresource: 'ephemeralcontainers' })).toBe(true);
  });

  test('lets a pod without limits be deleted', () => {
    expect(kyvernoSays.allows({ operation: 'DELETE', object: pod({ containers: [BARE] }) })).toBe(true);
  });
});

describe('the policy is for', () => {
  const unlimited = (namespace: string) => ({ object: pod({ containers: [BARE] }, namespace) });

  test('managed namespaces and no system namespace, even if it is labelled', () => {
    const kyverno = admission();
    expect(['tenant', 'other', 'kube-system'].filter(namespace => kyverno.denies(unlimited(namespace)))).toEqual(['tenant']);
  });

  test('the namespaces that are selected', () => {
    const kyverno = admission({ namespaceSelector: LabelSelector.labels({ tier: 'gold' }) });
    expect(['tenant', 'other', 'third'].filter(namespace => kyverno.denies(unlimited(namespace)))).toEqual(['third']);
  });

  test('every namespace but those left out', () => {
    const kyverno = admission({ namespaceSelector: LabelSelector.all(), excludeNamespaces: ['oth*'] });
    expect(['tenant', 'other', 'third', 'kube-system'].filter(namespace => kyverno.denies(unlimited(namespace))))
      .toEqual(['tenant', 'third']);
  });
});

test('Audit lets the pod in and says so', () => {
  const { allowed, warned } = admission({ action: PolicyAction.AUDIT }).review({ object: pod({ containers: [BARE] }) });
  expect(allowed).toBe(true);
  expect(warned).toHaveLength(1);
});

test('one resource can be asked for alone', () => {
  const kyverno = admission({ resources: [LimitedResource.MEMORY] });
  expect(kyverno.allows({ object: pod({ containers: [ONLY_MEMORY] }) })).toBe(true);
  expect(kyverno.allows({ object: pod({ containers: [{ name: 'app', resources: { limits: { cpu: '1' } } }] }) })).toBe(false);
});

test('an old pod without limits may be changed, unless that is turned off', () => {
  const update = { operation: 'UPDATE' as const, oldObject: pod({ containers: [BARE] }), object: pod({ containers: [BARE] }, 'tenant', { a: 'b' }) };
  expect(admission().allows(update)).toBe(true);
  expect(admission({ allowExistingViolations: false }).allows(update)).toBe(false);
});

test('the manifest says what Kyverno would fill in, and names Pod so that Deployments are judged', () => {
  const platform = { systemNamespaces: ['kube-system'] };
  expect(policyOf(chart => new KyvernoRequireLimits(chart, 'limits', { action: PolicyAction.ENFORCE }), platform)).toEqual({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: {
      name: 'require-limits',
      annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'DaemonSet,Deployment,Job,StatefulSet,CronJob' },
    },
    spec: {
      admission: true,
      background: true,
      emitWarning: false,
      rules: [{
        name: 'check-container-limits',
        match: { any: [{ resources: { kinds: ['Pod'], operations: ['CREATE', 'UPDATE'], namespaceSelector: { matchLabels: MANAGED } } }] },
        exclude: { any: [{ resources: { namespaces: ['kube-system'] } }] },
        skipBackgroundRequests: true,
        validate: {
          failureAction: 'Enforce',
          allowExistingViolations: true,
          message: 'Every container and init container needs limits for cpu and memory: set resources.limits.',
          pattern: {
            spec: {
              '=(initContainers)': [{ resources: { limits: { cpu: '?*', memory: '?*' } } }],
              'containers': [{ resources: { limits: { cpu: '?*', memory: '?*' } } }],
            },
          },
        },
      }],
    },
  });
});

test('no resource, no namespace left and Kyverno 1.20 are refused', () => {
  const build = (props: Partial<KyvernoRequireLimitsProps>, kyverno = '1.19') => () =>
    objectsOf(chart => new KyvernoRequireLimits(chart, 'limits', { action: PolicyAction.AUDIT, ...props }), { kyverno });
  expect(build({ resources: [] })).toThrow(/chart\/limits \(KyvernoRequireLimits\): resources/);
  expect(build({ excludeNamespaces: ['*'] })).toThrow(/excludeNamespaces/);
  expect(build({}, '1.20')).toThrow(/Kyverno 1\.20/);
});
