import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AllowInternet, AssertIsolated, AssertReachable, AssertUnreachable, Cni, DefaultDeny, HttpPath, HttpRule, L7Allow, Peer, Platform, Port,
  RemovalPolicy, TenantNamespace, TenantRole, Workload,
} from '../../src';

function namespaced(scope: Construct, name: string, apps: string[], team = name): { chart: Chart; workloads: Workload[] } {
  const chart = new Chart(scope, name, { namespace: name });
  new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, namespace: undefined, labels: { 'platform.io/team': team } } });
  for (const app of apps) {
    new ApiObject(chart, `pod-${app}`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: app },
      spec: {
        selector: { matchLabels: { app } },
        template: { metadata: { labels: { app } }, spec: { containers: [{ name: app, image: 'x:1', ports: [{ name: 'http', containerPort: 8080 }] }] } },
      },
    });
  }
  new DefaultDeny(chart, 'default-deny');
  return { chart, workloads: apps.map(app => new Workload(chart, app, { labels: { app } })) };
}

function shop() {
  const app = new App();
  const { chart, workloads: [web, api] } = namespaced(app, 'shop', ['web', 'api']);
  const { chart: other, workloads: [job] } = namespaced(app, 'other', ['job']);
  return { app, chart, web: web!, api: api!, other, job: job! };
}

/** What stops the synth, or nothing. */
function errorOf(app: App): string {
  try {
    app.synthYaml();
    const problems = app.node.findAll().flatMap(construct => construct.node.validate());
    return problems.join('\n');
  } catch (error) {
    return String(error);
  }
}

describe('AssertReachable', () => {
  test('passes when both ends allow it, whichever chart they are in', () => {
    const { app, web, api, other } = shop();
    api.allowFrom(web, Port.tcp(8080));
    new AssertReachable(other, 'by-label', { from: web.place, to: api.place, port: Port.tcp(8080) });
    new AssertReachable(other, 'by-name', { from: 'shop/web', to: 'shop/api', port: Port.named('http') });
    expect(errorOf(app)).toBe('');
  });

  test('fails with what stands in the way, and names itself', () => {
    const { app, web, api, chart } = shop();
    api.allowFrom(web, Port.tcp(8080));
    new AssertReachable(chart, 'metrics', { from: web.place, to: api.place, port: Port.tcp(9090) });
    const error = errorOf(app);
    expect(error).toContain('shop/metrics (AssertReachable): this should be allowed, and is not.');
    expect(error).toContain('shop/web[Deployment] => shop/api[Deployment] : 9090/TCP is denied');
    expect(error).toContain('the peer matches, the port does not: only 8080/TCP');
    expect(error).toContain('(shop/web/allow-web-to-api');
  });

  test('wants every port of a range', () => {
    const { app, web, api, chart } = shop();
    api.allowFrom(web, Port.tcpRange(8080, 8090));
    new AssertReachable(chart, 'inside', { from: web.place, to: api.place, port: Port.tcpRange(8081, 8090) });
    expect(errorOf(app)).toBe('');
    new AssertReachable(chart, 'beyond', { from: web.place, to: api.place, port: Port.tcpRange(8081, 8091) });
    expect(errorOf(app)).toContain('8091/TCP is denied');
  });

  test('looks at requests', () => {
    const { app, web, api, chart } = shop();
    new L7Allow(chart, 'l7', { to: api, from: [web], port: Port.tcp(8080), http: [HttpRule.get(HttpPath.prefix('/v1'))] });
    const connection = { from: web.place, to: api.place, port: Port.tcp(8080) };
    new AssertReachable(chart, 'get', { ...connection, http: { method: 'GET', path: '/v1/a?b=c' } });
    new AssertUnreachable(chart, 'post', { ...connection, http: { method: 'POST', path: '/v1/a' } });
    expect(errorOf(app)).toBe('');
    new AssertReachable(chart, 'admin', { ...connection, http: { path: '/admin' } });
    expect(errorOf(app)).toContain('the request does not: only GET');
  });

  test('a place that is nobody fails it', () => {
    const { app, chart } = shop();
    new AssertUnreachable(chart, 'typo', { from: 'shop/wep', to: 'shop/api', port: Port.tcp(8080) });
    expect(errorOf(app)).toContain("shop/typo (AssertUnreachable): reach: place: given 'shop/wep'");
  });
});

test('a policy that the cluster refuses stops nothing, and the error tells it', () => {
  const app = new App();
  const chart = new Chart(app, 'open', { namespace: 'open' });
  new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [] } });
  const rules = { http: [{ path: '*' }] };
  new ApiObject(chart, 'policy', {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'dropped' },
    spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules }] }] },
  });
  new AssertUnreachable(chart, 'closed', { from: 'world', to: 'open/web', port: Port.tcp(22) });
  const error = errorOf(app);
  expect(error).toContain('22/TCP is allowed');
  expect(error).toContain('note: CiliumNetworkPolicy open/dropped has no effect');
});

describe('AssertUnreachable', () => {
  test('passes when one end denies, and fails when both allow', () => {
    const { app, web, api, chart } = shop();
    new AssertUnreachable(chart, 'alone', { from: web.place, to: api.place, port: Port.all() });
    expect(errorOf(app)).toBe('');
    api.allowFrom(web, Port.tcp(8080));
    expect(errorOf(app)).toContain('8080/TCP is allowed');
  });

  test('is of its own cluster only', () => {
    const app = new App();
    const [left, right] = ['left', 'right'].map(name => {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform', { cni: Cni.calico() });
      return namespaced(scope, 'shop', ['web', 'api']);
    });
    right!.workloads[1]!.allowFrom(right!.workloads[0]!, Port.tcp(80));
    new AssertUnreachable(left!.chart, 'assert', { from: 'shop/web', to: 'shop/api', port: Port.tcp(80) });
    new AssertReachable(right!.chart, 'assert', { from: 'shop/web', to: 'shop/api', port: Port.tcp(80) });
    expect(errorOf(app)).toBe('');
  });
});

test('pods of other kinds are known where the platform says where they have their template', () => {
  const app = new App();
  new Platform(app, 'platform', { podTemplates: { Rollout: 'spec.template' } });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new ApiObject(chart, 'canary', {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'canary' }, spec: { template: { spec: { containers: [] } } },
  });
  new AssertReachable(chart, 'canary-resolves', { from: 'shop/canary', to: 'world', port: Port.tcp(443) });
  expect(errorOf(app)).toBe('');
});

describe('AssertIsolated', () => {
  test('passes where nothing but what is excepted crosses the border', () => {
    const { app, chart, web, api, job } = shop();
    api.allowFrom(web, Port.tcp(8080));
    new AssertIsolated(chart, 'by-name', { namespaces: ['shop'] });
    expect(errorOf(app)).toBe('');
    web.allowFrom(job, Port.tcp(8080));
    expect(errorOf(app)).toContain('other/job[Deployment] => shop/web[Deployment] : 8080/TCP is allowed');
  });

  test('lets pass what is excepted', () => {
    const { app, chart, web, job } = shop();
    web.allowFrom(job, Port.tcp(8080));
    new AssertIsolated(chart, 'alone', { tenant: 'shop', except: ['other/job'] });
    expect(errorOf(app)).toBe('');
  });

  test('fails with every pair that crosses it', () => {
    const { app, chart, web } = shop();
    new AllowInternet(chart, 'out', { from: web, ports: [Port.tcp(443)] });
    new AssertIsolated(chart, 'alone', { tenant: 'shop' });
    const error = errorOf(app);
    expect(error).toContain('shop/alone (AssertIsolated): this should be denied, and is not.');
    expect(error).toMatch(/shop\/web\[Deployment\] => [\d.]+-[\d.]+ : 443\/TCP is allowed/);
  });

  test('fails where pods get in that the program does not have', () => {
    const { app, chart, web } = shop();
    web.allowFrom(Peer.pods({ app: 'crawler' }, { namespace: 'partner', name: 'crawler' }), Port.tcp(8080));
    new AssertIsolated(chart, 'alone', { tenant: 'shop' });
    expect(errorOf(app)).toContain('partner/app=crawler[Pods] => shop/web[Deployment] : 8080/TCP is allowed');
  });

  test('fails where namespaces are let in by a label, whoever of them the program has', () => {
    const { app, chart, web } = shop();
    web.allowFrom(Peer.namespaces({ 'platform.io/team': 'other' }, { name: 'other' }), Port.tcp(8080));
    new AssertIsolated(chart, 'alone', { tenant: 'shop', except: ['other/*'] });
    expect(errorOf(app)).toContain('platform.io/team=other/*[Pods] => shop/web[Deployment] : 8080/TCP is allowed');
  });

  test('lets in whoever is of the same tenant, in namespaces too that the program does not have', () => {
    const { app, chart, web } = shop();
    web.allowFrom(Peer.namespaces({ 'platform.io/team': 'shop' }, { name: 'team' }), Port.tcp(8080));
    new AssertIsolated(chart, 'alone', { tenant: 'shop' });
    expect(errorOf(app)).toBe('');
  });

  test('takes nobody for a tenant because a policy says so of somebody else in the namespace', () => {
    const { app, chart } = shop();
    const letIn = (name: string, port: number, labels: object) => new ApiObject(chart, name, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name },
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra', ...labels } } }], ports: [{ port }] }],
      },
    });
    letIn('own', 8080, { 'platform.io/team': 'shop' });
    new AssertIsolated(chart, 'alone', { tenant: 'shop' });
    expect(errorOf(app)).toBe('');
    letIn('any', 8081, {});
    expect(errorOf(app)).toContain('infra/*[Pods] => shop/web[Deployment] : 8081/TCP is allowed');
  });

  test('fails where it depends on something whether it passes', () => {
    const { app, chart } = shop();
    new ApiObject(chart, 'cloud', {
      apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'cloud' }, spec: { endpointSelector: {}, egress: [{ toGroups: [{ aws: { region: 'eu-1' } }] }] },
    });
    new AssertIsolated(chart, 'alone', { tenant: 'shop' });
    expect(errorOf(app)).toContain('depends on whether the group of the cloud holds it');
  });

  test('finds the namespaces of a tenant as the checks do', () => {
    const { app, chart, web, job } = shop();
    const plain = new Chart(app, 'flux', { namespace: 'flux' });
    new ApiObject(plain, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux', namespace: undefined, labels: { 'toolkit.fluxcd.io/tenant': 'shop' } } });
    new ApiObject(plain, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'open' }, spec: { containers: [] } });
    web.allowFrom(job, Port.tcp(8080));
    new AssertIsolated(chart, 'alone', { tenant: 'shop', except: ['other/*'] });
    expect(errorOf(app)).toContain('flux/open[Pod] => ');
  });

  test('fails where no namespace is meant, and says whose there are and how else to say it', () => {
    const { app, chart } = shop();
    new AssertIsolated(chart, 'alone', { tenant: 'shopp' });
    new AssertIsolated(chart, 'label', { tenant: 'shop', tenantLabel: 'example.com/owner' });
    const error = errorOf(app);
    expect(error).toContain('no Namespace of the program has the label platform.io/team=shopp; tenants that there are: other, shop.');
    expect(error).toContain('no Namespace of the program has the label example.com/owner=shop; tenants that there are: none.');
    expect(error).toContain("name with 'tenantLabel' the label of namespaces that says whose they are, or give the 'namespaces' themselves.");
  });

  test('fails where one of several namespaces is not there, which may be misspelt', () => {
    const { app, chart } = shop();
    new AssertIsolated(chart, 'alone', { namespaces: ['shop', 'shpo'] });
    expect(errorOf(app)).toContain("neither a Namespace shpo nor workloads in it. Mend the name in 'namespaces'");
  });

  test('takes a namespace that nobody is in yet, and knows whether it is shut', () => {
    const { app, chart } = shop();
    namespaced(app, 'jobs', []);
    new AssertIsolated(chart, 'alone', { namespaces: ['shop', 'jobs'] });
    new AssertIsolated(chart, 'nobody', { namespaces: ['jobs'] });
    expect(errorOf(app)).toBe('');
    new ApiObject(chart, 'open', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'open', namespace: undefined, labels: { 'platform.io/team': 'shop' } } });
    new AssertIsolated(chart, 'tenant', { tenant: 'shop' });
    expect(errorOf(app)).toContain('shop/tenant (AssertIsolated): this should be denied, and is not.\nopen/*[Pods] => ');
  });

  test('wants at least one namespace', () => {
    const { app, chart } = shop();
    new AssertIsolated(chart, 'nobody', { namespaces: [] });
    expect(errorOf(app)).toContain("no namespace is named. Name those that are meant in 'namespaces'");
  });

  test.each([[{}, 'neither tenant nor namespaces'], [{ tenant: 'shop', namespaces: ['shop'] }, 'tenant and namespaces']])('%j is an error', (props, given) => {
    expect(() => new AssertIsolated(shop().chart, 'alone', props)).toThrow(`given ${given}; allowed: one of them`);
  });
});

describe('in a program of policies, without workloads', () => {
  function policies() {
    const app = new App();
    const chart = new Chart(app, 'payments', { namespace: 'payments' });
    new TenantRole(chart, 'tenant-role');
    const tenant = new TenantNamespace(chart, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN });
    const [web, api] = ['web', 'api'].map(name => tenant.workload(name, { labels: { app: name } }));
    web!.allowFrom(Peer.pods({ app: 'envoy' }, { namespace: 'infra', name: 'envoy' }), Port.tcp(8080));
    return { app, chart, tenant, web: web!, api: api! };
  }

  test('workloads that no policy means are denied by the default', () => {
    const { app, chart, tenant, web, api } = policies();
    const batch = tenant.workload('batch', { labels: { app: 'batch', tier: 'back' } });
    new AssertUnreachable(chart, 'no', { from: web.place, to: batch.place, port: Port.tcp(5432) });
    new AssertUnreachable(chart, 'nor', { from: api.place, to: batch.place, port: Port.tcp(5432) });
    expect(errorOf(app)).toBe('');
    new AssertReachable(chart, 'forgotten', { from: web.place, to: batch.place, port: Port.tcp(5432) });
    const error = errorOf(app);
    expect(error).toContain('payments/app=web[Pods] => payments/app=batch,tier=back[Pods] : 5432/TCP is denied');
    expect(error).toContain('default-deny isolates');
  });

  test('what is allowed passes', () => {
    const { app, chart, web, api } = policies();
    api.allowFrom(web, Port.tcp(8080));
    new AssertReachable(chart, 'yes', { from: web.place, to: api.place, port: Port.tcp(8080) });
    expect(errorOf(app)).toBe('');
    new AssertUnreachable(chart, 'open', { from: web.place, to: api.place, port: Port.tcp(8080) });
    expect(errorOf(app)).toContain('payments/app=web[Pods] => payments/app=api[Pods] : 8080/TCP is allowed');
  });

  test('a tenant is isolated but for those who are excepted', () => {
    const { app, chart } = policies();
    new AssertIsolated(chart, 'alone', { tenant: 'payments', except: ['infra/app=envoy', 'kube-system/*'] });
    new AssertIsolated(chart, 'by-name', { namespaces: ['payments'], except: ['infra/*', 'kube-system/*'] });
    expect(errorOf(app)).toBe('');
    new AssertIsolated(chart, 'strict', { tenant: 'payments', except: ['kube-system/*'] });
    const error = errorOf(app);
    expect(error).toContain('payments/strict (AssertIsolated): this should be denied, and is not.\n');
    expect(error).toContain('infra/app=envoy[Pods] => payments/app=web[Pods]');
  });

  test('a tenant without a namespace is an error, and so is a workload of another one', () => {
    const { app, chart, api } = policies();
    new AssertIsolated(chart, 'alone', { tenant: 'payment' });
    new AssertUnreachable(chart, 'misspelt', { from: 'payment/app=web', to: api.place, port: Port.tcp(80) });
    const error = errorOf(app);
    expect(error).toContain('no Namespace of the program has the label platform.io/team=payment; tenants that there are: payments.');
    expect(error).toContain("given 'payment/app=web'; allowed: a workload of the set. Perhaps payments/app=web[Pods]. Pods with these labels");
  });
});

describe('policies that are not evaluated', () => {
  const addCalico = (chart: Chart) => new ApiObject(chart, 'calico', {
    apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'all' }, spec: { ingress: [{ action: 'Allow' }] },
  });
  const warningsOf = (app: App) => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const error = errorOf(app);
    const lines = write.mock.calls.map(([text]) => String(text)).filter(text => text.includes('not evaluated'));
    write.mockRestore();
    return { error, lines: [...new Set(lines)] };
  };

  test.each<[string, (chart: Chart) => unknown]>([
    ['AssertIsolated', chart => new AssertIsolated(chart, 'holds', { tenant: 'shop' })],
    ['AssertUnreachable', chart => new AssertUnreachable(chart, 'holds', { from: 'other/job', to: 'shop/web', port: Port.tcp(80) })],
    ['AssertReachable', chart => new AssertReachable(chart, 'holds', { from: 'shop/web', to: 'shop/web', port: Port.tcp(8080) })],
  ])('are told where %s holds without them', (_name, assertion) => {
    const { app, chart, web } = shop();
    web.allowFrom(web, Port.tcp(8080));
    assertion(chart);
    expect(warningsOf(app)).toEqual({ error: '', lines: [] });
    addCalico(chart);
    expect(warningsOf(app)).toEqual({
      error: '', lines: ['warning assertions of the app: NetworkPolicy shop/all is not evaluated: answers are as if it were not there\n'],
    });
  });

  test('are not told where nothing is asserted, nor of another cluster', () => {
    const app = new App();
    const [left, right] = ['left', 'right'].map(name => {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform', { cni: Cni.calico() });
      return namespaced(scope, 'shop', ['web']);
    });
    addCalico(left!.chart);
    expect(warningsOf(app).lines).toEqual([]);
    new AssertIsolated(right!.chart, 'holds', { tenant: 'shop' });
    expect(warningsOf(app).lines).toEqual([]);
    new AssertIsolated(left!.chart, 'holds', { tenant: 'shop' });
    expect(warningsOf(app).lines).toEqual([expect.stringMatching(/^warning assertions of left: NetworkPolicy shop\/all /)]);
  });
});
