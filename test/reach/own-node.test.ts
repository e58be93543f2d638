import { ccnp, cnp, policy, workload } from './support/ask';
import { matchers } from '../../src/jest/matchers';
import { Cluster, type ManifestOptions } from '../../src/reach';
import { runFlowTable } from '../../src/reach/flow-table';
import { pod } from '../support/reach';

const agent = pod('infra', { app: 'agent' }, { name: 'agent', hostNetwork: true });
const prom = workload('Deployment', 'infra', 'prom', { app: 'prom' });
const db = pod('prod', { app: 'db' }, { name: 'db' });
const web = workload('Deployment', 'prod', 'web', { app: 'web' });
const shut = policy('prod', { podSelector: {}, policyTypes: ['Ingress'] });
const calico = { target: { cni: 'calico' } } as ManifestOptions;

/** Who does not keep to it that nothing passes; a table says the same, of one port and of several. */
function offenders(objects: readonly object[], from: string, to: string, options: ManifestOptions = {}): string[] {
  const cluster = Cluster.fromManifests(objects, options);
  const { pass, message } = matchers.toDeny(cluster, { from, to, port: 22 });
  const found = pass ? [] : [...message().matchAll(/^(\S+ => \S+) : 22\/TCP (.*)$/gm)].map(([, pair, verdict]) => `${pair} ${verdict}`);
  for (const more of [{ port: '22' }, { port: '22-23' }, { port: '22', http: { method: 'GET' } }]) {
    const [result] = runFlowTable({ flows: [{ from, to, expect: 'denied', ...more }], nothingElse: false }, cluster);
    expect({ ...more, passed: result!.passed }).toEqual({ ...more, passed: pass });
  }
  return found;
}

const ON_ONE_NODE = 'infra/agent[Pod] => prod/db[Pod] depends on whether both run on one node';

describe('that a pod lets its own node in, whatever policies say,', () => {
  test.each(['*', 'infra/*', 'infra/app=agent', 'infra/app!=prom'])('is not what %s means', from => {
    for (const options of [{}, calico]) expect(offenders([agent, prom, db, web, shut], from, 'prod/db', options)).toEqual([]);
    expect(offenders([agent, prom, db, web, shut], from, 'prod/*')).toEqual([]);
  });

  test.each(['infra/agent', 'infra/agent[Pod]'])('is told where %s is asked about', from => {
    for (const options of [{}, calico]) expect(offenders([agent, prom, db, web, shut], from, 'prod/db', options)).toEqual([ON_ONE_NODE]);
    expect(offenders([agent, prom, db, shut], from, 'prod/*')).toContain(ON_ONE_NODE);
  });

  test('is told by the answers all the same', () => {
    const answers = Cluster.fromManifests([agent, prom, db, shut]).queryAll({ from: 'infra/*', to: 'prod/db', port: 22 });
    expect(answers.map(({ verdict }) => verdict)).toEqual(['depends', 'denied']);
  });

  test('hides no other node that is let in', () => {
    const letIn = (...entities: string[]) => cnp('prod', { endpointSelector: {}, ingress: [{ fromEntities: entities }] }, 'nodes');
    expect(offenders([agent, prom, db, shut, letIn('remote-node')], 'infra/*', 'prod/db')).toEqual(['infra/agent[Pod] => prod/db[Pod] is allowed']);
    expect(offenders([agent, prom, db, shut, letIn('host')], 'infra/*', 'prod/db')).toEqual([]);
  });

  test('hides no node that perhaps is let in', () => {
    const letIn = policy('prod', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }, 'block');
    const perhaps = expect.stringMatching(/^infra\/agent\[Pod\] => prod\/db\[Pod\] depends on whether/);
    expect(offenders([agent, prom, db, shut, letIn], 'infra/*', 'prod/db', calico)).toContainEqual(perhaps);
    const byLabel = ccnp({ endpointSelector: {}, ingress: [{ fromNodes: [{ matchLabels: { edge: 'yes' } }] }] });
    const target = { cilium: { version: '1.18', nodeSelectors: true } } as ManifestOptions['target'];
    expect(offenders([agent, prom, db, shut, byLabel], 'infra/*', 'prod/db', { target })).toEqual([perhaps]);
  });

  test('says nothing of a pod that may call its node', () => {
    const call = cnp('prod', { endpointSelector: {}, egress: [{ toEntities: ['host'] }] }, 'host');
    expect(offenders([agent, prom, db, shut, call], 'prod/*', 'infra/*'))
      .toContain('prod/db[Pod] => infra/agent[Pod] depends on whether both run on one node');
  });

  test('is not what many mean of pods that the set does not have', () => {
    const worker = policy('prod', { podSelector: { matchLabels: { app: 'worker' } }, policyTypes: ['Ingress'] }, 'worker');
    const opened = policy('prod', { podSelector: { matchLabels: { app: 'worker' } }, ingress: [{ from: [{ podSelector: {} }] }] }, 'opened');
    expect(offenders([agent, prom, db, shut, worker], 'infra/*', 'prod/*')).toEqual([]);
    expect(offenders([agent, db, shut, worker, opened], 'infra/*', 'prod/*')).toEqual([]);
  });
});

describe('that a pod reaches itself, whatever policies say,', () => {
  test('is not what many mean, be there others or not', () => {
    expect(offenders([db, shut], '*', 'prod/db')).toEqual([]);
    expect(offenders([db, shut], 'prod/db', 'prod/app=db')).toEqual([]);
    expect(offenders([db, web, shut], 'prod/*', 'prod/db')).toEqual([]);
    expect(() => matchers.toDeny(Cluster.fromManifests([db, shut]), { from: '*', to: 'prod/db', port: 'sqk' })).toThrow('it names none');
    expect(offenders([db, web], 'prod/*', 'prod/db')).toEqual(['prod/web[Deployment] => prod/db[Pod] is allowed']);
  });

  test('is told where it is asked about by name', () => {
    const { pass } = matchers.toDeny(Cluster.fromManifests([db, shut]), { from: 'prod/db', to: 'prod/db', port: 22 });
    expect(pass).toBe(false);
  });

  test('is what several pods of a workload do only where policies let them', () => {
    expect(offenders([web, shut], '*', 'prod/web')).toEqual([]);
    expect(offenders([web], '*', 'prod/web')).toEqual(['prod/web[Deployment] => prod/web[Deployment] is allowed']);
  });
});
