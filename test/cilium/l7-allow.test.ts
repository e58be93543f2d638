import { Chart } from 'cdk8s';
import fc from 'fast-check';
import {
  AuthenticationMode, Cni, DefaultDeny, DnsRule, Entity, HeaderMismatch, HttpPath, HttpRule, KafkaRole, L7Allow, L7AllowProps,
  L7Enforcement, Peer, Platform, PlatformProps, Port, Workload,
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

  test('asks for authentication at the source, where that enforces', () => {
    const { objects } = shop(({ web, api }, chart) => new L7Allow(chart, 'l7', {
      to: api, from: [web], port: Port.tcp(80), http, enforcement: L7Enforcement.SOURCE, authentication: AuthenticationMode.REQUIRED,
    }), { cni: Cni.cilium('1.18', { mutualAuthentication: true }) });
    expect(objects.find(({ kind }) => kind === 'CiliumNetworkPolicy')!.spec.egress[0].authentication).toEqual({ mode: 'required' });
  });

  test('gRPC: the listed methods of the service, and no other service', () => {
    const { reach } = shop(({ web, api }, chart) => new L7Allow(chart, 'l7', {
      to: api, from: [web], port: Port.tcp(9000), http: [HttpRule.grpc('shop.v1.Cart', 'Get', 'Put'), HttpRule.grpc('grpc.health.v1.Health')],
    }));
    const calls = (path: string) => reach.allows({ from: 'shop/web', to: 'shop/api', port: 9000, http: { method: 'POST', path } });
    expect(['/shop.v1.Cart/Get', '/shop.v1.Cart/Put', '/grpc.health.v1.Health/Watch'].map(calls)).toEqual([true, true, true]);
    expect(['/shop.v1.Cart/Delete', '/shop.v1.Carts/Get', '/shopXv1.Cart/Get', '/shop.v1.Cart/Get/x'].map(calls)).toEqual([false, false, false, false]);
  });

  test('anyone, or peers of several kinds, each in a rule of its own', () => {
    const { reach, objects } = shop(({ api }, chart) => new L7Allow(chart, 'l7', {
      to: api, from: [Peer.cidr('192.0.2.0/24'), Peer.namespace('kube-system'), Peer.entity(Entity.INGRESS)], port: Port.tcp(80), http, name: 'api-http',
    }));
    const calls = (from: string, path: string) => reach.allows({ from, to: 'shop/api', port: 80, ...get(path) });
    const peers = ['ip:192.0.2.7', 'kube-system/coredns', 'entity:ingress', 'shop/web', 'ip:203.0.113.1'];
    expect([peers.filter(peer => calls(peer, '/v1')), peers.filter(peer => calls(peer, '/v2'))]).toEqual([['ip:192.0.2.7', 'kube-system/coredns', 'entity:ingress'], []]);
    expect(objects.find(({ metadata }) => metadata.name === 'api-http')!.spec.ingress).toHaveLength(3);
    const open = shop(({ web }, chart) => new L7Allow(chart, 'l7', { to: web, from: [Peer.anywhere()], port: Port.tcp(80), http })).reach;
    expect(open.allows({ from: 'ip:203.0.113.1', to: 'shop/web', port: 80, ...get('/v1') })).toBe(true);
    expect(open.allows({ from: 'ip:203.0.113.1', to: 'shop/web', port: 80, ...get('/') })).toBe(false);
  });

  test('bears the name it is given at the destination, with the source behind it at each source', () => {
    const named = (pick: (workloads: Workloads) => { to: Workload; from: Workload[] }) => names(shop((workloads, chart) => new L7Allow(chart, 'l7', {
      ...pick(workloads), port: Port.tcp(80), http, name: 'x-l7',
    })).objects);
    expect(named(({ api, web, job }) => ({ to: api, from: [web, job] })))
      .toEqual(['CiliumNetworkPolicy shop/x-l7', 'NetworkPolicy shop/x-l7-job', 'NetworkPolicy shop/x-l7-web']);
    expect(named(({ idp, web }) => ({ to: idp, from: [web] }))).toEqual(['CiliumNetworkPolicy auth/x-l7', 'NetworkPolicy shop/x-l7-web']);
  });

  test('with a name renames nothing when another source is added, wherever that lives and at whichever end it enforces', () => {
    fc.assert(fc.property(
      fc.shuffledSubarray(['web', 'job', 'idp', 'api'] as const, { minLength: 2 }), fc.constantFrom('api', 'idp'), fc.constantFrom(...Object.values(L7Enforcement)),
      (sources, to, enforcement) => {
        const made = (some: readonly (keyof Workloads)[]) => names(shop((workloads, chart) => new L7Allow(chart, 'l7', {
          to: workloads[to as 'api'], from: some.map(source => workloads[source]), port: Port.tcp(80), http, enforcement, name: 'x-l7',
        })).objects);
        const all = made(sources);
        expect(all).toHaveLength(sources.length + 1);
        expect(all).toEqual(expect.arrayContaining(made(sources.slice(0, -1))));
      },
    ), { numRuns: 12 });
  });

  test('has a name of at most 63 characters, direction and all', () => {
    const long = (length: number) => () => shop(({ api }, chart) => {
      const from = [new Workload(chart, 'x'.repeat(length), { namespace: 'shop', labels: { app: 'x' } })];
      new L7Allow(chart, 'l7', { to: api, from, port: Port.tcp(80), http });
    });
    expect(long(39)).not.toThrow();
    expect(long(40)).toThrow(/allow-x+-to-api-l7-ingress of 64 characters would be too long/);
  });

  test('hands out the objects that bear the rules, and the plain ones', () => {
    const made = (enforcement?: L7Enforcement) => {
      let kinds: string[][] = [];
      shop(({ api, web, job }, chart) => {
        const allow = new L7Allow(chart, 'l7', { to: api, from: [web, job], port: Port.tcp(80), http, enforcement });
        kinds = [allow.apiObjects, allow.plainApiObjects].map(list => list.map(({ kind, name }) => `${kind} ${name}`));
      });
      return kinds;
    };
    const both = (kind: string) => ['web', 'job'].map(source => `${kind} allow-${source}-to-api-l7-egress`);
    expect(made()).toEqual([['CiliumNetworkPolicy allow-job-and-web-to-api-l7-ingress'], both('NetworkPolicy')]);
    expect(made(L7Enforcement.SOURCE)).toEqual([both('CiliumNetworkPolicy'), ['NetworkPolicy allow-job-and-web-to-api-l7-ingress']]);
  });

  test('is the same whatever the order of the peers', () => {
    const rules = (from: Peer[]) => shop(({ api }, chart) => new L7Allow(chart, 'l7', { to: api, from, port: Port.tcp(80), http }))
      .objects.find(({ kind }) => kind === 'CiliumNetworkPolicy');
    const peers = [Peer.namespace('auth'), Peer.cidr('192.0.2.0/24', { name: 'lab' }), Peer.pods({ b: 'c', a: 'd' }, { name: 'z' })];
    expect(JSON.stringify(rules([...peers].reverse()))).toBe(JSON.stringify(rules(peers)));
  });

  const rulesOf = (rules: Pick<L7AllowProps, 'http' | 'dns' | 'kafka' | 'serverNames'>) => JSON.stringify(shop(({ web, api }, chart, [deny]) => {
    new L7Allow(chart, 'l7', { to: rules.dns ? undefined : api, from: [web], port: rules.dns ? undefined : Port.tcp(80), ...rules });
    if (rules.dns) deny!.allowDns!.exempt(web);
  }).objects);

  test.each<[string, Pick<L7AllowProps, 'http' | 'dns' | 'kafka' | 'serverNames'>, Pick<L7AllowProps, 'http' | 'dns' | 'kafka' | 'serverNames'>]>([
    [
      'HTTP rules',
      { http: [HttpRule.get(HttpPath.exact('/b')), HttpRule.of({ methods: ['PUT', 'GET'], headers: ['X-B', 'X-A'] }), HttpRule.get(HttpPath.exact('/b'))] },
      { http: [HttpRule.of({ headers: ['X-A', 'X-B', 'X-A'], methods: ['GET', 'PUT'] }), HttpRule.get(HttpPath.exact('/b'))] },
    ],
    ['DNS names', { dns: [DnsRule.name('b.io'), DnsRule.pattern('*.io')] }, { dns: [DnsRule.pattern('*.io'), DnsRule.name('b.io'), DnsRule.pattern('*.io')] }],
    ['server names', { serverNames: ['b.io', 'a.io', 'b.io'] }, { serverNames: ['a.io', 'b.io'] }],
    ['Kafka requests', { kafka: [{ topic: 'b' }, { topic: 'a', role: KafkaRole.CONSUME }] }, { kafka: [{ role: KafkaRole.CONSUME, topic: 'a' }, { topic: 'b' }] }],
  ])('is the same whatever the order of the %s, and with one of them twice', (_, some, same) => expect(rulesOf(some)).toBe(rulesOf(same)));

  test('keeps the order of HTTP rules that change requests, which are applied one after the other', () => {
    const set = (value: string) => HttpRule.of({ headerMatches: [{ name: 'X-Tier', value, mismatch: HeaderMismatch.REPLACE }] });
    expect(rulesOf({ http: [set('b'), set('a')] })).not.toBe(rulesOf({ http: [set('a'), set('b')] }));
  });

  test('keeps prefixes to agents that normalise paths', () => {
    const allow = (path: HttpPath) => shop(({ web, api }, chart) => new L7Allow(chart, 'l7', {
      to: api, from: [web], port: Port.tcp(80), http: [HttpRule.get(path)],
    }), { cni: Cni.cilium('1.18', { normalizedPaths: false }) });
    expect(() => allow(HttpPath.prefix('/v1'))).toThrow(/does not normalise paths.*HttpPath.exact/);
    expect(() => allow(HttpPath.exact('/v1'))).not.toThrow();
    expect(() => allow(HttpPath.prefix('/'))).not.toThrow();
  });
});

describe('L7Allow over DNS, TLS and Kafka', () => {
  test('DNS names: these, also as a resolver asks for them, and no other', () => {
    const { reach } = shop(({ job }, chart, [deny]) => {
      new L7Allow(chart, 'dns', { from: [job], dns: [DnsRule.name('api.stripe.com'), DnsRule.pattern('*.github.com')] });
      deny!.allowDns!.exempt(job);
    });
    const asks = (dns: string, from = 'shop/job') => reach.allows({ from, to: 'kube-system/coredns', port: 53, protocol: 'UDP', dns });
    const searched = ['', '.shop.svc.cluster.local', '.svc.cluster.local', '.cluster.local'].map(domain => `api.stripe.com${domain}`);
    expect([...searched, 'x.github.com', 'x.github.com.svc.cluster.local'].filter(name => !asks(name))).toEqual([]);
    expect(['stripe.com', 'evil.org', 'a.b.github.com', 'api.stripe.com.evil.org'].map(name => asks(name))).toEqual([false, false, false, false]);
    expect(asks('evil.org', 'shop/web')).toBe(true);
  });

  test('DNS names beside an allow for any name are void, and that is an error which names both', () => {
    expect(() => shop(({ job }, chart) => new L7Allow(chart, 'dns', { from: [job], dns: [DnsRule.name('a.b')] })))
      .toThrow(/cilium\/L7RuleVoided: .*allow-job-to-dns-l7.*NetworkPolicy shop\/allow-dns.*AllowDns.exempt/);
  });

  test('DNS names of a resolver of its own, in both halves', () => {
    const { reach, objects } = shop(({ job, api }, chart) => new L7Allow(chart, 'dns', { from: [job], to: api, port: Port.udp(5353), dns: [DnsRule.name('a.io')] }));
    const asks = (dns: string, port = 5353) => reach.allows({ from: 'shop/job', to: 'shop/api', port, protocol: 'UDP', dns });
    expect([asks('a.io'), asks('b.io'), asks('a.io', 53)]).toEqual([true, false, false]);
    expect(names(objects)).toEqual(['CiliumNetworkPolicy shop/allow-job-to-api-l7-egress', 'NetworkPolicy shop/allow-job-to-api-l7-ingress']);
  });

  test('any DNS name: each is seen, none refused, beside a broader allow as well', () => {
    const { reach } = shop(({ job }, chart) => new L7Allow(chart, 'dns', { from: [job], dns: [DnsRule.any()] }));
    expect(reach.allows({ from: 'shop/job', to: 'kube-system/coredns', port: 53, protocol: 'TCP', dns: 'anything.org' })).toBe(true);
  });

  test('TLS server names, with a wildcard', () => {
    const { reach } = shop(({ web, api }, chart) => new L7Allow(chart, 'tls', { to: api, from: [web], port: Port.tcp(443), serverNames: ['*.example.com'] }));
    const opens = (sni: string, from = 'shop/web') => reach.allows({ from, to: 'shop/api', port: 443, sni });
    expect([opens('a.example.com'), opens('example.com'), opens('a.b.example.com'), opens('a.example.com', 'shop/job')]).toEqual([true, false, false, false]);
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
    ['an empty list of rules', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.tcp(1), http: [] }), /test\S* \(L7Allow\): http: given an empty list/],
    ['an empty list of server names', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.tcp(1), serverNames: [] }), /serverNames: given an empty list/],
    ['server names on UDP', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.udp(1), serverNames: ['a.io'] }), /single TCP ports under server names/],
    ['a Kafka topic that is none', ({ api, web }: Workloads) => ({ to: api, from: [web], port: Port.tcp(1), kafka: [{ topic: '*' }] }), /kafka topic: given "\*"/],
    ['the name of a Service', ({ api }: Workloads) => ({ from: [api], to: Peer.fqdn('db.shop.svc.cluster.local'), port: Port.tcp(1), http }), /to: given "db.shop.svc.cluster.local"; .*Workload.allowTo/],
    ['a DNS name that calls', ({ api }: Workloads) => ({ to: api, from: [Peer.fqdn('a.io')], port: Port.tcp(1), http }), /from: given a DNS name/],
    ['DNS rules at the destination', ({ api, web }: Workloads) => ({
      to: api, from: [web], dns: [DnsRule.any()], enforcement: L7Enforcement.DESTINATION,
    }), /dns: given DNS rules on ingress/],
    ['DNS rules for peers that are no workload', () => ({ from: [Peer.namespace('auth')], dns: [DnsRule.any()] }), /from: given a peer that is no workload of this app/],
    ['a peer without a name', ({ api }: Workloads) => ({ to: api, from: [Peer.cidr('192.0.2.0/24')], port: Port.tcp(1), http }), /test\/l7 \(L7Allow\): name: given none/],
    ['one source twice', ({ api, web }: Workloads) => ({ to: api, from: [web, web], port: Port.tcp(1), http }), /given a second allow-web-to-api-l7/],
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
