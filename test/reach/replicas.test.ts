import { policy } from './support/ask';
import { matchers } from '../../src/jest';
import { Cluster, diff, titleOf } from '../../src/reach';
import { runFlowTable } from '../../src/reach/flow-table';
import { readFlowTable } from '../../src/reach/read-flow-table';
import { flowRowsOf } from '../../src/reach/write-flow-table';
import { namespace, pod } from '../support/reach';

type Spec = Readonly<Record<string, unknown>>;
const template = { metadata: { labels: { app: 'pg' } }, spec: { containers: [{ name: 'pg', image: 'pg' }] } };
const database = (kind: string, spec: Spec = {}) => (
  { apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1', kind, metadata: { name: 'pg', namespace: 'c' }, spec: { template, ...spec } }
);
const statefulSet = database('StatefulSet', { replicas: 3 });
const own = { podSelector: { matchLabels: { app: 'pg' } } };
const deny = policy('c', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'deny');
const replication = policy('c', {
  ...own, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [own], ports: [{ port: 5432 }] }], egress: [{ to: [own], ports: [{ port: 5432 }] }],
}, 'replication');
const clusterOf = (...objects: object[]) => Cluster.fromManifests([namespace('c'), ...objects], { target: { cni: 'calico' } });
const selves = (...objects: object[]) => [...clusterOf(...objects).map()]
  .filter(({ from, to }) => titleOf(from) === titleOf(to)).map(({ from }) => titleOf(from));

describe('the map has a workload and itself', () => {
  test.each<[string, object, string[]]>([
    ['several replicas', statefulSet, ['c/pg[StatefulSet]']],
    ['as many as something else says', database('Deployment'), ['c/pg[Deployment]']],
    ['one on each node', database('DaemonSet'), ['c/pg[DaemonSet]']],
    ['pods that work together', database('Job', { parallelism: 4 }), ['c/pg[Job]']],
    ['one replica', database('StatefulSet', { replicas: 1 }), []],
    ['none', database('Deployment', { replicas: 0 }), []],
    ['a pod', pod('c', { app: 'pg' }, { name: 'pg' }), []],
    ['a Job of one pod', database('Job'), []],
    ['a CronJob of one pod', { ...database('CronJob'), spec: { jobTemplate: { spec: { template } } } }, []],
  ])('where it is %s', (_, workload, expected) => {
    expect(selves(workload, deny, replication)).toEqual(expected);
  });

  test('only where something passes', () => {
    expect(selves(statefulSet, deny)).toEqual([]);
    expect(selves(statefulSet)).toEqual(['c/pg[StatefulSet]']);
  });

  test('and pods that policies are about, where the set has no workloads', () => {
    expect(selves(deny, replication)).toEqual(['c/app=pg[Pods]']);
  });
});

describe('a difference', () => {
  test('tells that replicas reach each other, once', () => {
    const changes = diff(clusterOf(statefulSet, deny), clusterOf(statefulSet, deny, replication));
    expect(changes.map(({ kind, from, to }) => `${kind} ${titleOf(from)} => ${titleOf(to)}`)).toEqual(['opened c/pg[StatefulSet] => c/pg[StatefulSet]']);
    expect(changes[0]!.more.has('TCP', 5432)).toBe(true);
  });

  test('tells nothing of more replicas', () => {
    const single = database('StatefulSet', { replicas: 1 });
    expect([[single, statefulSet], [statefulSet, single]].flatMap(([before, after]) => (
      diff(clusterOf(before!, deny, replication), clusterOf(after!, deny, replication))
    ))).toEqual([]);
  });
});

describe('a table of flows', () => {
  const failures = (flows: object[], ...objects: object[]) => (
    runFlowTable(readFlowTable({ nothingElse: true, flows }, 'flows.yaml'), clusterOf(...objects)).filter(({ passed }) => !passed).map(({ name }) => name)
  );
  const row = { from: 'c/pg', to: 'c/pg', port: '5432/tcp', expect: 'allowed' };

  test('has replicas where it is written, and holds', () => {
    expect([...flowRowsOf(clusterOf(statefulSet, deny, replication))]).toEqual([row]);
    expect(failures([row], statefulSet, deny, replication)).toEqual([]);
  });

  test('fails where they are not in it, or do not reach each other', () => {
    expect(failures([], statefulSet, deny, replication)).toEqual(['c/pg[StatefulSet] to c/pg[StatefulSet] is in the table']);
    expect(failures([row], statefulSet, deny)).toEqual(['c/pg to c/pg on 5432/tcp is allowed']);
  });

  test('has them in a row for the whole namespace', () => {
    const web = pod('c', { app: 'web' }, { name: 'web' });
    const same = policy('c', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] });
    expect(failures([{ from: 'c/*', to: 'c/*', port: 'any' }, { from: 'c/*[Pods]', to: 'c/*', port: 'any' }, { from: 'c/*', to: 'c/*[Pods]', port: 'any' }], statefulSet, web, same)).toEqual([]);
  });
});

test('whoever says who alone reaches a workload names its replicas', () => {
  const cluster = clusterOf(statefulSet, deny, replication);
  expect(matchers.toReachOnly(cluster, { to: 'c/pg', from: { 'c/pg': 5432 } }).pass).toBe(true);
  const { pass, message } = matchers.toReachOnly(cluster, { to: 'c/pg', from: {} });
  expect([pass, message()]).toEqual([false, expect.stringContaining('c/pg[StatefulSet] => c/pg[StatefulSet] : 5432/TCP is allowed')]);
  const single = clusterOf(database('StatefulSet', { replicas: 1 }), deny, replication);
  expect(matchers.toReachOnly(single, { to: 'c/pg', from: {} }).pass).toBe(true);
});
