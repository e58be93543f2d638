import { Chart } from 'cdk8s';
import { CNIS, objectsOf, reachOf } from './support';
import { AllowDns, Cni, DefaultDeny, DenyMetadataService, DnsResolver, LabelExpression, LabelSelector, Workload } from '../../src';
import { namespace, pod } from '../support/reach';

const NAMES = ['api', 'web', 'job', 'cron'];
const pods = [
  namespace('shop'),
  namespace('kube-system'),
  ...NAMES.map(name => pod('shop', { app: name, tier: name === 'cron' ? 'batch' : 'live' }, { name })),
  pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' }),
];
const app = (chart: Chart, name: string, ns?: string) => new Workload(chart, name, { namespace: ns, labels: { app: name } });
const tier = (chart: Chart, name: string) => new Workload(chart, `tier-${name}`, { labels: { tier: name } });

/** The pods of `shop` that may look up names. */
function askers(cni: Cni, add: (chart: Chart) => void): string[] {
  const reach = reachOf(cni, objectsOf({ cni }, chart => {
    new DefaultDeny(chart, 'deny', { dns: false });
    add(chart);
  }), pods);
  return NAMES.filter(name => reach.allows({ from: `shop/${name}`, to: 'kube-system/coredns', port: 53, protocol: 'UDP' }));
}

describe.each(CNIS)('workloads left out of AllowDns on %s', (_, cni) => {
  test('are those and no others, by one label key', () => {
    expect(askers(cni, chart => new AllowDns(chart, 'dns', { except: [app(chart, 'api'), app(chart, 'job')] }))).toEqual(['web', 'cron']);
  });

  test('are the pods of either, by two label keys', () => {
    expect(askers(cni, chart => new AllowDns(chart, 'dns', { except: [app(chart, 'api'), tier(chart, 'batch')] }))).toEqual(['web', 'job']);
  });

  test('add up, in whatever order and however often they are named', () => {
    const twice = (first: string, second: string) => askers(cni, chart => {
      const dns = new AllowDns(chart, 'dns', { except: [app(chart, first)] });
      const other = app(chart, second);
      dns.exempt(other);
      dns.exempt(other);
    });
    expect(twice('api', 'web')).toEqual(['job', 'cron']);
    expect(twice('web', 'api')).toEqual(['job', 'cron']);
  });

  test('leave a subject narrower than the namespace', () => {
    expect(askers(cni, chart => new AllowDns(chart, 'dns', { from: tier(chart, 'live'), except: [app(chart, 'api')] }))).toEqual(['web', 'job']);
  });
});

test('exempting writes one selector, the same for every order', () => {
  const selector = (...names: string[]) => objectsOf({}, chart => new AllowDns(chart, 'dns').exempt(...names.map(name => app(chart, name))))[0]!.spec.podSelector;
  expect(selector('web', 'api')).toEqual({ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['api', 'web'] }] });
  expect(selector('api', 'web')).toEqual(selector('web', 'api'));
});

test('exempting works on the CiliumNetworkPolicy of NodeLocal DNSCache too', () => {
  const [policy] = objectsOf({ dns: DnsResolver.nodeLocalDns() }, chart => new AllowDns(chart, 'dns').exempt(app(chart, 'api')));
  expect(policy).toMatchObject({
    kind: 'CiliumNetworkPolicy',
    spec: { endpointSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['api'] }] } },
  });
});

describe('what cannot be left out', () => {
  const dns = (except: (chart: Chart) => Workload) => () => objectsOf({}, chart => new AllowDns(chart, 'dns', { except: [except(chart)] }));
  const byTwo = (chart: Chart) => new Workload(chart, 'two', { labels: { app: 'two', tier: 'x' } });
  const byExpression = (chart: Chart) => new Workload(chart, 'in', { selector: LabelSelector.expressions(LabelExpression.in('app', 'a', 'b')) });

  test.each([
    ['a workload of two labels', dns(byTwo), /test\/dns \(AllowDns\): except: given two, which is selected by app=two,tier=x; .*one label/],
    ['a workload by an expression', dns(byExpression), /given in, which is selected by app in \(a,b\)/],
    ['every pod', dns(chart => Workload.allPods(chart, 'all')), /given all-pods, which is selected by nothing/],
    ['a workload of another namespace', dns(chart => app(chart, 'idp', 'auth')), /given idp of the namespace auth; allowed: workloads of shop.*Leave it out here/],
    ['a later one of another namespace', () => objectsOf({}, chart => new AllowDns(chart, 'dns').exempt(app(chart, 'idp', 'auth'))), /given idp of the namespace auth/],
    ['the subject itself', () => objectsOf({}, chart => {
      const api = app(chart, 'api');
      new AllowDns(chart, 'dns', { from: api, except: [api] });
    }), /nothing can ever match/],
    ['from DenyMetadataService, a workload of another namespace', () => objectsOf({}, chart => {
      new DenyMetadataService(chart, 'metadata', { except: [app(chart, 'idp', 'auth')] });
    }), /test\/metadata \(DenyMetadataService\): except: given idp of the namespace auth/],
  ] as const)('%s', (_, attempt, message) => expect(attempt).toThrow(message));

  test('a workload of the same namespace, wherever it is named, can', () => {
    expect(() => objectsOf({}, chart => {
      new AllowDns(chart, 'dns', { namespace: 'auth', except: [app(chart, 'idp', 'auth')] });
      new DenyMetadataService(chart, 'metadata', { namespace: 'auth', except: [app(chart, 'other', 'auth')] });
    })).not.toThrow();
  });
});

describe('the namespace of AllowDns', () => {
  test('is that of the workload, wherever the construct stands', () => {
    const [policy] = objectsOf({}, chart => new AllowDns(chart, 'dns', { from: app(chart, 'idp', 'auth') }));
    expect(policy!.metadata).toMatchObject({ name: 'allow-idp-to-dns', namespace: 'auth' });
  });

  test('cannot be another', () => {
    const beside = (ns: string) => () => objectsOf({}, chart => new AllowDns(chart, 'dns', { namespace: ns, from: app(chart, 'idp', 'auth') }));
    expect(beside('shop')).toThrow(/test\/dns \(AllowDns\): namespace: given shop, beside a workload of auth; allowed: the namespace of `from`. Leave `namespace` out/);
    expect(beside('auth')).not.toThrow();
  });
});
