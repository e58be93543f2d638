import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CNIS, objectsOf, reachOf } from './support';
import { Cni, DefaultDeny, Entity, LabelSelector, Peer, Platform, Port, Workload } from '../../src';
import { namespace, pod } from '../support/reach';
import { manifests, testApp, testChart } from '../support/synth';

const deployment = (chart: Chart, id = 'api', labels: Record<string, string> = { app: 'api' }) =>
  new kplus.Deployment(chart, id, { podMetadata: { labels }, containers: [{ image: 'x' }] });
const shop = () => new Chart(testApp(), 'test', { namespace: 'shop' });

describe('Workload.of', () => {
  test('never selects by the address label of cdk8s-plus, whose value changes when a construct moves', () => {
    const workload = Workload.of(deployment(shop()));
    expect(workload.selector.toString()).toBe('app=api');
    expect(workload.namespace).toBe('shop');
  });

  test('tells a Service from what has pods, by its place', () => {
    const service = new kplus.Service(shop(), 'api', { ports: [{ port: 80 }] });
    expect(() => Workload.of(service as never)).toThrow('Workload.of: selector: given Service test/api; allowed: a workload or a selection of pods');
  });

  test('takes labels that the pod template has by then', () => {
    const api = deployment(shop());
    api.podMetadata.addLabel('tier', 'back');
    expect(Workload.of(api).selector.toString()).toBe('app=api,tier=back');
  });

  test('takes every pod, and pods by expression, of the namespace of the chart', () => {
    const chart = shop();
    expect(Workload.of(kplus.Pods.all(chart, 'all')).selector.selectsAll).toBe(true);
    const some = kplus.Pods.select(chart, 'some', { expressions: [kplus.LabelExpression.in('app', ['a', 'b'])] });
    expect(Workload.of(some)).toMatchObject({ namespace: 'shop', name: 'some' });
    expect(Workload.of(some).selector.toString()).toBe('app in (a,b)');
  });

  test('is found again whatever was asked first, as long as the second call wants the same', () => {
    const api = deployment(shop());
    const first = Workload.of(api, { name: 'shop-api' });
    expect([Workload.of(api), Workload.of(api, { name: 'shop-api', namespace: 'shop' })]).toEqual([first, first]);
    expect(() => Workload.of(api, { name: 'api' }))
      .toThrow(/test\/api\/Workload \(Workload\): name: given 'api', where an earlier Workload.of said 'shop-api'; allowed: one name/);
    expect(() => Workload.of(api, { namespace: 'auth' })).toThrow(/namespace: given 'auth', where an earlier Workload.of said 'shop'/);
  });

  test.each<[string, (chart: Chart) => kplus.IPodSelector]>([
    ['by the label of their namespaces', chart => kplus.Pods.all(chart, 'p', { namespaces: kplus.Namespaces.select(chart, 'ns', { labels: { team: 'a' } }) })],
    ['of every namespace', chart => kplus.Pods.all(chart, 'p', { namespaces: kplus.Namespaces.all(chart, 'ns') })],
  ])('asks for the namespace of pods %s', (_, make) => {
    expect(() => Workload.of(make(shop()))).toThrow(/test\/p \(Pods\): namespace: given pods of several namespaces.*Pass `namespace`/);
    expect(Workload.of(make(shop()), { namespace: 'auth' }).namespace).toBe('auth');
  });

  test('names no label, no namespace, and a name that is none', () => {
    const bare = new kplus.Pod(shop(), 'Bare', { containers: [{ image: 'x' }] });
    expect(() => Workload.of(bare)).toThrow(/test\/Bare \(Pod\): pod labels: given none.*'app.kubernetes.io\/name': 'bare'/);
    expect(() => Workload.of(deployment(testChart()))).toThrow(/test\/api\/Workload \(Workload\): namespace: given none/);
    const odd = deployment(shop(), 'api_v2');
    expect(() => Workload.of(odd)).toThrow(/name: given "api_v2".*Write 'api-v2'/);
  });
});

describe('the labels by which Workload.of selects', () => {
  const release = { 'app': 'api', 'app.kubernetes.io/version': '3.1.0', 'helm.sh/chart': 'api-1.2.3', 'pod-template-hash': 'abc' };
  const selecting = (...selectors: kplus.LabelSelector[]) => {
    const api = new kplus.Deployment(shop(), 'api', {
      select: selectors.length === 0, podMetadata: { labels: { ...release, tier: 'back' } }, containers: [{ image: 'x' }],
    });
    api.select(...selectors);
    return api;
  };
  const by = (...args: Parameters<typeof Workload.of>) => Workload.of(...args).selector.toString();

  test('are those that stay through an upgrade', () => {
    expect(by(selecting())).toBe('app=api,tier=back');
    expect(() => by(deployment(shop(), 'api', { 'app.kubernetes.io/version': '1', 'helm.sh/chart': 'x-1' })))
      .toThrow(/test\/api \(Deployment\): pod labels: given none but app.kubernetes.io\/version, helm.sh\/chart; allowed: at least one label/);
  });

  test('keep a flow open when the version moves on, and for no other workload', () => {
    const objects = objectsOf({}, chart => {
      new DefaultDeny(chart, 'deny', { dns: false });
      Workload.of(deployment(chart, 'api', release)).allowFrom(Peer.namespace('auth'), Port.tcp(80));
    });
    const pods = [pod('shop', { ...release, 'app.kubernetes.io/version': '3.2.0', 'helm.sh/chart': 'api-1.3.0' }, { name: 'api' }), pod('shop', { app: 'web' }, { name: 'web' })];
    const reach = reachOf(Cni.cilium(), objects, [namespace('shop'), namespace('auth'), ...pods, pod('auth', {}, { name: 'idp' })]);
    expect(['shop/api', 'shop/web'].map(to => reach.allows({ from: 'auth/idp', to, port: 80 }))).toEqual([true, false]);
  });

  test('are those of the selector of the workload, where it has one of its own', () => {
    expect(by(selecting(kplus.LabelSelector.of({ labels: { app: 'api' } })))).toBe('app=api');
    const expressions = [kplus.LabelExpression.in('tier', ['back', 'front'])];
    expect(by(selecting(kplus.LabelSelector.of({ labels: { app: 'api' }, expressions })))).toBe('app=api,tier in (back,front)');
    expect(by(selecting(kplus.LabelSelector.of({ expressions })))).toBe('tier in (back,front)');
    expect(() => by(selecting(kplus.LabelSelector.of({ labels: { app: 'web' } }))))
      .toThrow(/test\/api \(Deployment\): pod labels: given app=web; allowed: what selects the pods of the template, which have app=api,.*Put the same labels into podMetadata/);
  });

  test('are those that are chosen, if the pod template has them', () => {
    const chosen = (labels: Record<string, string>) => by(selecting(), { labels });
    expect(chosen({ tier: 'back' })).toBe('tier=back');
    expect(() => chosen({ tier: 'front' })).toThrow(/test\/api \(Deployment\): labels: given tier=front; allowed: what selects the pods of the template/);
    expect(() => chosen({})).toThrow(/test\/api \(Deployment\): labels: given none; allowed: at least one label/);
    expect(() => by(kplus.Pods.all(shop(), 'all'), { labels: { a: 'b' } })).toThrow(/test\/all \(Pods\): labels: given labels, beside a selection of pods/);
  });

  test('are chosen once', () => {
    const api = selecting();
    const first = Workload.of(api, { labels: { app: 'api', tier: 'back' } });
    expect([Workload.of(api), Workload.of(api, { labels: { tier: 'back', app: 'api' } })]).toEqual([first, first]);
    expect(() => Workload.of(api, { labels: { app: 'api' } })).toThrow(/labels: given app=api, where an earlier Workload.of selects by app=api,tier=back/);
  });
});

describe('Peer.of', () => {
  const from = (make: (chart: Chart) => kplus.INetworkPolicyPeer, ns = 'shop') => {
    const objects = objectsOf({ cni: Cni.calico() }, chart => {
      new Workload(chart, 'w', { namespace: ns, labels: { app: 'w' } }).allowFrom(Peer.of(make(chart), { name: 'peer' }), Port.tcp(80));
    });
    return objects.find(({ kind }) => kind === 'NetworkPolicy')!.spec.ingress[0].from;
  };
  const named = (name: string) => ({ 'kubernetes.io/metadata.name': name });

  test.each<[string, (chart: Chart) => kplus.INetworkPolicyPeer, object]>([
    ['a Namespace', chart => new kplus.Namespace(chart, 'n', { metadata: { name: 'auth' } }), { namespaceSelector: { matchLabels: named('auth') }, podSelector: {} }],
    ['namespaces by name', chart => kplus.Namespaces.select(chart, 'n', { names: ['a', 'b'] }),
      { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] }] }, podSelector: {} }],
    ['namespaces by label', chart => kplus.Namespaces.select(chart, 'n', { labels: { team: 'a' } }),
      { namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: {} }],
    ['namespaces by label and name, which must both hold', chart => kplus.Namespaces.select(chart, 'n', { labels: { team: 'a' }, names: ['a'] }), {
      namespaceSelector: { matchLabels: { team: 'a' }, matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a'] }] }, podSelector: {},
    }],
    ['pods of some namespaces', chart => kplus.Pods.select(chart, 'p', { labels: { app: 'x' }, namespaces: kplus.Namespaces.select(chart, 'n', { names: ['auth'] }) }),
      { namespaceSelector: { matchLabels: named('auth') }, podSelector: { matchLabels: { app: 'x' } } }],
    ['any IPv4 address', chart => kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'i'), { ipBlock: { cidr: '0.0.0.0/0' } }],
    ['an IPv6 block', chart => kplus.NetworkPolicyIpBlock.ipv6(chart, 'i', 'fd00::/8'), { ipBlock: { cidr: 'fd00::/8' } }],
    ['a Deployment of the same namespace', chart => deployment(chart), { podSelector: { matchLabels: { app: 'api' } } }],
  ])('%s', (_, make, expected) => expect(from(make)).toEqual([expected]));

  test('a Deployment means its own namespace in a policy of another', () => {
    expect(from(chart => deployment(chart), 'auth')).toEqual([{ namespaceSelector: { matchLabels: named('shop') }, podSelector: { matchLabels: { app: 'api' } } }]);
  });

  test.each<[string, (chart: Chart) => kplus.INetworkPolicyPeer]>([
    ['allow-shop-peer-to-w', chart => deployment(chart)],
    ['allow-other-peer-to-w', chart => new kplus.Namespace(chart, 'n', { metadata: { name: 'other' } })],
    ['allow-peer-to-w', chart => kplus.Namespaces.select(chart, 'n', { names: ['auth'] })],
    ['allow-peer-to-w', chart => kplus.Namespaces.select(chart, 'n', { names: ['other', 'shop'] })],
    ['allow-peer-to-w', chart => kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'i')],
  ])('goes into the name of an allow of `auth` with its namespace, where it is one other: %s', (name, make) => {
    const objects = objectsOf({}, chart => {
      new Workload(chart, 'w', { namespace: 'auth', labels: { app: 'w' } }).allowFrom(Peer.of(make(chart), { name: 'peer' }), Port.tcp(80));
    });
    expect(objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual([name]);
  });

  test('an IP block whose except lies outside is refused, which cdk8s-plus lets through', () => {
    expect(() => from(chart => kplus.NetworkPolicyIpBlock.ipv4(chart, 'i', '10.0.0.0/8', ['11.0.0.0/8']))).toThrow(/except: given "11.0.0.0\/8"; allowed: a network within 10.0.0.0\/8/);
  });
});

describe('the policies of a workload', () => {
  test('lie in the chart of the workload, each half with its own', () => {
    const app = testApp();
    const [front, back] = ['front', 'back'].map(name => new Chart(app, name, { namespace: name }));
    const web = new Workload(front!, 'web', { labels: { app: 'web' } });
    const api = new Workload(back!, 'api', { labels: { app: 'api' } });
    api.allowFrom(web, Port.tcp(80));
    manifests(app);
    expect([front!, back!].map(chart => chart.toJson().map(({ metadata }) => metadata.namespace))).toEqual([['front'], ['back']]);
  });

  test('are written as the cluster of each half needs it', () => {
    const app = testApp();
    const chart = new Chart(app, 'mixed', { namespace: 'shop' });
    new Platform(chart, 'platform', { cni: Cni.calico() });
    const api = new Workload(chart, 'api', { labels: { app: 'api' } });
    expect(() => api.allowTo(Peer.entity(Entity.WORLD), Port.tcp(443))).toThrow(/mixed\/api\/allow-api-to-world \(Allow\): platform: given a peer of kind entity on Calico/);
  });

  test.each(CNIS)('of all pods let every pod of the namespace out, on %s', (_, cni) => {
    const objects = objectsOf({ cni }, chart => {
      new DefaultDeny(chart, 'deny', { dns: false });
      Workload.allPods(chart, 'all').allowTo(Peer.cidr('203.0.113.0/24', { name: 'bank' }), Port.tcp(443));
    });
    const reach = reachOf(cni, objects, [namespace('shop'), pod('shop', { any: 'thing' }, { name: 'any' }), pod('auth', {}, { name: 'free' })]);
    expect(reach.allows({ from: 'shop/any', to: 'ip:203.0.113.5', port: 443 })).toBe(true);
    expect(reach.allows({ from: 'shop/any', to: 'ip:203.0.114.5', port: 443 })).toBe(false);
    expect(objects.map(({ metadata }) => metadata.name)).toContain('allow-all-pods-to-bank');
  });

  test('of all pods cannot let them talk to each other: there is a construct for that', () => {
    const toItself = (chart: Chart) => {
      const all = Workload.allPods(chart, 'all');
      all.allowTo(all, Port.tcp(80));
    };
    expect(() => objectsOf({}, toItself)).toThrow(/test\/all \(Workload\): peer: given every pod of the namespace, to itself.*Use AllowSameNamespace/);
  });

  test('by a selector of its own are about the pods it means', () => {
    const [policy] = objectsOf({}, chart => {
      new Workload(chart, 'w', { selector: LabelSelector.labels({ app: 'w' }), name: 'worker' }).allowTo(Peer.anywhere(), Port.all());
    });
    expect(policy).toMatchObject({ metadata: { name: 'allow-worker-to-anywhere' }, spec: { podSelector: { matchLabels: { app: 'w' } }, egress: [{}] } });
  });
});

test('Workload.isWorkload tells workloads from everything else', () => {
  const chart = shop();
  expect([new Workload(chart, 'w', { labels: { a: 'b' } }), chart, Peer.anywhere(), undefined, null, 'w'].map(one => Workload.isWorkload(one)))
    .toEqual([true, false, false, false, false, false]);
});
