import { quotaProblems, quotaUse } from './quota';

const NS = 'team-a';
const object = (kind: string, spec: object = {}, name = 'x', apiVersion = 'v1'): any => ({ apiVersion, kind, metadata: { name, namespace: NS }, spec });
const container = (requests?: object, limits?: object): object => ({ name: 'c', resources: { requests, limits } });
const deployment = (spec: object, template: object): any => object('Deployment', { ...spec, template: { spec: template } }, 'd', 'apps/v1');
const limitRange = (limits: object, type = 'Container'): any => object('LimitRange', { limits: [{ type, ...limits }] }, 'limits');
const quota = (hard: object): any => object('ResourceQuota', { hard }, 'quota');

describe('quotaUse', () => {
  test('multiplies pods by replicas', () => {
    const objects = [deployment({ replicas: 3 }, { containers: [container({ cpu: '100m', memory: '128Mi' }, { cpu: '1', memory: '256Mi' })] })];
    expect(quotaUse(objects, NS)).toEqual({
      'count/deployments.apps': '1', 'limits.cpu': '3', 'limits.memory': '768Mi', 'pods': '3', 'requests.cpu': '300m', 'requests.memory': '384Mi',
    });
  });

  test('a limit is also the request, and the LimitRange fills in the rest', () => {
    const defaults = limitRange({ default: { cpu: '500m', memory: '512Mi' }, defaultRequest: { cpu: '100m' } });
    const pod = (resources: object): any => object('Pod', { containers: [resources] });
    expect(quotaUse([pod(container(undefined, { cpu: '2' })), defaults], NS)).toMatchObject({
      'requests.cpu': '2', 'limits.cpu': '2', 'requests.memory': '512Mi', 'limits.memory': '512Mi',
    });
    expect(quotaUse([pod(container()), defaults], NS)).toMatchObject({ 'requests.cpu': '100m', 'limits.cpu': '500m' });
  });

  test('a maximum or minimum serves as a default where none is given', () => {
    const use = quotaUse([object('Pod', { containers: [container()] }), limitRange({ max: { cpu: '2' }, min: { memory: '64Mi' } })], NS);
    expect(use).toMatchObject({ 'limits.cpu': '2', 'requests.cpu': '2', 'requests.memory': '64Mi' });
    expect(use).not.toHaveProperty(['limits.memory']);
  });

  test('init containers count by their peak, sidecars beside everything after them', () => {
    const cpu = (amount: string, extra: object = {}): object => ({ ...container({ cpu: amount }), ...extra });
    const use = (initContainers: object[]): string | undefined => quotaUse([object('Pod', { initContainers, containers: [cpu('1')] })], NS)['requests.cpu'];
    expect(use([cpu('500m')])).toBe('1');
    expect(use([cpu('3')])).toBe('3');
    expect(use([cpu('1', { restartPolicy: 'Always' })])).toBe('2');
    expect(use([cpu('1', { restartPolicy: 'Always' }), cpu('3')])).toBe('4');
  });

  test('jobs count the pods that run at once', () => {
    const template = { spec: { containers: [] } };
    expect(quotaUse([object('Job', { parallelism: 3, completions: 2, template }, 'j', 'batch/v1')], NS).pods).toBe('2');
    expect(quotaUse([object('CronJob', { jobTemplate: { spec: { template } } }, 'j', 'batch/v1')], NS).pods).toBe('1');
  });

  test('services count by type and port, claims by size', () => {
    const ports = [{ port: 80 }, { port: 443 }];
    const claim = { resources: { requests: { storage: '10Gi' } } };
    const objects = [
      object('Service', { type: 'NodePort', ports }), object('Service', { type: 'LoadBalancer', ports }), object('Service', { ports }),
      object('Service', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports }),
      object('PersistentVolumeClaim', claim), object('ConfigMap'), object('Secret'), object('NetworkPolicy', {}, 'n', 'networking.k8s.io/v1'),
      object('StatefulSet', { replicas: 2, volumeClaimTemplates: [{ spec: claim }], template: { spec: { containers: [] } } }, 's', 'apps/v1'),
    ];
    expect(quotaUse(objects, NS)).toMatchObject({
      'services': '4',
      'services.nodeports': '4',
      'services.loadbalancers': '2',
      'persistentvolumeclaims': '3',
      'requests.storage': '30Gi',
      'configmaps': '1',
      'secrets': '1',
      'count/networkpolicies.networking.k8s.io': '1',
      'count/statefulsets.apps': '1',
    });
  });

  test('other namespaces do not count', () => {
    expect(quotaUse([{ ...object('ConfigMap'), metadata: { name: 'x', namespace: 'other' } }], NS)).toEqual({});
  });

  test('what depends on the cluster is not guessed', () => {
    expect(() => quotaUse([object('DaemonSet', { template: { spec: {} } }, 'd', 'apps/v1')], NS)).toThrow(/as many pods as there are nodes/);
    expect(() => quotaUse([object('Pod', { resources: {} })], NS)).toThrow(/not covered/);
    expect(() => quotaUse([object('Pod', { containers: [container({ cpu: 'x' })] })], NS)).toThrow(/'x' is not a quantity/);
  });
});

describe('quotaProblems', () => {
  const pod = (requests: object, limits: object): any => object('Pod', { containers: [container(requests, limits)] }, 'p');

  test('says what is used up', () => {
    const use = pod({ cpu: '2', memory: '1Gi' }, { cpu: '2', memory: '1Gi' });
    expect(quotaProblems([use, quota({ 'requests.cpu': '2', 'memory': '1Gi', 'pods': '1' })], NS)).toEqual([]);
    expect(quotaProblems([use, quota({ cpu: '1', pods: '0' })], NS))
      .toEqual(['ResourceQuota quota: requests.cpu 2 of 1', 'ResourceQuota quota: pods 1 of 0']);
  });

  test('wants every container to say what the quota limits, unless a LimitRange does', () => {
    const objects = [pod({ cpu: '1' }, {}), quota({ 'limits.cpu': '4' })];
    expect(quotaProblems(objects, NS)).toEqual(['ResourceQuota quota: container c of Pod p has no limits.cpu']);
    expect(quotaProblems([...objects, limitRange({ default: { cpu: '2' } })], NS)).toEqual([]);
  });

  test('holds containers against the LimitRange', () => {
    const limits = limitRange({ min: { cpu: '100m' }, max: { cpu: '2' }, maxLimitRequestRatio: { cpu: '4' } });
    expect(quotaProblems([pod({ cpu: '500m' }, { cpu: '2' }), limits], NS)).toEqual([]);
    expect(quotaProblems([pod({ cpu: '50m' }, { cpu: '100m' }), limits], NS)).toEqual([expect.stringContaining('below')]);
    expect(quotaProblems([pod({ cpu: '1' }, { cpu: '3' }), limits], NS)).toEqual([expect.stringContaining('above the LimitRange')]);
    expect(quotaProblems([pod({ cpu: '200m' }, { cpu: '1' }), limits], NS)).toEqual([expect.stringContaining('too far')]);
  });

  test('holds pods and claims against the LimitRange', () => {
    const two = object('Pod', { containers: [container({}, { cpu: '2' }), container({}, { cpu: '2' })] }, 'p');
    expect(quotaProblems([two, limitRange({ max: { cpu: '4' } }, 'Pod')], NS)).toEqual([]);
    expect(quotaProblems([two, limitRange({ max: { cpu: '3' } }, 'Pod')], NS)).toEqual([expect.stringContaining('Pod p: cpu')]);
    const claim = object('PersistentVolumeClaim', { resources: { requests: { storage: '10Gi' } } }, 'v');
    expect(quotaProblems([claim, limitRange({ max: { storage: '10Gi' }, min: { storage: '1Gi' } }, 'PersistentVolumeClaim')], NS)).toEqual([]);
    expect(quotaProblems([claim, limitRange({ max: { storage: '5Gi' } }, 'PersistentVolumeClaim')], NS))
      .toEqual([expect.stringContaining('PersistentVolumeClaim v: storage')]);
  });

  test('finds a LimitRange that contradicts itself and a request above its limit', () => {
    expect(quotaProblems([limitRange({ default: { cpu: '1' }, defaultRequest: { cpu: '2' } })], NS))
      .toEqual(['LimitRange: defaultRequest of cpu is above default']);
    expect(quotaProblems([limitRange({ min: { cpu: '1' }, defaultRequest: { cpu: '1' }, default: { cpu: '2' }, max: { cpu: '2' } })], NS)).toEqual([]);
    expect(quotaProblems([pod({ cpu: '2' }, { cpu: '1' })], NS)).toEqual([expect.stringContaining('request is above its limit')]);
  });

  test('what it cannot judge is not guessed', () => {
    expect(() => quotaProblems([quota({ 'requests.nvidia.com/gpu': '1' })], NS)).toThrow(/does not cover requests.nvidia.com/);
    expect(() => quotaProblems([object('ResourceQuota', { hard: { pods: '1' }, scopes: ['BestEffort'] })], NS)).toThrow(/scopes/);
    expect(() => quotaProblems([limitRange({}), limitRange({})], NS)).toThrow(/order is not defined/);
  });
});
