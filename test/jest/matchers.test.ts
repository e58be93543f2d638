import { App, ApiObject, Chart } from 'cdk8s';
import { Allow, Cni, DefaultDeny, Platform, Port, Workload } from 'cdk8s-guardrails';
import { clusterOf, matchers } from 'cdk8s-guardrails/jest';
import { Cluster } from 'cdk8s-guardrails/reach';
import { Construct } from 'constructs';
import { runFlowTable } from '../../src/reach/flow-table';
import { namespace, pod } from '../support/reach';

const isolate = (name: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: name },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
});
const allow = (name: string, direction: 'Ingress' | 'Egress', own: string, other: string, port: number, protocol = 'TCP') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `${name}-${direction.toLowerCase()}`, namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: own } },
    policyTypes: [direction],
    [direction.toLowerCase()]: [{
      [direction === 'Ingress' ? 'from' : 'to']: [{ podSelector: { matchLabels: { app: other } } }], ports: [{ port, protocol }],
    }],
  },
});
const objects = [
  namespace('shop'),
  pod('shop', { app: 'web' }, { name: 'web' }),
  pod('shop', { app: 'api' }, { name: 'api', ports: [{ name: 'http', containerPort: 8080 }] }),
  pod('shop', { app: 'db' }, { name: 'db' }),
  isolate('shop'),
  allow('web-to-api', 'Egress', 'web', 'api', 8080),
  allow('web-to-api', 'Ingress', 'api', 'web', 8080),
  allow('api-to-db', 'Egress', 'api', 'db', 5432),
];
const webToApi = { from: 'shop/web', to: 'shop/api', port: 8080 };

describe('of plain objects', () => {
  test('what both ends allow is allowed, anything else is denied', () => {
    expect(objects).toAllow(webToApi);
    expect(objects).toAllow({ ...webToApi, port: 'http' });
    expect(objects).toDeny({ ...webToApi, port: 9090 });
    expect(objects).toDeny({ from: 'shop/api', to: 'shop/db', port: 5432 });
    expect(objects).not.toAllow({ ...webToApi, protocol: 'UDP' });
    expect(objects).not.toDeny(webToApi);
  });

  test('a place that means several means each of them', () => {
    expect(objects).not.toAllow({ ...webToApi, from: 'shop/*' });
    expect(objects).not.toDeny({ ...webToApi, from: 'shop/*' });
    expect(objects).toDeny({ from: 'shop/*', to: 'shop/db', port: 5432 });
  });

  test('what depends on something is neither allowed nor denied', () => {
    const byHash = {
      ...isolate('shop'),
      metadata: { name: 'hash', namespace: 'job' },
      spec: { podSelector: { matchExpressions: [{ key: 'job-name', operator: 'In', values: ['nightly-1'] }] }, policyTypes: ['Ingress'] },
    };
    const nightly = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace: 'job' }, spec: { jobTemplate: { spec: { template: { spec: {} } } } } };
    expect([...objects, byHash, nightly]).not.toAllow({ from: '10.1.2.3', to: 'job/nightly', port: 80 });
    expect([...objects, byHash, nightly]).not.toDeny({ from: '10.1.2.3', to: 'job/nightly', port: 80 });
  });

  test('the message says which policy isolates and what came closest', () => {
    const { pass, message } = matchers.toAllow(objects, { from: 'shop/api', to: 'shop/db', port: 5432 });
    expect(pass).toBe(false);
    expect(message()).toBe([
      'Expected each of these to be allowed:',
      'shop/api[Pod] => shop/db[Pod] : 5432/TCP is denied',
      '  egress of shop/api[Pod]: allowed',
      '    NetworkPolicy shop/api-to-db-egress allows it: egress[0], pods app=db of shop, 5432/TCP',
      '  ingress of shop/db[Pod]: denied',
      '    NetworkPolicy shop/deny isolates shop/db[Pod]: ingress is denied unless a rule allows it',
    ].join('\n'));
    expect(matchers.toDeny(objects, webToApi).message()).toContain('NetworkPolicy shop/web-to-api-ingress allows it');
  });

  test('a misspelt name is an error, and never denied', () => {
    expect(() => expect(objects).toDeny({ ...webToApi, to: 'shop/apl' })).toThrow("given 'shop/apl'; allowed: a workload of the set");
  });
});

describe('toReachOnly', () => {
  test('passes when the list is complete and nothing else passes', () => {
    expect(objects).toReachOnly({ from: 'shop/web', to: { 'shop/api': 8080 } });
    expect(objects).toReachOnly({ from: 'shop/web', to: { 'shop/api': ['8080/tcp'] } });
    expect(objects).toReachOnly({ from: 'shop/web', to: { 'shop/app=api': 'http' } });
    expect(objects).toReachOnly({ to: 'shop/api', from: { 'shop/web': 8080 } });
    expect(objects).toReachOnly({ from: 'shop/db', to: {} });
  });

  test('tells what passes and is not listed', () => {
    expect(objects).not.toReachOnly({ from: 'shop/web', to: {} });
    const { message } = matchers.toReachOnly(objects, { to: 'shop/api', from: {} });
    expect(message()).toMatch(/^Expected these not to pass, and they do:\nshop\/web\[Pod\] => shop\/api\[Pod\] : 8080\/TCP is allowed/);
  });

  test('of many, tells of pods that policies are about and the set does not have', () => {
    const worker = {
      ...isolate('shop'),
      metadata: { name: 'worker', namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: 'worker' } }, ingress: [{ from: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }] },
    };
    const [web, deny] = [pod('shop', { app: 'web' }, { name: 'web' }), isolate('shop')];
    expect([web, deny]).toReachOnly({ to: 'shop/*', from: {} });
    expect([web, deny, worker]).toReachOnly({ to: 'shop/web', from: {} });
    expect([web, deny, worker]).toReachOnly({ to: 'shop/app=web', from: {} });
    for (const to of ['shop/*', 'shop/app=worker', '*']) {
      const { pass, message } = matchers.toReachOnly([web, deny, worker], { to, from: {} });
      expect(pass).toBe(false);
      expect(message()).toContain('198.51.100.0-198.51.100.255 => shop/app=worker[Pods] : any port is allowed');
    }
    expect([web, deny, worker]).toReachOnly({ to: 'shop/app=worker', from: { '198.51.100.0/24': 'any' } });
  });

  test('tells what is listed and does not pass', () => {
    const { message } = matchers.toReachOnly(objects, { from: 'shop/web', to: { 'shop/api': [8080, '53/udp'] } });
    expect(message()).toMatch(/^Expected these to pass, and they do not:\nshop\/web\[Pod\] => shop\/api\[Pod\] : 53\/UDP is denied/);
  });

  test('counts addresses outside of the cluster', () => {
    const open = [...objects, {
      ...isolate('shop'),
      metadata: { name: 'out', namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] },
    }];
    expect(open).not.toReachOnly({ from: 'shop/db', to: {} });
    expect(open).toReachOnly({ from: 'shop/db', to: { '203.0.113.0/24': 'any' } });
    expect(open).not.toReachOnly({ from: 'shop/db', to: { '203.0.113.0/25': 'any' } });
  });
});

describe('toReachOnly of what only perhaps passes', () => {
  const cnp = (...egress: object[]) => ({
    apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'out', namespace: 'shop' }, spec: { endpointSelector: { matchLabels: { app: 'web' } }, egress },
  });
  const web = objects.slice(0, 2);
  const on = (port: string) => ({ toPorts: [{ ports: [{ port, protocol: 'TCP' }] }] });
  const dns = { toEntities: ['world'], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }] };
  const resolver = { 'world': { port: '53/udp', only: ['dns *'] }, '*.example.com': { port: '53/udp', only: ['dns *'] } };

  test('counts a group of the cloud', () => {
    const aws = [...web, cnp({ toGroups: [{ aws: { securityGroupsNames: ['db'] } }], ...on('5432') })];
    const group = { port: 5432, expect: 'depends' as const };
    expect(aws).not.toReachOnly({ from: 'shop/web', to: {} });
    expect(matchers.toReachOnly(aws, { from: 'shop/web', to: {} }).message()).toContain('5432/TCP depends on whether the group of the cloud holds it');
    expect(aws).toReachOnly({ from: 'shop/web', to: { '0.0.0.0/0': group, '::/0': group } });
  });

  test('counts a block under a condition of its own', () => {
    const blocks = [...web, cnp({ toCIDR: ['192.0.2.0/24'], authentication: { mode: 'required' }, ...on('443') })];
    expect(blocks).not.toReachOnly({ from: 'shop/web', to: {} });
    expect(blocks).not.toReachOnly({ from: 'shop/web', to: { '192.0.2.0/24': 443 } });
    expect(blocks).toReachOnly({ from: 'shop/web', to: { '192.0.2.0/24': { port: 443, expect: 'depends' } } });
  });

  test('does not count the addresses of a name that is told, nor names of addresses that are', () => {
    const name = { toFQDNs: [{ matchPattern: '*.example.com' }], ...on('443') };
    const told = { ...resolver, '*.example.com': [443, resolver['*.example.com']] };
    expect([...web, cnp(dns, name)]).toReachOnly({ from: 'shop/web', to: told });
    expect([...web, cnp(dns, name)]).not.toReachOnly({ from: 'shop/web', to: resolver });
    expect([...web, cnp(dns, name, { toCIDR: ['192.0.2.0/24'], ...on('444') })]).toReachOnly({ from: 'shop/web', to: { ...told, '192.0.2.0/24': 444 } });
  });
});

describe('toReachOnly counts once what is told of several', () => {
  const web = objects.slice(0, 2);
  const all = (spec: object) => [...web, { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'all', namespace: 'shop' }, spec: { endpointSelector: {}, ...spec } }];
  const on = (port: string) => ({ toPorts: [{ ports: [{ port, protocol: 'TCP' }] }] });
  const dns = { toEntities: ['world'], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchName: 'api.example.com' }] } }] };
  const name = { toFQDNs: [{ matchName: 'api.example.com' }], ...on('443') };
  const asks = { port: '53/udp', only: ['dns api.example.com'] };

  test.each<[string, object[]]>([['a deny of addresses', []], ['other addresses that are allowed', [{ toCIDR: ['192.0.2.0/24'], ...on('443') }]]])('a name beside %s', (_, more) => {
    const deny = all({ egress: [dns, name, ...more], egressDeny: [{ toCIDR: ['10.0.0.0/8'] }] });
    const others = { 'world': asks, '10.0.0.0/8': [], ...more.length > 0 ? { '192.0.2.0/24': 443 } : {} };
    const rest = { 'api.example.com': [asks, { port: 443, expect: 'depends' as const }] };
    const { message } = matchers.toReachOnly(deny, { from: 'shop/web', to: { ...others, 'api.example.com': asks } });
    expect(message()).toContain('shop/web[Pod] => api.example.com : 443/TCP depends on whether the name leads to an address in 10.0.0.0/8');
    expect(matchers.toReachOnly(deny, { from: 'shop/web', to: { ...others, ...rest } }).message()).not.toContain(' : 443/TCP');
  });

  test('a name of the world without some addresses by these', () => {
    const world = all({ egress: [{ toEntities: ['world'], ...on('443') }], egressDeny: [{ toCIDR: ['10.0.0.0/8'] }] });
    const others = [...world, { ...world.at(-1)!, metadata: { name: 'other', namespace: 'bank' }, spec: { endpointSelector: {}, egress: [name] } }];
    const to = { '0.0.0.0/5': 443, '8.0.0.0/7': 443, '11.0.0.0/8': 443, '12.0.0.0/6': 443, '16.0.0.0/4': 443, '32.0.0.0/3': 443, '64.0.0.0/2': 443, '128.0.0.0/1': 443, '::/0': 443 };
    expect(others).toReachOnly({ from: 'shop/web', to });
  });

  test('nodes by a rule that names them, and their pods by the nodes', () => {
    const edge = (...more: object[]) => Cluster.fromManifests([
      ...all({ egress: [{}], ingress: [{ fromNodes: [{ matchLabels: { role: 'edge' } }], ...on('8080') }] }), ...more,
    ], { target: { cni: 'cilium', cilium: { version: '1.18', nodeSelectors: true } } });
    const host = pod('infra', { app: 'proxy' }, { name: 'proxy', hostNetwork: true });
    const depends = { port: 8080, expect: 'depends' as const };
    expect(edge()).not.toReachOnly({ to: 'shop/web', from: {} });
    expect(edge(host)).toReachOnly({ to: 'shop/web', from: { 'remote-node': depends } });
  });

  test('nodes and the API server where who they are is not all that it depends on', () => {
    const without = all({ egress: [{}], ingress: [{ fromEntities: ['remote-node'], ...on('8080') }], ingressDeny: [{ fromEntities: ['kube-apiserver'] }] });
    expect(without).not.toReachOnly({ to: 'shop/web', from: {} });
    expect(without).toReachOnly({ to: 'shop/web', from: { 'remote-node': { port: 8080, expect: 'depends' } } });
    const job = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'job', namespace: 'shop' }, spec: { jobTemplate: { spec: { template: { spec: {} } } } } };
    const some = {
      ...without.at(-1)!,
      metadata: { name: 'some', namespace: 'shop' },
      spec: { endpointSelector: { matchExpressions: [{ key: 'job-name', operator: 'Exists' }] }, egress: [{ toEntities: ['kube-apiserver', 'remote-node'] }] },
    };
    expect([...without, job, some]).not.toReachOnly({ from: 'shop/job', to: {} });
  });

  test('what its own node alone may send is not counted', () => {
    const host = pod('infra', { app: 'proxy' }, { name: 'proxy', hostNetwork: true });
    expect([...all({ egress: [{}], ingress: [{}] }), host]).toReachOnly({ to: 'shop/web', from: {} });
    const others = [...all({ egress: [{}], ingress: [{ fromEntities: ['all'] }], ingressDeny: [{ fromEntities: ['remote-node'] }] }), host];
    expect(matchers.toReachOnly(others, { to: 'shop/web', from: {} }).message()).not.toContain('infra/proxy');
  });
});

test('toReachOnly of the world is about those in the set', () => {
  const stranger = { ...isolate('shop'), metadata: { name: 'in', namespace: 'shop' }, spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'far' } } }] }] } };
  const open = { ...isolate('shop'), metadata: { name: 'world', namespace: 'shop' }, spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ ports: [{ port: 80 }] }] } };
  expect([...objects, stranger, open]).toReachOnly({ from: 'world', to: { 'shop/web': 80 } });
  expect([...objects, stranger, open]).not.toReachOnly({ from: 'world', to: {} });
});

test('policies that are not evaluated are told with what fails, and once with what does not', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  const admin = (name: string) => ({ apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name } });
  const several = [...objects, ...['a', 'b', 'c', 'd'].map(admin)];
  const denied = { from: 'shop/api', to: 'shop/db', port: 5432 };
  expect(several).toDeny(denied);
  expect(several).toDeny(denied);
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    ...['a', 'b', 'c'].map(name => expect.stringContaining(`AdminNetworkPolicy ${name} is not evaluated`) as string), 'and 1 more that are not evaluated',
  ]);
  expect(matchers.toAllow(several, denied).message()).toContain('  note: AdminNetworkPolicy a is not evaluated: answers are as if it were not there');
  warn.mockRestore();
});

test('what is denied to a whole namespace is denied to pods too that a policy means and the set does not have', () => {
  const letIn = { ...isolate('shop'), metadata: { name: 'in', namespace: 'shop' }, spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra' } }, podSelector: { matchLabels: { app: 'envoy' } } }] }] } };
  const infra = [...objects, letIn, namespace('infra'), pod('infra', { app: 'web' }, { name: 'web' })];
  for (const [from, expected] of [['infra/*', false], ['infra/app in (envoy,web)', false], ['infra/app!=web', false], ['infra/app=web', true], ['infra/web', true]] as const) {
    const question = { from, to: 'shop/db', port: 5432 };
    expect(matchers.toDeny(infra, question).pass).toBe(expected);
    const row = { from, to: 'shop/db', port: '5432', expect: 'denied' as const };
    expect(runFlowTable({ flows: [row], nothingElse: false }, Cluster.fromManifests(infra)).every(({ passed }) => passed)).toBe(expected);
  }
  expect(matchers.toDeny(infra, { from: 'infra/*', to: 'shop/db', port: 5432 }).message()).toContain('infra/app=envoy[Pods] => shop/db[Pod] : 5432/TCP is allowed');
  expect(infra).toDeny({ from: 'shop/web', to: 'infra/*', port: 80 });
  expect(matchers.toAllow(infra, { from: 'infra/*', to: 'world', port: 80 }).pass).toBe(true);
});

test('expectations of a set without workloads are errors', () => {
  const question = { from: '*', to: 'world', port: 443 };
  expect(() => expect([namespace('shop')]).toDeny(question)).toThrow("given '*'; allowed: a workload of the set");
  expect(() => expect([namespace('shop')]).toAllow(question)).toThrow("given '*'; allowed: a workload of the set");
  expect(() => expect([namespace('shop')]).toReachOnly({ from: 'world', to: {} })).toThrow('given a set without workloads');
});

test('toReachOnly with some requests is not met where more pass at some addresses', () => {
  const rule = (cidr: string, path: string) => ({ fromCIDR: [cidr], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET', path }] } }] });
  const cnp = (...ingress: object[]) => [
    ...objects.slice(0, 2),
    { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'in', namespace: 'shop' }, spec: { endpointSelector: { matchLabels: { app: 'web' } }, ingress } },
  ];
  const only = (...requests: string[]) => ({ to: 'shop/web', from: { '10.0.0.0/8': { port: 80, only: requests } } });
  expect(cnp(rule('10.0.0.0/8', '/v1'))).toReachOnly(only('GET /v1'));
  expect(cnp(rule('10.0.0.0/8', '/v1'), rule('10.9.0.0/16', '/admin'))).not.toReachOnly(only('GET /v1'));
});

describe('of charts and apps', () => {
  function shop(scope: Construct): Chart {
    const chart = new Chart(scope, 'shop', { namespace: 'shop' });
    for (const app of ['web', 'api']) {
      new ApiObject(chart, app, { apiVersion: 'v1', kind: 'Pod', metadata: { name: app, labels: { app } }, spec: { containers: [] } });
    }
    new DefaultDeny(chart, 'default-deny');
    return chart;
  }

  test('a chart is asked with everything else of its cluster', () => {
    const app = new App();
    const chart = shop(app);
    const policies = new Chart(app, 'policies', { namespace: 'shop' });
    expect(chart).toDeny({ from: 'shop/web', to: 'shop/api', port: 80 });
    new Allow(policies, 'allow', {
      from: new Workload(policies, 'web', { labels: { app: 'web' } }), to: new Workload(policies, 'api', { labels: { app: 'api' } }), ports: [Port.tcp(80)],
    });
    expect(chart).toAllow({ from: 'shop/web', to: 'shop/api', port: 80 });
    expect(app).toAllow({ from: 'shop/web', to: 'shop/api', port: 80 });
  });

  test('the target is that of its platform', () => {
    const app = new App();
    const clusters = [Cni.cilium(), Cni.calico()].map((cni, index) => {
      const scope = new Construct(app, `cluster${index}`);
      new Platform(scope, 'platform', { cni });
      return shop(scope);
    });
    expect(clusters.map(chart => clusterOf(chart).dataplane)).toEqual(['cilium', 'kubernetes']);
    expect(() => clusterOf(app)).toThrow('with several clusters: cluster0, cluster1');
  });

  test('asking about objects that no construct of the library made creates no platform', () => {
    const app = new App();
    const chart = new Chart(app, 'plain', { namespace: 'shop' });
    new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [] } });
    expect(chart).toAllow({ from: 'shop/web', to: '203.0.113.7', port: 443 });
    expect(() => new Platform(app, 'platform')).not.toThrow();
  });

  test('a Cluster is taken as it is, anything else is an error', () => {
    const cluster = Cluster.fromManifests(objects, { target: { cni: 'calico' } });
    expect(clusterOf(cluster)).toBe(cluster);
    expect(() => expect('shop').toAllow(webToApi)).toThrow('given string; allowed: a chart, an app, a list of Kubernetes objects, or a Cluster');
  });
});
