import { makeTenant, only, tenantObjects } from './support';
import { TenantSize } from '../../src';
import { quotaProblems } from '../support/quota';

type Props = Parameters<typeof tenantObjects>[0];

const hard = (props: Props = {}): Record<string, string> => only(tenantObjects(props), 'ResourceQuota').spec.hard;
const limits = (props: Props = {}): Record<string, Record<string, string>> => only(tenantObjects(props), 'LimitRange').spec.limits[0];

/** What the quota and the limits of the tenant have against these objects in its namespace. */
function problems(props: Props, ...objects: object[]): string[] {
  const guard = tenantObjects(props).filter(({ kind }) => kind === 'ResourceQuota' || kind === 'LimitRange');
  return quotaProblems([...guard, ...objects], 'payments');
}

const object = (kind: string, spec: object, name = 'x', apiVersion = 'v1') => ({ apiVersion, kind, metadata: { name, namespace: 'payments' }, spec });
const pod = (resources: object = {}) => object('Pod', { containers: [{ name: 'main', resources }], initContainers: [{ name: 'init' }] });
function pods(replicas: number, cpu: string) {
  const resources = { requests: { cpu }, limits: { 'cpu': cpu, 'memory': '16Mi', 'ephemeral-storage': '16Mi' } };
  return object('Deployment', { replicas, template: { spec: { containers: [{ name: 'main', resources }] } } }, 'd', 'apps/v1');
}

/** For small, medium and large. */
const FIGURES = {
  'requests.cpu': '2 4 10',
  'requests.memory': '4Gi 8Gi 20Gi',
  'requests.ephemeral-storage': '10Gi 20Gi 60Gi',
  'requests.storage': '20Gi 50Gi 100Gi',
  'limits.cpu': '4 8 20',
  'limits.memory': '8Gi 16Gi 40Gi',
  'limits.ephemeral-storage': '20Gi 40Gi 160Gi',
  'pods': '20 50 100',
  'services': '10 20 40',
  'services.nodeports': '0 0 0',
  'services.loadbalancers': '0 0 1',
  'configmaps': '50 100 200',
  'secrets': '50 100 200',
  'persistentvolumeclaims': '5 10 20',
};

describe('the quota of a tenant', () => {
  test.each(Object.values(TenantSize))('of size %s', size => {
    const column = Object.values(TenantSize).indexOf(size);
    expect(hard({ size })).toEqual(Object.fromEntries(Object.entries(FIGURES).map(([name, figures]) => [name, figures.split(' ')[column]])));
  });

  test('is that of the medium size unless told', () => {
    expect(hard()).toEqual(hard({ size: TenantSize.MEDIUM }));
  });

  test('takes single figures, and more of them', () => {
    const quota = {
      'pods': '80',
      'count/jobs.batch': '10',
      'requests.nvidia.com/gpu': '2',
      'gold.storageclass.storage.k8s.io/requests.storage': '10Gi',
      'limits.cpu': '1500m',
      'requests.hugepages-2Mi': '64Mi',
    };
    expect(hard({ quota })).toEqual({ ...hard(), ...quota });
  });

  test('stops at its figures, and not before', () => {
    const size = TenantSize.SMALL;
    expect(problems({ size }, pods(20, '100m'))).toEqual([]);
    expect(problems({ size }, pods(21, '50m'))).toEqual([expect.stringContaining('pods 21 of 20')]);
    expect(problems({ size }, pods(3, '1'))).toEqual([expect.stringContaining('requests.cpu 3 of 2')]);
    expect(problems({ size, quota: { pods: '21' } }, pods(21, '50m'))).toEqual([]);
  });

  test.each(Object.values(TenantSize))('takes pods that say nothing about resources, init containers too (%s)', size => {
    expect(problems({ size }, pod())).toEqual([]);
  });

  test('node ports and load balancers are for the platform to give', () => {
    const service = (type: string, spec = {}) => object('Service', { type, ports: [{ port: 80 }], ...spec });
    expect(problems({}, service('ClusterIP'))).toEqual([]);
    expect(problems({}, service('NodePort'))).toEqual([expect.stringContaining('services.nodeports 1 of 0')]);
    expect(problems({}, service('LoadBalancer', { allocateLoadBalancerNodePorts: false }))).toEqual([expect.stringContaining('services.loadbalancers 1 of 0')]);
    expect(problems({ size: TenantSize.LARGE }, service('LoadBalancer', { allocateLoadBalancerNodePorts: false }))).toEqual([]);
    expect(problems({ size: TenantSize.LARGE }, service('LoadBalancer'))).toEqual([expect.stringContaining('services.nodeports 1 of 0')]);
  });

  test.each([
    [{ pods: 'many' }, /quota pods: given "many"; allowed: a number/],
    [{ 'requests.memory': '8GB' }, /quota requests.memory: given "8GB"; .*Write '8Gi'/],
    [{ pods: '-1' }, /quota pods: given "-1"; allowed: nothing below 0/],
    [{ pods: '1.5' }, /quota pods: given "1.5"; allowed: a whole number/],
    [{ 'count/jobs.batch': '500m' }, /quota count\/jobs.batch: given "500m"; allowed: a whole number/],
    [{ pod: '20' }, /quota pod: given "pod"; allowed: cpu, .*, pods, .*count\/deployments.apps/],
    [{ 'requests.gpu': '2' }, /quota requests.gpu: given "requests.gpu"/],
    [{ 'deployments.apps': '2' }, /quota deployments.apps: given "deployments.apps"/],
    [{ 'count/jobs batch': '2' }, /quota count\/jobs batch: given "count\/jobs batch"/],
  ])('%j is refused as the API server would', (quota, message) => {
    expect(() => makeTenant({ quota: quota as unknown as Record<string, string> })).toThrow(message);
    expect(() => makeTenant({ quota: quota as unknown as Record<string, string> })).toThrow(/^tenants\/payments \(TenantNamespace\): /);
  });
});

describe('the container limits of a tenant', () => {
  const request = { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '128Mi' };
  const limit = { 'cpu': '500m', 'memory': '512Mi', 'ephemeral-storage': '512Mi' };

  test('have a default for each resource that the quota counts, and no bounds', () => {
    expect(limits()).toEqual({ type: 'Container', defaultRequest: request, default: limit });
    for (const name of Object.keys(hard()).filter(key => /^(requests|limits)\.(?!storage)/.test(key))) {
      const [kind, resource = ''] = name.split(/\.(.*)/);
      expect(limits()[kind === 'limits' ? 'default' : 'defaultRequest']).toHaveProperty([resource]);
    }
  });

  test('take single figures, bounds and other resources, with what the API server fills in', () => {
    expect(limits({
      containerLimits: {
        defaultRequest: { cpu: '50m' }, defaultLimit: { 'cpu': '1', 'nvidia.com/gpu': '1' }, max: { 'memory': '4Gi', 'nvidia.com/gpu': '1' }, min: { cpu: '10m' },
      },
    })).toEqual({
      type: 'Container',
      defaultRequest: { ...request, 'cpu': '50m', 'nvidia.com/gpu': '1' },
      default: { ...limit, 'cpu': '1', 'nvidia.com/gpu': '1' },
      max: { 'memory': '4Gi', 'nvidia.com/gpu': '1' },
      min: { cpu: '10m' },
    });
  });

  test('stop at the maximum and the minimum', () => {
    const containerLimits = { max: { cpu: '500m' }, min: { cpu: '100m' } };
    expect(problems({ containerLimits }, pod({ limits: { cpu: '500m' } }))).toEqual([]);
    expect(problems({ containerLimits }, pod({ limits: { cpu: '501m' } }))).not.toEqual([]);
    expect(problems({ containerLimits }, pod({ requests: { cpu: '99m' } }))).not.toEqual([]);
  });

  test.each([
    [{ max: { cpu: '499m' } }, /containerLimits.defaultLimit.cpu: given 500m, above 499m of max;.* raise max/],
    [{ max: { memory: '0.1Gi' } }, /containerLimits.defaultRequest.memory: given 128Mi, above 0.1Gi of max/],
    [{ min: { cpu: '101m' } }, /containerLimits.min.cpu: given 101m, above 100m of defaultRequest/],
    [{ defaultRequest: { cpu: '501m' } }, /containerLimits.defaultRequest.cpu: given 501m, above 500m of defaultLimit/],
    [{ min: { 'nvidia.com/gpu': '2' }, max: { 'nvidia.com/gpu': '1' } }, /containerLimits.min.nvidia.com\/gpu: given 2, above 1 of max/],
  ])('%j is out of order', (containerLimits, message) => {
    expect(() => makeTenant({ containerLimits })).toThrow(message);
    expect(() => makeTenant({ containerLimits })).toThrow(/^tenants\/payments \(TenantNamespace\): .*allowed: min, defaultRequest, defaultLimit and max in/);
  });

  test('equal figures are in order, however they are written', () => {
    const all = { cpu: '0.5' };
    expect(() => makeTenant({ containerLimits: { min: all, defaultRequest: { cpu: '500m' }, defaultLimit: { cpu: '500000u' }, max: all } })).not.toThrow();
  });

  test.each([
    [{ max: { cpu: 'lots' } }, /containerLimits.max.cpu: given "lots"/],
    [{ min: { cpu: '-1' } }, /containerLimits.min.cpu: given "-1"; allowed: nothing below 0/],
    [{ defaultLimit: { mem: '1Gi' } }, /containerLimits.defaultLimit.mem: given "mem"; allowed: cpu, memory, ephemeral-storage,/],
    [{ defaultRequest: { 'requests.cpu': '1' } }, /containerLimits.defaultRequest.requests.cpu: given "requests.cpu"/],
  ])('%j is refused as the API server would', (containerLimits, message) => {
    expect(() => makeTenant({ containerLimits: containerLimits as object })).toThrow(message);
  });
});
