import { policy, workload } from './support/ask';
import { matchers } from '../../src/jest/matchers';
import { Cluster } from '../../src/reach';
import { runFlowTable } from '../../src/reach/flow-table';
import { namespace } from '../support/reach';

const isolated = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
const named = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const labelled = (labels: object) => ({ namespaceSelector: { matchLabels: labels } });
const admin = { podSelector: { matchLabels: { app: 'admin' } } };
const db = workload('Deployment', 'prod', 'db', { app: 'db' });
const job = workload('Deployment', 'dev', 'job', { app: 'job' });
const letIn = (...from: object[]) => policy('prod', { podSelector: {}, ingress: [{ from }] });

/** Who does not keep to it that nothing passes; nothing where that holds. */
function offenders(objects: readonly object[], from: string, to: string, port: number | string = 5432): string[] {
  const cluster = Cluster.fromManifests(objects);
  const { pass, message } = matchers.toDeny(cluster, { from, to, port });
  const found = pass ? [] : [...message().matchAll(/^(\S+) => (\S+) : (.*)$/gm)].map(([line]) => line);
  // By number a row of a table says the same.
  if (typeof port === 'number') {
    expect(runFlowTable({ flows: [{ from, to, port: String(port), expect: 'denied' }], nothingElse: false }, cluster)[0]!.passed).toBe(pass);
  }
  return found;
}

describe('what has to be denied to many is denied to strangers too', () => {
  const toDb = (from: string, verdict = 'is allowed') => `${from} => prod/db[Deployment] : 5432/TCP ${verdict}`;

  test('to all of them, where everybody is asked about', () => {
    expect(offenders([db, job, letIn(named('monitoring'))], '*', 'prod/db')).toEqual([toDb('monitoring/*[Pods]')]);
    expect(offenders([db, job, policy('prod', isolated)], '*', 'prod/db')).toEqual([]);
  });

  test('to everybody, where they are called', () => {
    const call = policy('prod', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [named('bank')] }] });
    expect(offenders([db, job, call], 'prod/db', '*')).toEqual(['prod/db[Deployment] => bank/*[Pods] : 5432/TCP is allowed']);
  });

  test('to everybody in a set of policies', () => {
    expect(offenders([letIn(named('monitoring'))], '*', 'prod/app=db')).toEqual([
      'monitoring/*[Pods] => prod/app=db[Pods] : 5432/TCP is allowed',
    ]);
  });

  test.each([
    ['by a label that it has', labelled({ env: 'dev' }), true],
    ['by a label that it does not have', labelled({ env: 'prod' }), false],
    ['by its name', named('dev'), true],
    ['by the name of another', named('qa'), false],
    ['by none', { namespaceSelector: {} }, true],
    ['by not being another', { namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] } }, true],
    ['by not being it', { namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['dev'] }] } }, false],
  ])('to those whom a policy means in a namespace %s', (_how, selector, isMeant) => {
    const objects = [namespace('dev', { env: 'dev' }), job, db, letIn({ ...selector, ...admin })];
    expect(offenders(objects, 'dev/*', 'prod/db')).toEqual(isMeant ? [toDb('dev/app=admin[Pods]')] : []);
    expect(offenders(objects, 'dev/app=job', 'prod/db')).toEqual([]);
  });

  test('to those whom a policy means by one of many labels that its namespace has', () => {
    const values = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const many = letIn({ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values }] }, ...admin });
    expect(offenders([namespace('dev', { team: 't7' }), job, db, many], 'dev/*', 'prod/db')).toEqual([toDb('dev/app=admin[Pods]')]);
    expect(offenders([namespace('dev', { team: 'x' }), job, db, many], 'dev/*', 'prod/db')).toEqual([]);
  });

  test('to those whom a policy means in any namespace, be it one of which the set has policies only', () => {
    const shut = policy('dev', { podSelector: { matchLabels: { app: 'job' } }, policyTypes: ['Egress'] });
    expect(offenders([namespace('dev'), shut, db, policy('prod', { podSelector: {}, ingress: [{}] })], 'dev/*', 'prod/db')).toEqual([
      toDb('dev/*[Pods]'),
    ]);
    expect(offenders([namespace('dev'), shut, db, letIn(named('qa'))], 'dev/*', 'prod/db')).toEqual([]);
  });

  test('perhaps, where the labels of their namespace are not known', () => {
    expect(offenders([job, db, letIn({ ...labelled({ env: 'dev' }), ...admin })], 'dev/*', 'prod/db')).toEqual([
      toDb('dev/app=admin[Pods]', 'depends on whether labels that the manifests do not tell match env=dev, app=admin'),
    ]);
  });

  test('to pods that policies are about, whoever calls', () => {
    const ingress = [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }];
    const open = policy('prod', { podSelector: { matchLabels: { app: 'worker' } }, ingress }, 'open');
    expect(offenders([db, policy('prod', isolated), open], 'world', 'prod/*')).toEqual(['world => prod/app=worker[Pods] : 5432/TCP is allowed']);
  });

  test('by whatever name they call their ports', () => {
    const prom = workload('Deployment', 'infra', 'x', { app: 'x' });
    (prom as any).spec.template.spec.containers = [{ name: 'x', ports: [{ name: 'metrics', containerPort: 9 }] }];
    const call = (port: number | string) => policy('prod', {
      podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ...named('infra'), podSelector: { matchLabels: { app: 'prom' } } }], ports: [{ port }] }],
    });
    const depends = 'depends on whether the pods give a port the name metrics';
    expect(offenders([db, prom, call('metrics')], 'prod/db', 'infra/*', 'metrics')).toEqual([`prod/db[Deployment] => infra/app=prom[Pods] : 1/TCP ${depends}`]);
    expect(offenders([db, prom, call(443)], 'prod/db', 'infra/*', 'metrics')).toEqual([`prod/db[Deployment] => infra/app=prom[Pods] : 443/TCP ${depends}`]);
    expect(offenders([db, prom, policy('prod', isolated)], 'prod/db', 'infra/*', 'metrics')).toEqual([]);
  });

  test('an error in a place says in which row', () => {
    const flows = ['dev/*', 'dev/app=a b'].map(from => ({ from, to: 'prod/db', port: '80', expect: 'denied' as const }));
    expect(() => runFlowTable({ flows, nothingElse: false }, Cluster.fromManifests([job, db]))).toThrow(/flows\[1\]: place: given 'dev\/app=a b'/);
  });

  test('to pods that no policy means', () => {
    expect(offenders([db, letIn(named('monitoring'))], 'grafana/app=x[Pods]', 'prod/db')).toEqual([]);
    expect(offenders([db, letIn(named('monitoring'))], 'monitoring/app=x[Pods]', 'prod/db')).toEqual([toDb('monitoring/app=x[Pods]')]);
  });
});

describe('pods that are asked about by their labels', () => {
  const verdict = (objects: readonly object[], from: string, to: string) => (
    Cluster.fromManifests(objects).query({ from, to, port: 80 }).verdict
  );
  const call = (direction: 'ingress' | 'egress', own: string, other: string) => policy('shop', {
    podSelector: { matchLabels: { app: own } },
    policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
    [direction]: [{ [direction === 'ingress' ? 'from' : 'to']: [{ podSelector: { matchLabels: { app: other } } }] }],
  }, `${own}-${direction}`);

  test.each([['a Namespace', namespace('shop')], ['a policy', policy('shop', isolated)]])('are strangers where a namespace has %s and nobody in it', (_what, object) => {
    expect(verdict([object, policy('shop', isolated)], 'shop/app=web', 'shop/app=db')).toBe('denied');
    expect(verdict([object, policy('shop', isolated), call('egress', 'web', 'db')], 'shop/app=web', 'shop/app=db')).toBe('denied');
    expect(verdict([object, policy('shop', isolated), call('egress', 'web', 'db'), call('ingress', 'db', 'web')], 'shop/app=web', 'shop/app=db')).toBe('allowed');
  });

  test.each([
    ['where somebody is in the namespace', workload('Deployment', 'shop', 'web', { app: 'web' }), 'shop/app=wbe', /Perhaps .*shop\/web\. .*'shop\/app=wbe\[Pods\]'/],
    ['where the namespace is not in the set', namespace('shop'), 'shpo/app=web', /'shpo\/app=web\[Pods\]'/],
    ['by a name', namespace('shop'), 'shop/web', /a workload of the set\. Perhaps/],
  ])('are most likely misspelt %s', (_where, object, from, message) => {
    expect(() => verdict([object, policy('shop', isolated)], from, 'shop/app=db[Pods]')).toThrow(message);
  });

  test('are those whom policies mean, where they do', () => {
    const cluster = Cluster.fromManifests([namespace('shop'), call('egress', 'web', 'db')]);
    expect(cluster.query({ from: 'shop/app=web', to: 'shop/app=db', port: 80 }).from).toBe('shop/app=web[Pods]');
    expect(cluster.knowing(['shop/app=web'])).toBe(cluster);
  });
});

describe('of the namespace of pods that are asked about', () => {
  const inProd = [db, letIn(labelled({ env: 'prod' }))];
  const notDev = [db, letIn({ namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['dev'] }] } })];
  const verdict = (objects: readonly object[], from: string) => Cluster.fromManifests(objects).query({ from, to: 'prod/db', port: 80 }).verdict;

  test('labels are unknown where the set does not have it', () => {
    expect(verdict(inProd, 'zzz/app=x[Pods]')).toBe('depends');
    expect(verdict(notDev, 'zzz/app=x[Pods]')).toBe('depends');
  });

  test('those are known that the question says, or the set', () => {
    expect(verdict(inProd, 'zzz,env=prod/app=x[Pods]')).toBe('allowed');
    expect(verdict(inProd, 'zzz,env=qa/app=x[Pods]')).toBe('denied');
    expect(verdict([...inProd, namespace('zzz', { env: 'prod' })], 'zzz/app=x[Pods]')).toBe('allowed');
    expect(verdict([...inProd, namespace('zzz')], 'zzz/app=x[Pods]')).toBe('denied');
    expect(verdict([db, letIn(named('zzz'))], 'zzz/app=x[Pods]')).toBe('allowed');
  });

  test('a table about them has no surprises that it would not have without them', () => {
    const cluster = Cluster.fromManifests([...inProd, policy('prod', { podSelector: {}, policyTypes: ['Egress'] }, 'closed')]);
    const flows = [{ from: 'env=prod/*[Pods]', to: 'prod/db', port: 'any', expect: 'allowed' as const }];
    const asked = { from: 'zzz/app=x[Pods]', to: 'prod/db', port: '80', expect: 'depends' as const };
    expect(runFlowTable({ flows: [...flows, asked], nothingElse: true }, cluster).filter(({ passed }) => !passed)).toEqual([]);
    expect(runFlowTable({ flows: [asked], nothingElse: true }, cluster).filter(({ passed }) => !passed)).toHaveLength(1);
  });
});
