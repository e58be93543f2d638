import { Chart } from 'cdk8s';
import {
  AuthenticationMode, Cni, DefaultDeny, DnsRule, HttpPath, HttpRule, KafkaRole, L7Allow, L7Enforcement, Peer, Platform, PlatformProps,
  Port, Workload,
} from '../../src';
import { namespace, pod, Reach } from '../support/reach';
import { manifests, testApp } from '../support/synth';

const world = [
  ...['shop', 'auth', 'kube-system'].map(name => namespace(name)),
  ...['web', 'api', 'job'].map(app => pod('shop', { app }, { name: app })),
  pod('auth', { app: 'idp' }, { name: 'idp' }),
  pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' }),
];

interface Workloads { readonly web: Workload; readonly api: Workload; readonly job: Workload; readonly idp: Workload }

function shop(add: (workloads: Workloads, chart: Chart, denies: DefaultDeny[]) => void, props: PlatformProps = {}) {
  const app = testApp();
  new Platform(app, 'platform', props);
  const chart = new Chart(app, 'test');
  const denies = ['shop', 'auth'].map(ns => new DefaultDeny(chart, ns, { namespace: ns }));
  const workload = (name: string, ns: string) => new Workload(chart, name, { namespace: ns, labels: { app: name } });
  add({ web: workload('web', 'shop'), api: workload('api', 'shop'), job: workload('job', 'shop'), idp: workload('idp', 'auth') }, chart, denies);
  const objects = manifests(app);
  return { objects, reach: new Reach([...objects, ...world], { dataplane: 'cilium' }) };
}

const http = [HttpRule.get(HttpPath.prefix('/v1'))];
const get = (path: string, method = 'GET') => ({ http: { method, path } });
const names = (objects: { kind: string; metadata: { name: string; namespace?: string } }[]) =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).filter(name => name.includes('-l7')).sort();

describe('L7Allow over HTTP', () => {
  test('lets through the listed requests of the listed peers on the port, and nothing else', () => {
    const { reach, objects } = shop(({ web, api }, chart) => new L7Allow(chart, 'l7', { to: api, from: [web], port: Port.tcp(8080), http }));
    const flow = { from: 'shop/web', to: 'shop/api', port: 8080 };
    expect(reach.allows({ ...flow, ...get('/v1/x') })).toBe(true);
    expect(reach.allows({ ...flow, ...get('/v1/x', 'POST') })).toBe(false);
    expect(reach.allows({ ...flow, ...get('/v2') })).toBe(false);
    expect(reach.allows({ ...flow, port: 8081 })).toBe(false);
    expect(reach.allows({ ...flow, from: 'shop/job', ...get('/v1/x') })).toBe(false);
    expect(reach.allows({ ...flow, from: 'auth/idp', ...get('/v1/x') })).toBe(false);
    expect(names(objects)).toEqual(['CiliumNetworkPolicy shop/allow-web-to-api-l7-ingress', 'NetworkPolicy shop/allow-web-to-api-l7-egress']);
  });

  test('across namespaces: the rules at the destination, a plain half at each source', () => {
    const { reach, objects } = shop(({ web, job, idp }, chart) => new L7Allow(chart, 'l7', { to: idp, from: [web, job], port: Port.tcp(80), http }));
    for (const from of ['shop/web', 'shop/job']) expect(reach.allows({ from, to: 'auth/idp', port: 80, ...get('/v1') })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'auth/idp', port: 80, ...get('/v1') })).toBe(false);
    expect(names(objects)).toEqual([
      'CiliumNetworkPolicy auth/allow-shop-job-and-shop-web-to-idp-l7',
      'NetworkPolicy shop/allow-job-to-auth-idp-l7', 'NetworkPolicy shop/allow-web-to-auth-idp-l7',
    ]);
  });

  test('at the source when asked', () => {
    const { reach, objects } = shop(({ web, api }, chart) => new L7Allow(chart, 'l7', {
      to: api, from: [web], port: Port.tcp(80), http, enforcement: L7Enforcement.SOURCE,
    }));
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 80, ...get('/v1') })).toBe(true);
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 80, ...get('/v2') })).toBe(false);
    expect(names(objects)).toEqual(['CiliumNetworkPolicy shop/allow-web-to-api-l7-egress', 'NetworkPolicy shop/allow-web-to-api-l7-ingress']);
  });

  test('to a peer that is no workload, at the source', () => {
    const { reach } = shop(({ api }, chart) => new L7Allow(chart, 'l7', {
      to: Peer.cidr('192.0.2.7/32', { name: 'bank' }), from: [api], port: Port.tcp(80), http,
    }));
    expect(reach.allows({ from: 'shop/api', to: 'ip:192.0.2.7', port: 80, ...get('/v1/x') })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'ip:192.0.2.7', port: 80, ...get('/x') })).toBe(false);
  });

  test('asks for authentication where it enforces, if the platform has it', () => {
    const allow = (props: PlatformProps) => shop(({ web, api }, chart) => new L7Allow(chart, 'l7', {
      to: api, from: [web], port: Port.tcp(80), http, authentication: AuthenticationMode.REQUIRED,
    }), props);
    const { objects } = allow({ cni: Cni.cilium('1.18', { mutualAuthentication: true }) });
    expect(objects.find(({ kind }) => kind === 'CiliumNetworkPolicy')!.spec.ingress[0].authentication).toEqual({ mode: 'required' });
    expect(() => allow({})).toThrow(/mutual authentication on a Cilium that was not declared to have `mutualAuthentication`/);
  });

  test('keeps prefixes to agents that normalise paths', () => {
    const allow = (path: HttpPath) => shop(({ web, api }, chart) => new L7Allow(chart, 'l7', {
      to: api, from: [web], port: Port.tcp(80), http: [HttpRule.get(path)],
    }), { cni: Cni.cilium('1.18', { normalizedPaths: false }) });
    expect(() => allow(HttpPath.prefix('/v1'))).toThrow(/does not normalise paths.*HttpPath.exact/);
    expect(() => allow(HttpPath.exact('/v1'))).not.toThrow();
  });
});

describe('L7Allow over DNS, TLS and Kafka', () => {
  test('DNS names: these, also as a resolver asks for them, and no other', () => {
    const { reach } = shop(({ job }, chart, [deny]) => {
      new L7Allow(chart, 'dns', { from: [job], dns: [DnsRule.name('api.stripe.com'), DnsRule.pattern('*.github.com')] });
      deny!.allowDns!.exempt(job);
    });
    const asks = (dns: string, from = 'shop/job') => reach.allows({ from, to: 'kube-system/coredns', port: 53, protocol: 'UDP', dns });
    expect(['api.stripe.com', 'api.stripe.com.shop.svc.cluster.local', 'api.stripe.com.cluster.local', 'x.github.com'].map(name => asks(name)))
      .toEqual([true, true, true, true]);
    expect(['stripe.com', 'evil.org', 'a.b.github.com', 'api.stripe.com.evil.org'].map(name => asks(name))).toEqual([false, false, false, false]);
    expect(asks('evil.org', 'shop/web')).toBe(true);
  });

  test('DNS names beside an allow for any name are void, and that is an error which names both', () => {
    expect(() => shop(({ job }, chart) => new L7Allow(chart, 'dns', { from: [job], dns: [DnsRule.name('a.b')] })))
      .toThrow(/cilium\/L7RuleVoided: .*allow-job-to-dns-l7.*NetworkPolicy shop\/allow-dns.*AllowDns.exempt/);
  });

  test('TLS server names', () => {
    const { reach } = shop(({ api }, chart) => new L7Allow(chart, 'tls', {
      from: [api], to: Peer.cidr('192.0.2.0/24', { name: 'bank' }), port: Port.tcp(443), serverNames: ['bank.example.com'],
    }));
    const opens = (sni: string) => reach.allows({ from: 'shop/api', to: 'ip:192.0.2.7', port: 443, sni });
    expect(['bank.example.com', 'other.example.com', ''].map(opens)).toEqual([true, false, false]);
  });

  test('TLS server names of a host by its DNS name, whose addresses Cilium learns', () => {
    const { reach } = shop(({ api }, chart) => new L7Allow(chart, 'tls', {
      from: [api], to: Peer.fqdn('bank.example.com'), port: Port.tcp(443), serverNames: ['bank.example.com'],
    }));
    const opens = (host: string, sni: string) => reach.allows({ from: 'shop/api', to: `fqdn:${host}`, port: 443, sni });
    expect([opens('bank.example.com', 'bank.example.com'), opens('bank.example.com', 'x.org'), opens('x.org', 'bank.example.com')]).toEqual([true, false, false]);
  });

  test('Kafka, up to Cilium 1.19', () => {
    const kafka = (version: string) => shop(({ web, api }, chart) => new L7Allow(chart, 'kafka', {
      to: api, from: [web], port: Port.tcp(9092), kafka: [{ role: KafkaRole.PRODUCE, topic: 'orders' }],
    }), { cni: Cni.cilium(version) });
    const { reach } = kafka('1.19');
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 9092, kafka: { role: 'produce', topic: 'orders' } })).toBe(true);
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 9092, kafka: { role: 'produce', topic: 'other' } })).toBe(false);
    expect(() => kafka('1.20')).toThrow(/Kafka rules on Cilium 1.20; allowed: Cilium before 1.20/);
  });
});

describe('what L7Allow refuses', () => {
  const allow = (props: (w: Workloads) => ConstructorParameters<typeof L7Allow>[2], platform?: PlatformProps) =>
    () => shop((w, chart) => new L7Allow(chart, 'l7', props(w)), platform);
  test.each([
    ['no rule', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.tcp(1) }), /test\/l7 \(L7Allow\): rules: given none/],
    ['two kinds of rules', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.tcp(1), http, dns: [DnsRule.any()] }), /given http and dns/],
    ['no destination', ({ web }: Workloads) => ({ from: [web], port: Port.tcp(1), http }), /to: given none/],
    ['no port', ({ api, web }: Workloads) => ({ to: api, from: [web], http }), /port: given none/],
    ['a UDP port', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.udp(1), http }), /given "UDP\/1"; allowed: TCP ports under http rules/],
    ['every port', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.all(), http }), /single ports under http rules/],
    ['no peer', ({ api }: Workloads) => ({ to: api, from: [], port: Port.tcp(1), http, name: 'x' }), /from: given an empty list/],
    ['enforcement at a destination that is no workload', ({ web }: Workloads) => ({
      to: Peer.namespace('auth'), from: [web], port: Port.tcp(1), http, enforcement: L7Enforcement.DESTINATION,
    }), /the destination, which is no workload/],
    ['enforcement at a source that is no workload', ({ api }: Workloads) => ({
      to: api, from: [Peer.namespace('auth')], port: Port.tcp(1), http, enforcement: L7Enforcement.SOURCE,
    }), /a peer that is no workload/],
    ['neither end a workload', () => ({ to: Peer.namespace('a'), from: [Peer.namespace('b')], port: Port.tcp(1), http }), /a peer that is no workload/],
  ] as const)('%s', (_, props, message) => expect(allow(props)).toThrow(message));

  test('a CNI without L7', () => {
    expect(allow(({ api, web }) => ({ to: api, from: [web], port: Port.tcp(1), http }), { cni: Cni.calico() })).toThrow(/L7 rules on Calico/);
  });
});
