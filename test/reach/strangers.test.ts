import * as fc from 'fast-check';
import { cnp, ccnp, policy, workload } from './support/ask';
import { cilium, randomCluster } from './support/random-clusters';
import { compareReach } from '../../src/jest/reach-only';
import { Cluster, connectionText, diff, type PlatformFacts, titleOf } from '../../src/reach';

const calico: PlatformFacts = { cni: 'calico' };
const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const namespace = (name: string, labels: Record<string, string> = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const from = (...peers: object[]) => policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: peers, ports: [{ port: 8080 }] }] });
const to = (...peers: object[]) => policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{ to: peers, ports: [{ port: 5432 }] }] });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

function linesWithPods(objects: readonly object[], target: PlatformFacts = calico): string[] {
  return [...Cluster.fromManifests(objects, { target }).map()].map(({ from: source, to: destination, connection }) =>
    `${titleOf(source)} => ${titleOf(destination)} : ${connectionText(connection)}`).filter(line => line.includes('[Pods') && !isOpen(line));
}

/** That whom no policy isolates talks with everybody. */
const isOpen = (line: string) => /(^| )\*\/\*\[Pods\] .*any port$|=> \*\/\*\[Pods\] : any port$/.test(line);

const ingress = (source: string) => `${source} => shop/api[Deployment] : 8080/TCP`;

test.each<[string, object[], string[]]>([
  ['a namespace that is not in the set', [inNamespace('partner')], ['partner/*[Pods]']],
  ['every namespace', [{ namespaceSelector: {} }], ['*/*[Pods]']],
  ['pods of every namespace by label', [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'prometheus' } } }], ['*/app=prometheus[Pods]']],
  ['namespaces by label', [{ namespaceSelector: { matchLabels: { team: 'x' } } }], ['team=x/*[Pods]']],
  ['pods by two labels, whatever their order',
    [{ ...inNamespace('infra'), podSelector: { matchLabels: { tier: 'edge', app: 'envoy' } } }], ['infra/app=envoy,tier=edge[Pods]']],
  ['each value of a list', [{ ...inNamespace('infra'), podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['b', 'a'] }] } }],
    ['infra/app=a[Pods]', 'infra/app=b[Pods]']],
  ['each namespace of a list', [{ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['b', 'a'] }] } }],
    ['a/*[Pods]', 'b/*[Pods]']],
  ['a label that has to be there', [{ ...inNamespace('infra'), podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }], ['infra/app=*[Pods]']],
  ['labels that may not be there', [{ ...inNamespace('infra'), podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] } }],
    ['infra/*[Pods]']],
  ['everybody', [], ['*/*[Pods]']],
])('%s is an end of its own', (_name, peers, expected) => {
  expect(linesWithPods([api, from(...peers)])).toEqual(expected.map(ingress));
});

test.each<[string, object[], object[]]>([
  ['who is in the set', [workload('Deployment', 'infra', 'envoy', { app: 'envoy' })], [{ ...inNamespace('infra'), podSelector: { matchLabels: { app: 'envoy' } } }]],
  ['a namespace of the set', [workload('Deployment', 'infra', 'envoy', {})], [inNamespace('infra')]],
  ['who is in the set, of a namespace by its name and labels', [workload('Deployment', 'infra', 'envoy', {}), namespace('infra', { team: 'x' })],
    [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra', 'team': 'x' } } }]],
  ['the own namespace', [], [{ podSelector: {} }]],
  ['a namespace whose labels are known to be others', [namespace('infra', { team: 'y' })],
    [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra', 'team': 'x' } } }]],
  ['a namespace without a name', [], [inNamespace('')]],
  ['what nobody can be', [], [{ ...inNamespace('infra'), podSelector: { matchLabels: { app: 'a' }, matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }]],
])('%s makes no stranger', (_name, objects, peers) => {
  expect(linesWithPods([api, ...objects, from(...peers)])).toEqual([]);
});

describe('nobody in the set stands for all namespaces that a selector without their name means', () => {
  const known = [workload('Deployment', 'bank', 'api', { app: 'api' }), namespace('bank', { env: 'prod' })];

  test.each<[string, object, string]>([
    ['by a label', { matchLabels: { env: 'prod' } }, 'env=prod/*[Pods]'],
    ['by a label that they have', { matchExpressions: [{ key: 'env', operator: 'Exists' }] }, 'env=*/*[Pods]'],
    ['by a label that they may not have', { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['dev'] }] }, '*/*[Pods]'],
    ['by names that they may not have', { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['dev'] }] }, '*/*[Pods]'],
    ['all', {}, '*/*[Pods]'],
  ])('%s', (_name, namespaceSelector, stranger) => {
    expect(linesWithPods([api, ...known, from({ namespaceSelector })])).toContain(ingress(stranger));
    const cluster = Cluster.fromManifests([api, ...known, from({ namespaceSelector })], { target: calico });
    const { more } = compareReach(cluster, { to: 'shop/api', from: { 'bank/api': 8080 } });
    expect(more.map(({ from: source }) => source)).toEqual([stranger]);
    expect(compareReach(cluster, { to: 'shop/api', from: { 'bank/api': 8080, [stranger]: 8080 } }).more).toEqual([]);
  });

  test('with Cilium', () => {
    const labelled = { matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.env': 'prod' } };
    expect(linesWithPods([api, ...known, cnp('shop', { endpointSelector: {}, ingress: [{ fromEndpoints: [labelled] }] })], {}))
      .toContain('env=prod/*[Pods] => shop/api[Deployment] : any port');
    expect(linesWithPods([api, ...known, ccnp({ endpointSelector: { matchLabels: { app: 'api' } }, ingress: [{ fromEndpoints: [{ matchLabels: { app: 'api' } }] }] })], {}))
      .toContain('*/app=api[Pods] => shop/api[Deployment] : any port');
  });
});

test('pods on the network of a node stand for nobody: no selector means them', () => {
  const onHost = { ...workload('Deployment', 'infra', 'envoy', {}), spec: { template: { metadata: { labels: { app: 'envoy' } }, spec: { hostNetwork: true, containers: [] } } } };
  expect(linesWithPods([api, onHost, from({ ...inNamespace('infra'), podSelector: { matchLabels: { app: 'envoy' } } })]))
    .toContain(ingress('infra/app=envoy[Pods]'));
});

describe('strangers of one namespace that is said to have different labels', () => {
  const other = (team: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra', team } } });
  const rules = policy('shop', {
    podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [other('x')], ports: [{ port: 80 }] }, { from: [other('y')], ports: [{ port: 90 }] }],
  });

  test('are told apart', () => {
    expect(linesWithPods([api, rules])).toEqual([
      'infra,team=x/*[Pods] => shop/api[Deployment] : 80/TCP', 'infra,team=y/*[Pods] => shop/api[Deployment] : 90/TCP',
    ]);
  });

  test('can be asked about', () => {
    const cluster = Cluster.fromManifests([api, rules], { target: calico });
    const ask = (team: string, port: number) => cluster.query({ from: `infra,team=${team}/*[Pods]`, to: 'shop/api', port }).verdict;
    expect([ask('x', 80), ask('x', 90), ask('y', 80), ask('y', 90), ask('z', 80)]).toEqual(['allowed', 'denied', 'denied', 'allowed', 'denied']);
  });
});

describe('of a long list of values that no policy tells apart one stands for all', () => {
  const values = Array.from({ length: 100 }, (_, index) => `v${String(index).padStart(2, '0')}`);
  const listed = (...apps: string[]) => ({ ...inNamespace('infra'), podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: apps }] } });

  test('and says how many', () => {
    expect(linesWithPods([api, from(listed(...values))])).toEqual([ingress('infra/app=v00[Pods +99]')]);
    const cluster = Cluster.fromManifests([api, from(listed(...values))], { target: calico });
    expect(cluster.query({ from: 'infra/app=v00[Pods +99]', to: 'shop/api', port: 8080 }).verdict).toBe('allowed');
  });

  test('a gate that knows one of them does not know all', () => {
    const cluster = Cluster.fromManifests([api, from(listed(...values))], { target: calico });
    expect(compareReach(cluster, { to: 'shop/api', from: { 'infra/app=v00[Pods]': 8080 } }).more).toHaveLength(1);
    expect(() => compareReach(cluster, { to: 'shop/api', from: { 'infra/app=v00': 8080 } })).toThrow(/a workload of the set/);
    expect(compareReach(cluster, { to: 'shop/api', from: { 'infra/app=v00[Pods +99]': 8080 } }).more).toEqual([]);
  });

  test('nor is the tenant of one the tenant of all', () => {
    const teams = (...names: string[]) => from({ namespaceSelector: { matchExpressions: [{ key: 'platform.io/team', operator: 'In', values: names }] } });
    const shopTeam = namespace('shop', { 'platform.io/team': 'v00' });
    expect(changes([shopTeam, api, from({ podSelector: {} })], [shopTeam, api, teams(...values)]))
      .toContain('opened platform.io/team=v00/*[Pods +99] => shop/api[Deployment] (cross-tenant, cross-namespace)');
    expect(changes([shopTeam, api, from({ podSelector: {} })], [shopTeam, api, teams('v00')]))
      .toContain('opened platform.io/team=v00/*[Pods] => shop/api[Deployment] (cross-namespace)');
  });

  test('values that another policy names are told by themselves', () => {
    const deny = policy('infra', { podSelector: { matchLabels: { app: 'v50' } }, policyTypes: ['Ingress'] }, 'other');
    expect(linesWithPods([api, from(listed(...values)), deny]).filter(line => line.endsWith('shop/api[Deployment] : 8080/TCP')))
      .toEqual([ingress('infra/app=v00[Pods +98]'), ingress('infra/app=v50[Pods]')]);
  });

  test('who is in the set stands for its own value only', () => {
    const known = workload('Deployment', 'infra', 'known', { app: 'v00' });
    expect(linesWithPods([api, known, from(listed(...values))]).filter(line => line.includes('=> shop/api'))).toEqual([ingress('infra/app=v01[Pods +99]')]);
  });

  test.each(['zz', 'aa'])('a value that is added is seen by a comparison: %s', added => {
    expect(changes([api, from(listed(...values))], [api, from(listed(...values, added))]))
      .toEqual([`opened infra/app=${added}[Pods] => shop/api[Deployment] (cross-namespace)`]);
    expect(changes([api, from(listed(...values, added))], [api, from(listed(...values))]))
      .toEqual([`closed infra/app=${added}[Pods] => shop/api[Deployment] (cross-namespace)`]);
  });

  test('namespaces are, too', () => {
    const spaces = (...names: string[]) => from({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }] } });
    expect(linesWithPods([api, namespace('v10', { a: 'b' }), spaces(...values)])).toEqual([ingress('v00/*[Pods +98]'), ingress('v10/*[Pods]')]);
    expect(changes([api, spaces(...values)], [api, spaces(...values.slice(1))]))
      .toEqual(['closed v00/*[Pods] => shop/api[Deployment] (cross-namespace)']);
  });
});

test('strangers are destinations too', () => {
  expect(linesWithPods([api, to({ ...inNamespace('data'), podSelector: { matchLabels: { app: 'postgres' } } })]))
    .toEqual(['shop/api[Deployment] => data/app=postgres[Pods] : 5432/TCP']);
});

test('what strangers call their ports is not known', () => {
  const named = (...ports: object[]) => policy('shop', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [inNamespace('data')], ports }] });
  expect(linesWithPods([api, named({ port: 'sql' }, { port: 9187 })])).toEqual([
    'data/*[Pods] => shop/api[Deployment] : any port', 'shop/api[Deployment] => data/*[Pods] : 9187/TCP; perhaps 1-9186/TCP, 9188-65535/TCP',
  ]);
  const cluster = Cluster.fromManifests([api, named({ port: 'sql' })], { target: calico });
  expect(cluster.query({ from: 'shop/api', to: 'data/*', port: 5432 })).toMatchObject({ verdict: 'depends', conditions: ['the pods give a port the name sql'] });
  expect(cluster.query({ from: 'shop/api', to: 'data/*', port: 5432, protocol: 'UDP' }).verdict).toBe('denied');
});

test('the policies of a namespace hold for strangers in it', () => {
  const deny = policy('infra', { podSelector: {}, policyTypes: ['Egress'] }, 'deny');
  const allow = from({ ...inNamespace('infra'), podSelector: { matchLabels: { app: 'envoy' } } });
  expect(linesWithPods([api, allow, namespace('infra'), deny]).filter(line => line.includes('shop/api'))).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['endpoints of a namespace', { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'infra', 'k8s:app': 'envoy' } }] }, ['infra/app=envoy[Pods]']],
  ['endpoints by labels of their namespace', { fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'x' } }] }, ['team=x/*[Pods]']],
  ['endpoints by service account',
    { fromEndpoints: [{ matchLabels: { 'io.kubernetes.pod.namespace': 'infra', 'io.cilium.k8s.policy.serviceaccount': 'envoy' } }] },
    ['infra/io.cilium.k8s.policy.serviceaccount=envoy[Pods]']],
  ['the cluster', { fromEntities: ['cluster'] }, ['*/*[Pods]']],
])('Cilium: %s', (_name, peers, expected) => {
  const allow = cnp('shop', { endpointSelector: {}, ingress: [{ ...peers, toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] }] });
  const isolate = policy('shop', { podSelector: {}, policyTypes: ['Egress'] }, 'isolate');
  expect(linesWithPods([api, allow, isolate], {})).toEqual(expected.map(ingress));
});

test('pods of the own namespace that are not in the set are isolated as all others there', () => {
  const own = { matchLabels: { app: 'job' } };
  const call = policy('shop', { podSelector: own, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] }, 'call');
  expect(linesWithPods([api, from({ podSelector: own })])).toEqual([]);
  expect(linesWithPods([api, from({ podSelector: own }), call])).toEqual([
    ingress('shop/app=job[Pods]'), 'shop/app=job[Pods] => shop/app=job[Pods] : 8080/TCP',
  ]);
  expect(linesWithPods([api, call, cnp('shop', { endpointSelector: {}, ingress: [{ fromEndpoints: [own] }] })], {}))
    .toContain('shop/app=job[Pods] => shop/api[Deployment] : any port');
});

test('Cilium: cluster-wide policies hold for strangers, and mean pods of any namespace', () => {
  const allow = ccnp({ endpointSelector: { matchLabels: { app: 'api' } }, ingress: [{ fromEndpoints: [{ matchLabels: { role: 'probe' } }] }] });
  expect(linesWithPods([api, allow], {})).toContain('*/role=probe[Pods] => shop/api[Deployment] : any port');
  const deny = ccnp({ endpointSelector: { matchLabels: { role: 'probe' } }, egressDeny: [{ toEntities: ['all'] }] }, 'deny');
  expect(linesWithPods([api, allow, deny], {})).not.toContain('*/role=probe[Pods] => shop/api[Deployment] : any port');
});

test('Cilium: the subject of a namespaced policy is in its own namespace, whatever it names', () => {
  const other = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other', 'app': 'job' } };
  const ingressRules = [{ fromEndpoints: [{}] }];
  expect(linesWithPods([cnp('shop', { endpointSelector: other, ingress: ingressRules })], {})).toContain('shop/app=job[Pods] => shop/*[Pods] : any port');
  const job = workload('Deployment', 'shop', 'job', { app: 'job' });
  expect(linesWithPods([job, cnp('shop', { endpointSelector: other, ingress: ingressRules })], {})).toEqual([]);
});

test('Cilium: the cluster that a pod says it is of is not believed', () => {
  const remote = (cluster: string) => ({ matchLabels: { 'app': 'job', 'io.cilium.k8s.policy.cluster': cluster } });
  const job = workload('Deployment', 'shop', 'job', { 'app': 'job', 'io.cilium.k8s.policy.cluster': 'east' });
  const into = (cluster: string) => cnp('shop', { endpointSelector: { matchLabels: { app: 'api' } }, ingress: [{ fromEndpoints: [remote(cluster)] }] });
  const cluster = (name: string) => Cluster.fromManifests([api, job, into(name)], { target: {} });
  expect(cluster('east').query({ from: 'shop/job', to: 'shop/api', port: 80 }).verdict).toBe('denied');
  expect(cluster('default').query({ from: 'shop/job', to: 'shop/api', port: 80 }).verdict).toBe('allowed');
  expect(linesWithPods([api, job, into('east')], {})).toContain('shop/app=job,io.cilium.k8s.policy.cluster=east[Pods] => shop/api[Deployment] : any port');
  expect(linesWithPods([api, job, into('default')], {})).toEqual([]);
});

test('Cilium: a selector that leaves out a reserved identity means pods of every namespace', () => {
  const selector = { matchExpressions: [{ key: 'app', operator: 'In', values: ['job'] }, { key: 'reserved:host', operator: 'DoesNotExist' }] };
  expect(linesWithPods([api, cnp('shop', { endpointSelector: {}, ingress: [{ fromEndpoints: [selector] }] })], {}))
    .toContain('*/app=job[Pods] => shop/api[Deployment] : any port');
});

test.each(['crd.projectcalico.org/v1', 'projectcalico.org/v3', 'crd.antrea.io/v1beta1'])('a NetworkPolicy of %s means nobody', apiVersion => {
  const theirs = { ...from(inNamespace('partner'), { ipBlock: { cidr: '192.0.2.0/24' } }), apiVersion };
  const cluster = Cluster.fromManifests([api, theirs], { target: calico });
  expect(cluster.world.strangers).toEqual([]);
  expect(cluster.leftOut.map(({ text }) => text)).toEqual([expect.stringContaining('NetworkPolicy shop/p is not evaluated')]);
  expect(cluster.mentionedAddresses()).toEqual([]);
});

test('kinds of the names of Cilium\'s and of another group mean nobody', () => {
  const spec = { endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'partner' } }] }, { fromEntities: ['health'] }] };
  const theirs = { ...cnp('shop', spec), apiVersion: 'example.com/v1' };
  const cluster = Cluster.fromManifests([api, theirs], { target: {} });
  expect([...cluster.world.strangers, ...cluster.mentionedParties()]).toEqual([]);
});

test('Cilium policies mean nobody where Cilium does not run', () => {
  expect(linesWithPods([api, cnp('shop', { endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { app: 'job' } }] }] })])).toEqual([]);
});

const changes = (before: object[], after: object[]) =>
  diff(Cluster.fromManifests(before, { target: calico }), Cluster.fromManifests(after, { target: calico }))
    .map(({ kind, from: source, to: destination, traits }) => `${kind} ${titleOf(source)} => ${titleOf(destination)} (${traits.join(', ')})`);

const shop = namespace('shop', { 'platform.io/team': 'shop' });

test('a rule about strangers that is added opens something', () => {
  const peers = [{ podSelector: {} }];
  expect(changes([shop, api, from(...peers)], [shop, api, from(...peers, { namespaceSelector: {} })]))
    .toEqual(['opened */*[Pods] => shop/api[Deployment] (cross-tenant, cross-namespace)']);
  expect(changes([shop, api, from(...peers, inNamespace('partner'))], [shop, api, from(...peers)]))
    .toEqual(['closed partner/*[Pods] => shop/api[Deployment] (cross-tenant, cross-namespace)']);
});

test('so does a value that is added to a list', () => {
  const listed = (...values: string[]) => from({ ...inNamespace('infra'), podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values }] } });
  expect(changes([api, listed('b')], [api, listed('b', 'a')])).toEqual(['opened infra/app=a[Pods] => shop/api[Deployment] (cross-namespace)']);
});

describe('a selector that means more than before, though nobody new in the set', () => {
  const pay = [namespace('pay', { 'team': 'pay', 'platform.io/team': 'pay' }), workload('Deployment', 'pay', 'api', { app: 'api', tier: 'back' })];
  const before = { namespaceSelector: { matchLabels: { team: 'pay' } }, podSelector: { matchLabels: { app: 'api' } } };

  test.each<[string, object, string]>([
    ['any pod', { namespaceSelector: before.namespaceSelector }, 'team=pay/*'],
    ['any team', { ...before, namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } }, 'team=*/app=api'],
    ['all but some pods', { ...before, podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['x'] }] } }, 'team=pay/*'],
    ['another label', { ...before, podSelector: { matchLabels: { tier: 'back' } } }, 'team=pay/tier=back'],
  ])('%s', (_name, peer, stranger) => {
    expect(changes([shop, api, ...pay, from(before)], [shop, api, ...pay, from(peer)]))
      .toContain(`opened ${stranger}[Pods] => shop/api[Deployment] (cross-tenant, cross-namespace)`);
  });

  test('is told once where somebody in the set stands for them', () => {
    const named = { ...inNamespace('pay'), podSelector: before.podSelector };
    expect(changes([shop, api, ...pay, from({ podSelector: {} })], [shop, api, ...pay, from({ podSelector: {} }, named)]))
      .toEqual(['opened pay/api[Deployment] => shop/api[Deployment] (cross-tenant, cross-namespace)']);
  });
});

test('a stranger who gets more is told although who is in the set only loses', () => {
  const web = workload('Deployment', 'infra', 'web', { app: 'web' });
  const open = (peer: object, name: string, ...ports: number[]) => policy('shop', { podSelector: {}, ingress: [{ from: [peer], ports: ports.map(port => ({ port })) }] }, name);
  const own = open({ ...inNamespace('infra'), podSelector: { matchLabels: { app: 'web' } } }, 'web', 443);
  const [before, after] = [[80, 81], [80, 443]].map(ports => Cluster.fromManifests([api, web, own, open(inNamespace('infra'), 'all', ...ports)], { target: calico }));
  expect(diff(before!, after!).filter(({ more }) => !more.isEmpty()).map(({ from: source }) => titleOf(source))).toEqual(['infra/*[Pods]']);
});

describe('policies without their workloads', () => {
  const policies = (...rules: object[]) => [policy('data', { podSelector: { matchLabels: { app: 'pg' } }, policyTypes: ['Ingress'], ingress: rules }, 'pg')];
  const app = { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'pay' } }, podSelector: { matchLabels: { app: 'api' } } }], ports: [{ port: 5432 }] };

  test('are about those whom they select', () => {
    expect(linesWithPods(policies(app))).toEqual([
      'data/app=pg[Pods] => 0.0.0.0-255.255.255.255 : any port', 'data/app=pg[Pods] => pay/app=api[Pods] : any port',
      'pay/app=api[Pods] => data/app=pg[Pods] : 5432/TCP',
    ]);
  });

  test('and a change of them is seen', () => {
    expect(changes(policies(app), policies({}))).toEqual(expect.arrayContaining([
      'opened */*[Pods] => data/app=pg[Pods] (cross-tenant, cross-namespace)', 'opened 0.0.0.0-255.255.255.255 => data/app=pg[Pods] (from-world)',
    ]));
  });

  test('a policy about somebody in the set makes no stranger of its subject', () => {
    expect(linesWithPods([api, policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })])).toEqual([]);
    expect(linesWithPods([api, ccnp({ endpointSelector: {}, egressDeny: [{ toCIDR: ['192.0.2.1/32'] }] })], {})).toEqual([]);
  });
});

test('IPv6 is looked at where a policy says something of it', () => {
  const six = to({ ipBlock: { cidr: '2001:db8::/32' } });
  expect(changes([api, to({ podSelector: {} })], [api, six]).filter(line => line.includes('2001:db8'))).toHaveLength(1);
});

test('a tenant of a known name is no other tenant', () => {
  const infra = namespace('infra', { 'platform.io/team': 'shop' });
  expect(changes([shop, infra, api, from({ podSelector: {} })], [shop, infra, api, from({ podSelector: {} }, inNamespace('infra'))]))
    .toEqual(['opened infra/*[Pods] => shop/api[Deployment] (cross-namespace)']);
});

test('a stranger who comes into the set closes nothing', () => {
  const envoy = workload('Deployment', 'infra', 'envoy', { app: 'envoy' });
  const allow = from({ ...inNamespace('infra'), podSelector: { matchLabels: { app: 'envoy' } } });
  expect(changes([api, allow], [api, allow, envoy]).filter(line => line.includes('[Pods] => shop'))).toEqual([]);
  expect(changes([api, allow, envoy], [api, allow]).filter(line => line.includes('[Pods] => shop'))).toEqual([]);
});

test('a stranger can be asked about by title, or by labels where the set has nobody with them', () => {
  const cluster = Cluster.fromManifests([api, from({ ...inNamespace('infra'), podSelector: { matchLabels: { app: 'envoy' } } })], { target: calico });
  const both = Cluster.fromManifests([api, from({ ...inNamespace('infra'), podSelector: { matchLabels: { tier: 'edge', app: 'envoy' } } })], { target: calico });
  expect(both.query({ from: 'infra/tier=edge,app=envoy[Pods]', to: 'shop/api', port: 8080 })).toMatchObject({ from: 'infra/app=envoy,tier=edge[Pods]', verdict: 'allowed' });
  for (const place of ['infra/app=envoy[Pods]', 'infra/app=envoy', 'infra/*']) {
    expect(cluster.query({ from: place, to: 'shop/api', port: 8080 })).toMatchObject({ from: 'infra/app=envoy[Pods]', verdict: 'allowed' });
    expect(cluster.query({ from: place, to: 'shop/api', port: 8081 }).verdict).toBe('denied');
  }
  expect(() => cluster.query({ from: 'infra/app=other', to: 'shop/api', port: 8080 })).toThrow(/a workload of the set/);
});

test('every workload means those of the set', () => {
  const cluster = Cluster.fromManifests([api, workload('Deployment', 'shop', 'web', {}), from({ namespaceSelector: {} })], { target: calico });
  expect(cluster.queryAll({ from: '*', to: '*', port: 8080 }).map(({ from: source }) => source)).toEqual(['shop/api[Deployment]', 'shop/web[Deployment]']);
});

test('nobody is a stranger where they are not wanted', () => {
  const cluster = Cluster.fromManifests([api, from({ namespaceSelector: {} })], { target: calico, strangers: false });
  expect(cluster.map().parties.filter(party => titleOf(party).endsWith('[Pods]'))).toEqual([]);
});

test('a stranger is treated as a pod with its labels would be', () => {
  // Where all pods are isolated, those of the set are: of strangers nobody knows what allows them.
  const isByPolicy = ({ cilium: agent }: PlatformFacts) => typeof agent !== 'object' || agent.policyEnforcementMode === 'default';
  const target = fc.oneof(fc.constant(calico), cilium.filter(isByPolicy));
  fc.assert(fc.property(randomCluster(), target, ({ base, policies }, facts) => {
    // Whose service account a stranger has, nobody knows.
    fc.pre(!JSON.stringify(policies).includes('policy.serviceaccount'));
    const objects = [...base, ...policies];
    const cluster = Cluster.fromManifests(objects, { target: facts });
    // Service accounts and clusters have no place among labels, and labels with a star no place in a cluster.
    const strangers = cluster.world.endpoints.filter(({ stranger, title, serviceAccount }) => stranger && !title.includes('*=')
      && serviceAccount === '*' && /^[a-z0-9-]+$/.test(title.slice(0, title.indexOf('/'))) && !title.includes('=*')
      && !title.includes('policy.cluster='));
    const pods = strangers.map(({ namespace: own, labels }, index) => ({
      apiVersion: 'v1', kind: 'Pod', metadata: { name: `stranger-${index}`, namespace: own, labels }, spec: { containers: [] },
    }));
    // Nothing is unknown of the namespaces of strangers.
    const spaces = [...new Set(strangers.map(({ namespace: own }) => own))]
      .filter(own => !cluster.world.namespaces.has(own)).map(own => namespace(own));
    const real = Cluster.fromManifests([...objects, ...spaces, ...pods], { target: facts });
    for (const [index, { title, namespace: own }] of strangers.entries()) {
      for (const { title: known } of cluster.world.endpoints.filter(({ stranger }) => !stranger)) {
        for (const port of [80, 8080]) {
          const asked = cluster.query({ from: title, to: known, port }).verdict;
          expect({ title, known, port, verdict: asked }).toEqual({ title, known, port, verdict: real.query({ from: `${own}/stranger-${index}`, to: known, port }).verdict });
        }
      }
    }
  }), { numRuns: Number(process.env.REACH_RUNS ?? 30) });
});
