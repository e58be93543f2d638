import { App, ApiObject, Chart } from 'cdk8s';
import { Allow, Cni, DefaultDeny, Platform, Port, Workload } from 'cdk8s-guardrails';
import { clusterOf, matchers } from 'cdk8s-guardrails/jest';
import { Cluster } from 'cdk8s-guardrails/reach';
import { Construct } from 'constructs';
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
