import { policy, workload } from './support/ask';
import { Cluster } from '../../src/reach';
import { type FlowTable, runFlowTable } from '../../src/reach/flow-table';

const service = (name: string, selector: Record<string, string>, spec: object = {}) => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});
const client = workload('Deployment', 'shop', 'client', { app: 'client' });
const db = workload('StatefulSet', 'shop', 'db', { app: 'db' });
const queue = workload('StatefulSet', 'shop', 'queue', { app: 'queue' });
const web = workload('Deployment', 'shop', 'web', { app: 'web' });
const agent = workload('DaemonSet', 'shop', 'agent', { app: 'agent' });
const nightly = workload('CronJob', 'shop', 'nightly', { app: 'nightly' });

const answers = (selector: Record<string, string>, ...policies: object[]) => (
  Cluster.fromManifests([client, db, queue, web, agent, nightly, service('one', selector), ...policies], { target: { cni: 'calico' } })
    .queryAll({ from: 'shop/client', to: 'shop/one[Service]', port: 80 })
);

describe('a Service that selects by a label which a controller adds stands for the workload', () => {
  test.each([
    [{ 'statefulset.kubernetes.io/pod-name': 'db-0' }, ['shop/db[StatefulSet]']],
    [{ 'statefulset.kubernetes.io/pod-name': 'db-12', 'app': 'db' }, ['shop/db[StatefulSet]']],
    [{ 'apps.kubernetes.io/pod-index': '0' }, ['shop/db[StatefulSet]', 'shop/queue[StatefulSet]']],
    [{ 'apps.kubernetes.io/pod-index': '0', 'app': 'queue' }, ['shop/queue[StatefulSet]']],
    [{ 'pod-template-hash': '7f6b8c9d54' }, ['shop/web[Deployment]']],
    [{ 'pod-template-hash': '7f6b8c9d54', 'app': 'web' }, ['shop/web[Deployment]']],
    [{ 'controller-revision-hash': '5f', 'app': 'agent' }, ['shop/agent[DaemonSet]']],
    [{ 'job-name': 'nightly-2912' }, ['shop/nightly[CronJob]']],
  ])('%j', (selector, titles) => {
    expect(answers(selector).map(({ to }) => to)).toEqual(titles);
  });

  test.each([
    ['the pod of another', { 'statefulset.kubernetes.io/pod-name': 'dbx-0' }],
    ['what no pod of it is named', { 'statefulset.kubernetes.io/pod-name': 'db-zero' }],
    ['with another label that does not fit', { 'statefulset.kubernetes.io/pod-name': 'db-0', 'app': 'web' }],
    ['what the controller of its kind does not add', { 'pod-template-hash': '7f6b8c9d54', 'app': 'db' }],
    ['what has no number', { 'apps.kubernetes.io/pod-index': 'first' }],
    ['the Job of another', { 'job-name': 'weekly-2912' }],
  ])('and not for %s', (_, selector) => {
    expect(() => answers(selector)).toThrow('a Service with somebody behind it');
  });

  test('whatever else its policies say of that pod', () => {
    const one = { 'statefulset.kubernetes.io/pod-name': 'db-0' };
    const shut = policy('shop', { podSelector: { matchLabels: one }, policyTypes: ['Ingress'] });
    expect(answers(one, shut)).toMatchObject([{ to: 'shop/db[StatefulSet]', verdict: 'depends' }]);
    const all = policy('shop', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] }, 'all');
    expect(answers(one, shut, all)).toMatchObject([{ to: 'shop/db[StatefulSet]', verdict: 'denied' }]);
  });

  test('of a kind that the target tells, for its controller may add any', () => {
    const custom = { ...workload('StatefulSet', 'shop', 'store', { app: 'store' }), apiVersion: 'apps.kruise.io/v1beta1', kind: 'AdvancedStatefulSet' };
    const cluster = Cluster.fromManifests([client, custom, service('one', { 'statefulset.kubernetes.io/pod-name': 'store-0' })], {
      target: { cni: 'calico', podTemplates: { AdvancedStatefulSet: 'spec.template' } },
    });
    expect(cluster.query({ from: 'shop/client', to: 'shop/one[Service]', port: 80 }).to).toBe('shop/store[AdvancedStatefulSet]');
  });
});

describe('what leads nowhere says why', () => {
  const api = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'api', namespace: 'shop', labels: { app: 'api' } },
    spec: { containers: [{ name: 'api', image: 'api', ports: [{ name: 'http', containerPort: 8080 }] }] },
  };
  const row = (port: string): FlowTable => ({
    flows: [{ from: 'shop/client', to: 'shop/one[Service]', port, expect: 'denied' }], nothingElse: false,
  });
  const run = (port: string, ports: object[]) => (
    runFlowTable(row(port), Cluster.fromManifests([client, api, service('one', { app: 'api' }, { ports })]))
  );

  test.each([
    ['any', [], 'it has none. Ask about the pods behind it, or give the Service ports'],
    ['80', [], 'it has none. Ask about the pods behind it'],
    ['udp', [{ port: 80 }], 'a port of the Service: 80/TCP. Write ports that it has'],
    ['443', [{ port: 80 }], 'a port of the Service: 80/TCP. Write the port of the Service, not the one that the pods listen on'],
    ['any', [{ port: 80, targetPort: 'web' }], "'shop/one[Service]', whose targetPort is web; allowed: a name that shop/api[Pod] gives to a port of the same protocol: http"],
    ['80', [{ port: 80, targetPort: 'web' }], 'Mend the targetPort of the Service'],
  ])('port %s of %j', (port, ports, message) => {
    expect(() => run(port, ports)).toThrow(message);
  });

  test('and any is every port of a Service that has some', () => {
    expect(run('any', [{ port: 80, targetPort: 'http' }])).toMatchObject([{ passed: false, answers: [{ to: 'shop/api[Pod]', port: '8080/TCP' }] }]);
  });
});
