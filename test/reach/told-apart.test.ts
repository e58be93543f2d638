import { ccnp, cnp, policy, workload } from './support/ask';
import { Cluster, connectionText, diff, titleOf } from '../../src/reach';

const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
const TEAM = 'k8s:io.cilium.k8s.namespace.labels.team';
const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const anywhere = { key: NAMESPACE, operator: 'Exists' };
const notIn = (key: string, ...values: string[]) => ({ key, operator: 'NotIn', values });
const selector = (...matchExpressions: object[]) => ({ matchExpressions });
const labelled = (app: string, ...matchExpressions: object[]) => ({ matchLabels: { app }, matchExpressions });
const allow = (peer: object, more: object = {}) => cnp('shop', { endpointSelector: {}, egress: [{}], ingress: [{ fromEndpoints: [peer], ...more }] }, 'allow');
const denial = (...peers: object[]) => ({ endpointSelector: {}, ingressDeny: [{ fromEndpoints: peers }] });
const deny = (...peers: object[]) => cnp('shop', denial(...peers), 'deny');

const sources = (cluster: Cluster) => [...cluster.map()].map(({ from }) => titleOf(from)).filter(title => title.endsWith('[Pods]'));
const opened = (before: object[], after: object[]) => diff(Cluster.fromManifests([api, ...before]), Cluster.fromManifests([api, ...after]))
  .map(({ kind, from }) => `${kind} ${titleOf(from)}`);

describe('those whom a deny spares are ends of their own', () => {
  test.each<[string, object, object[], string[]]>([
    ['by the name of their namespace', selector(anywhere), [deny(selector(notIn(NAMESPACE, 'shop', 'infra')))], ['infra/*[Pods]']],
    ['each name of a list', selector(anywhere), [deny(selector(notIn(NAMESPACE, 'infra', 'edge')))], ['edge/*[Pods]', 'infra/*[Pods]']],
    ['with the labels that the allow asks for', labelled('envoy', anywhere), [deny(selector(notIn(NAMESPACE, 'infra')))], ['infra/app=envoy[Pods]']],
    ['by labels of their namespace', labelled('envoy', anywhere), [deny(selector(notIn(TEAM, 'edge')))], ['team=edge/app=envoy[Pods]']],
    ['by their own labels', selector(anywhere), [deny(selector(anywhere, notIn('tier', 'front')))], ['*/tier=front[Pods]']],
    ['by a label that they have', selector(anywhere), [deny(selector(anywhere, { key: 'tier', operator: 'DoesNotExist' }))], ['*/tier=*[Pods]']],
    ['by two denies', selector(anywhere), [deny(selector(notIn(NAMESPACE, 'infra', 'edge')), selector(anywhere, notIn('tier', 'front')))],
      ['edge/tier=front[Pods]', 'infra/tier=front[Pods]']],
    ['by a deny of the cluster', labelled('envoy', anywhere), [ccnp(denial(selector(notIn(NAMESPACE, 'infra', 'shop'))), 'deny')], ['infra/app=envoy[Pods]']],
    ['not where the allow means others', labelled('envoy', { key: NAMESPACE, operator: 'In', values: ['data'] }), [deny(selector(notIn(NAMESPACE, 'infra')))], []],
    ['not where another deny means them', selector(anywhere), [deny(selector(notIn(NAMESPACE, 'infra')), selector(notIn(NAMESPACE, 'edge')))], []],
  ])('%s', (_name, peer, denies, expected) => {
    expect(sources(Cluster.fromManifests([api, allow(peer), ...denies]))).toEqual(expected);
  });

  test('where nothing isolates', () => {
    const only = cnp('shop', { ...denial(labelled('web', notIn(NAMESPACE, 'infra'))), enableDefaultDeny: { ingress: false } });
    expect(sources(Cluster.fromManifests([api, only]))).toContain('infra/app=web[Pods]');
  });

  test('of each of several peers: by one deny, and by all of them', () => {
    const lacking = (key: string) => selector(anywhere, { key, operator: 'DoesNotExist' });
    const denies = ['a', 'b', 'c'].map((key, index) => cnp('shop', denial(lacking(key)), `deny-${index}`));
    const peers = ['web', 'job'].map(app => ({ ...allow(labelled(app, anywhere)), metadata: { name: `allow-${app}`, namespace: 'shop' } }));
    const { world } = Cluster.fromManifests([api, ...peers, ...denies]);
    const titles = world.strangers.map(({ title }) => title);
    for (const app of ['app=web', 'app=job']) {
      expect(titles).toEqual(expect.arrayContaining([['a=*', app], [app, 'b=*'], [app, 'c=*'], ['a=*', app, 'b=*', 'c=*']].map(labels => `*/${[...labels].sort().join()}[Pods]`)));
    }
    expect(sources(Cluster.fromManifests([api, ...peers, ...denies]))).toEqual(['*/a=*,app=job,b=*,c=*[Pods]', '*/a=*,app=web,b=*,c=*[Pods]']);
  });

  test('by as many of several denies as anybody can be spared by', () => {
    const onlyIn = (...names: string[]) => selector(notIn(NAMESPACE, ...names));
    const tier = selector(anywhere, notIn('tier', 'front'));
    const { world } = Cluster.fromManifests([api, allow(selector(anywhere)), deny(onlyIn('infra'), onlyIn('edge'), tier)]);
    expect(world.strangers.map(({ title }) => title)).toEqual(expect.arrayContaining(['infra/tier=front[Pods]', 'edge/tier=front[Pods]']));
  });

  test('as destinations', () => {
    const out = cnp('shop', { endpointSelector: {}, egress: [{ toEndpoints: [selector(anywhere)] }], egressDeny: [{ toEndpoints: [selector(notIn(NAMESPACE, 'data'))] }] });
    expect([...Cluster.fromManifests([api, out]).map()].map(({ to }) => titleOf(to))).toContain('data/*[Pods]');
  });

  test('by one value of a long list, which stands for all', () => {
    const values = Array.from({ length: 40 }, (_, index) => `n${String(index).padStart(2, '0')}`);
    const cluster = Cluster.fromManifests([api, allow(selector(anywhere)), deny(selector(notIn(NAMESPACE, ...values)))]);
    expect([...cluster.map()].map(({ from }) => titleOf(from))).toContain('n00/*[Pods +39]');
  });

  test('and a deny that spares more opens something', () => {
    const peer = selector(anywhere);
    expect(opened([allow(peer), deny(selector(notIn(NAMESPACE, 'shop')))], [allow(peer), deny(selector(notIn(NAMESPACE, 'shop', 'infra')))]))
      .toEqual(['opened infra/*[Pods]']);
  });
});

test('an allow that leaves out fewer opens something', () => {
  const isolate = policy('shop', { podSelector: {}, policyTypes: ['Ingress'] }, 'isolate');
  expect(opened([isolate, allow(labelled('web', notIn(NAMESPACE, 'infra')))], [isolate, allow(labelled('web', anywhere))]))
    .toEqual(['opened infra/app=web[Pods]']);
});

describe('those whom a policy about all others leaves out are ends of their own', () => {
  const open = cnp('shop', { endpointSelector: {}, egress: [{}], ingress: [{ fromEndpoints: [labelled('envoy', anywhere)] }] }, 'open');
  const silent = (endpointSelector: object) => ({ endpointSelector, egressDeny: [{ toEntities: ['all'] }], enableDefaultDeny: { egress: true } });

  test('by the namespace', () => {
    expect(sources(Cluster.fromManifests([api, open, ccnp(silent(selector(notIn(NAMESPACE, 'infra', 'shop'))), 'silent')]))).toContain('infra/app=envoy[Pods]');
  });

  test('by a label', () => {
    const gateways = policy('infra', { podSelector: selector(notIn('tier', 'gateway')), policyTypes: ['Egress'] }, 'silent');
    const all = cnp('shop', { endpointSelector: {}, egress: [{}], ingress: [{ fromEndpoints: [selector({ key: NAMESPACE, operator: 'In', values: ['infra'] })] }] }, 'all');
    expect(sources(Cluster.fromManifests([api, all, gateways]))).toEqual(expect.arrayContaining(['infra/tier=gateway[Pods]']));
  });
});

test('what is required of peers is an end of its own', () => {
  const required = allow(labelled('web', anywhere), { fromRequires: [labelled('web', anywhere, { key: 'env', operator: 'In', values: ['prod'] })] });
  expect(sources(Cluster.fromManifests([api, required], { target: { cilium: '1.18' } }))).toEqual(['*/app=web,env=prod[Pods]']);
});

describe('the pods behind a Service that a policy names are ends of their own', () => {
  const db = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace: 'data', labels: { tier: 'store' } }, spec: { selector: { app: 'db' } } };
  const external = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'old', namespace: 'data' }, spec: {} };
  const out = (...toServices: object[]) => cnp('shop', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }], egress: [{ toServices }] });
  const lines = (...objects: object[]) => [...Cluster.fromManifests([api, ...objects]).map()]
    .map(({ from, to, connection }) => `${titleOf(from)} => ${titleOf(to)} : ${connectionText(connection)}`).filter(line => line.includes('[Pods]') && !line.includes('*/*[Pods]'));

  test.each<[string, object]>([
    ['by name', { k8sService: { serviceName: 'db', namespace: 'data' } }],
    ['by label', { k8sServiceSelector: { namespace: 'data', selector: { matchLabels: { tier: 'store' } } } }],
    ['by label in every namespace', { k8sServiceSelector: { selector: { matchLabels: { tier: 'store' } } } }],
  ])('%s', (_name, service) => {
    expect(lines(db, out(service))).toEqual(['shop/api[Deployment] => data/app=db[Pods] : any port']);
  });

  test('and opening to them is seen', () => {
    expect(diff(Cluster.fromManifests([api, db, out()]), Cluster.fromManifests([api, db, out({ k8sService: { serviceName: 'db', namespace: 'data' } })]))
      .map(({ kind, to }) => `${kind} ${titleOf(to)}`)).toEqual(['opened data/app=db[Pods]']);
  });

  test('but not where somebody of the set is behind it, or it selects nobody', () => {
    const pods = workload('StatefulSet', 'data', 'db', { app: 'db' });
    expect(lines(db, pods, out({ k8sService: { serviceName: 'db', namespace: 'data' } }))).toEqual([]);
    expect(lines(external, out({ k8sService: { serviceName: 'old', namespace: 'data' } }))).toEqual([]);
  });
});

describe('of many tenants, each with a deny of all others', () => {
  const isolation = (tenant: string, ...spared: string[]) => ccnp({
    endpointSelector: { matchLabels: { [TEAM]: tenant } },
    enableDefaultDeny: { ingress: false },
    ingressDeny: [{ fromEndpoints: [selector(notIn(TEAM, tenant, ...spared))] }],
  }, `isolate-${tenant}`);
  const tenants = (count: number, ...spared: string[]) => Array.from({ length: count }, (_, index) => `t${index}`).flatMap(name => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: name } } },
    workload('Deployment', name, 'api', { app: 'api' }),
    policy(name, { podSelector: {}, ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { team: 'platform' } } }] }] }, 'same'),
    isolation(name, ...spared),
  ]);
  const titles = (...objects: object[]) => Cluster.fromManifests(objects, { target: { cilium: '1.18' } }).world.strangers.map(({ title }) => title);

  test.each([[[]], [['platform']]])('there is one more stranger for each, spared besides: %j', spared => {
    const known = new Set(titles(...tenants(2, ...spared)));
    expect(titles(...tenants(300, ...spared)).filter(title => !known.has(title)).sort())
      .toEqual(Array.from({ length: 298 }, (_, index) => `team=t${index + 2}/*[Pods]`).sort());
  });

  test('denies count together where they may be about the same pods, and else by themselves', () => {
    const lacking = (key: string, subject: object) => ccnp({
      endpointSelector: subject, enableDefaultDeny: { ingress: false }, ingressDeny: [{ fromEndpoints: [selector({ key, operator: 'DoesNotExist' })] }],
    }, `deny-${key}`);
    const [a, b] = [{ matchLabels: { [TEAM]: 't0' } }, { matchLabels: { [TEAM]: 't1' } }];
    expect(titles(...tenants(2), lacking('a', a), lacking('b', b))).not.toContain('*/a=*,b=*[Pods]');
    expect(titles(...tenants(2), lacking('a', a), lacking('b', a))).toContain('team=t0/a=*,b=*[Pods]');
    expect(titles(lacking('a', a), lacking('b', {}))).toContain('*/a=*,b=*[Pods]');
  });

  test('nobody of a known namespace has labels that it has not', () => {
    const peer = selector({ key: NAMESPACE, operator: 'In', values: ['t1'] });
    const letIn = cnp('t0', { endpointSelector: {}, ingress: [{ fromEndpoints: [peer] }], ingressDeny: [{ fromEndpoints: [selector(anywhere, notIn(TEAM, 't1')), selector(anywhere, notIn(TEAM, 't9')), selector(anywhere, notIn('tier', 'front'))] }] }, 'in');
    expect(titles(...tenants(2), letIn).filter(title => title.includes('tier=front') && title.startsWith('t1'))).toEqual(['t1,team=t1/tier=front[Pods]', 't1/tier=front[Pods]']);
  });
});
