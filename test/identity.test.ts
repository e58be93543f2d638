import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type App, Chart, Include, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as guardrails from '../src';
import {
  AllowIngress, CiliumNetworkPolicy, DefaultDeny, KyvernoRequireLimits, LabelSelector, NetworkPolicy, Peer, Platform, PolicyAction,
  PolicyType, Port, TenantRole, Workload,
} from '../src';
import { CHART_NAMESPACE, everything } from './support/everything';
import { manifests, testApp } from './support/synth';

const CLUSTER_SCOPED = [
  'CiliumCIDRGroup', 'CiliumClusterwideNetworkPolicy', 'ClusterPolicy', 'ClusterRole', 'Namespace',
];

describe('every construct of the library', () => {
  const objects = manifests(everything());

  test('is in the app that these tests look at', () => {
    const constructs = everything().node.findAll();
    const missing = Object.entries<unknown>(guardrails)
      .filter(([, exported]) => typeof exported === 'function' && exported.prototype instanceof Construct)
      // Two hold an app of their own, three make no objects.
      .filter(([name]) => !/^(Flux(App|Cluster)|Assert(Isolated|Reachable|Unreachable))$/.test(name))
      .filter(([, type]) => !constructs.some(construct => construct.constructor === type));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  test('names its objects itself: cdk8s, which would hash the path, is never asked', () => {
    class Unnamed extends Chart {
      public override generateObjectName(object: ApiObject): string {
        throw new Error(`${object.node.path} has no name`);
      }
    }
    expect(manifests(everything({ chartClass: Unnamed }))).toEqual(objects);
    expect(() => new ApiObject(new Unnamed(testApp(), 'chart'), 'object', { apiVersion: 'v1', kind: 'Secret' })).toThrow(/chart\/object has no name/);
  });

  test('says the namespace of a namespaced object, and never that of the chart', () => {
    const namespaced = objects.filter(({ kind }) => !CLUSTER_SCOPED.includes(kind));
    expect(namespaced.length).toBeGreaterThan(0);
    expect([...new Set(namespaced.map(({ metadata }) => metadata.namespace))].sort()).toEqual(['bank', 'flux-system', 'lab', 'legacy', 'shop']);
  });

  test.each(CLUSTER_SCOPED)('says no namespace of a %s, although the chart has one', kind => {
    const found = objects.filter(object => object.kind === kind);
    expect(found).not.toEqual([]);
    for (const { metadata } of found) expect(metadata).not.toHaveProperty('namespace');
  });

  test('takes the namespace of the chart where it has no other', () => {
    const chart = new Chart(testApp(), 'chart', { namespace: CHART_NAMESPACE });
    expect(new DefaultDeny(chart, 'deny').apiObject.metadata.namespace).toBe(CHART_NAMESPACE);
    expect(new Workload(chart, 'api', { labels: { app: 'api' } }).namespace).toBe(CHART_NAMESPACE);
  });

  test('asks for a namespace where there is none', () => {
    expect(() => new DefaultDeny(new Chart(testApp(), 'chart'), 'deny'))
      .toThrow(/chart\/deny \(DefaultDeny\): namespace: given none; allowed: the name of a namespace. Pass `namespace`, or .* TenantNamespace/);
  });
});

/** An app with two charts and a construct in the first one that makes NetworkPolicy shop/default-deny. */
function withDefaultDeny(): { app: App; one: Chart; two: Chart } {
  const app = testApp();
  const one = new Chart(app, 'one');
  const two = new Chart(app, 'two');
  new DefaultDeny(one, 'deny', { namespace: 'shop', dns: false });
  return { app, one, two };
}

const POLICY = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {}, policyTypes: ['Ingress'] } };
const named = (name: string, namespace?: string) => ({ ...POLICY, metadata: { name, namespace } });

describe('two constructs that make one object', () => {
  test('are refused at once, in another chart too, and both are named', () => {
    const { two } = withDefaultDeny();
    expect(() => new DefaultDeny(two, 'again', { namespace: 'shop' })).toThrow(
      /^two\/again \(DefaultDeny\): name: given NetworkPolicy shop\/default-deny, which one\/deny \(DefaultDeny\) makes already; .*another `name`/,
    );
  });

  test('are refused when they are of different classes', () => {
    const { one } = withDefaultDeny();
    const api = new Workload(one, 'api', { namespace: 'shop', labels: { app: 'api' } });
    expect(() => new AllowIngress(one, 'in', { name: 'default-deny', to: api, from: [Peer.namespace('edge')], ports: [Port.tcp(80)] }))
      .toThrow(/one\/in \(AllowIngress\): .* which one\/deny \(DefaultDeny\) makes already/);
  });

  test.each([
    ['another name', { namespace: 'shop', name: 'deny-all' }],
    ['another namespace', { namespace: 'bank' }],
  ])('are fine with %s', (_, props) => {
    const { app, two } = withDefaultDeny();
    new DefaultDeny(two, 'again', { ...props, dns: false });
    expect(manifests(app)).toHaveLength(2);
  });

  test('are fine when the kinds differ', () => {
    const { app, two } = withDefaultDeny();
    new CiliumNetworkPolicy(two, 'again', {
      name: 'default-deny', namespace: 'shop', endpointSelector: LabelSelector.all(), ingress: [{}],
    });
    expect(manifests(app)).toHaveLength(2);
  });

  test('are refused for cluster-scoped objects too, whatever the namespace of the chart is', () => {
    const app = testApp();
    const [one, two] = ['one', 'two'].map(id => new Chart(app, id, { namespace: id }));
    new KyvernoRequireLimits(one!, 'limits', { action: PolicyAction.AUDIT });
    expect(() => new KyvernoRequireLimits(two!, 'limits', { action: PolicyAction.AUDIT }))
      .toThrow(/two\/limits\S* .*ClusterPolicy require-limits, which one\/limits\S* .*makes already/);
  });
});

describe('the same object in two clusters', () => {
  const clusters = (declare: (scope: Construct) => void) => {
    const app = testApp();
    const scopes = ['staging', 'production'].map(name => new Construct(app, name));
    scopes.forEach(declare);
    for (const scope of scopes) {
      const chart = new Chart(scope, 'shop');
      new DefaultDeny(chart, 'deny', { namespace: 'shop' });
      new TenantRole(chart, 'role');
      new ApiObject(chart, 'plain', named('plain', 'shop'));
    }
    return app;
  };

  test('is fine, as each cluster has a Platform', () => {
    const objects = manifests(clusters(scope => new Platform(scope, 'platform')));
    expect(objects).toHaveLength(8);
    expect(objects.slice(0, 4)).toEqual(objects.slice(4));
  });

  test('is refused where nothing says that they are two', () => {
    expect(() => clusters(() => {})).toThrow(/production\/shop\/deny.* which staging\/shop\/deny \(DefaultDeny\) makes already/);
  });
});

describe('objects that the library did not make', () => {
  const DUPLICATE = /identity\/DuplicateObject: .*NetworkPolicy shop\/default-deny.*makes too/;

  test('a plain ApiObject of the same identity is found at synth, and both are named', () => {
    const { app, two } = withDefaultDeny();
    new ApiObject(two, 'plain', named('default-deny', 'shop'));
    expect(() => manifests(app)).toThrow(
      /identity\/DuplicateObject: two\/plain: NetworkPolicy shop\/default-deny .*which one\/deny\/Resource makes too. Give one of them another name/,
    );
  });

  test('another version of the kind is the same object', () => {
    const { app, two } = withDefaultDeny();
    new ApiObject(two, 'plain', { ...named('default-deny', 'shop'), apiVersion: 'networking.k8s.io/v1beta1' });
    expect(() => manifests(app)).toThrow(DUPLICATE);
  });

  test('two plain ones are found as well', () => {
    const { app, two } = withDefaultDeny();
    new ApiObject(two, 'plain', named('mine', 'shop'));
    new ApiObject(two, 'too', named('mine', 'shop'));
    expect(() => manifests(app)).toThrow(/DuplicateObject: two\/too: NetworkPolicy shop\/mine.*two\/plain/);
  });

  test('a namespace that the chart stamps on counts', () => {
    const { app } = withDefaultDeny();
    new ApiObject(new Chart(app, 'shop', { namespace: 'shop' }), 'plain', named('default-deny'));
    expect(() => manifests(app)).toThrow(DUPLICATE);
  });

  test('an Include is read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guardrails-include-'));
    try {
      const { app, two } = withDefaultDeny();
      const url = join(folder, 'policies.yaml');
      writeFileSync(url, JSON.stringify(named('default-deny', 'shop')));
      new Include(two, 'include', { url });
      expect(() => manifests(app)).toThrow(DUPLICATE);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('cdk8s-plus is read', () => {
    const { app, two } = withDefaultDeny();
    new kplus.NetworkPolicy(two, 'plus', { metadata: { name: 'default-deny', namespace: 'shop' } });
    expect(() => manifests(app)).toThrow(DUPLICATE);
  });

  test('a JSON patch that makes two objects one is seen', () => {
    const { app, two } = withDefaultDeny();
    const { apiObject } = new NetworkPolicy(two, 'np', {
      name: 'mine', namespace: 'shop', podSelector: LabelSelector.all(), policyTypes: [PolicyType.INGRESS],
    });
    apiObject.addJsonPatch(JsonPatch.replace('/metadata/name', 'default-deny'));
    expect(() => manifests(app)).toThrow(DUPLICATE);
  });

  test.each([
    ['another name', named('mine', 'shop')],
    ['another namespace', named('default-deny', 'bank')],
    ['another group', { ...named('default-deny', 'shop'), apiVersion: 'crd.example.com/v1' }],
  ])('%s is another object', (_, object) => {
    const { app, two } = withDefaultDeny();
    new ApiObject(two, 'plain', object);
    expect(() => manifests(app)).not.toThrow();
  });
});
