import { Chart, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import {
  CiliumNetworkPolicy, Cni, Entity, IcmpFamily, LabelExpression, LabelSelector, NetworkPolicy, Peer, Platform, PolicyType, Port,
  Protocol, Workload,
} from '../../src';
import { namespace, pod, Reach } from '../support/reach';
import { manifests, synth, testApp, testChart } from '../support/synth';

const LABELS: Record<string, string>[] = [{ app: 'a' }, { app: 'b' }, { app: 'a', tier: 'x' }, { tier: 'x' }, { other: 'z' }];
const NAMESPACES: Record<string, Record<string, string>> = { one: { team: 'red' }, two: { team: 'blue' }, three: {} };
const pods = Object.keys(NAMESPACES).flatMap(ns => LABELS.map((labels, i) => pod(ns, labels, { name: `p${i}` })));
const world = [...Object.entries(NAMESPACES).map(([name, labels]) => namespace(name, labels)), ...pods];

// Of other keys than the labels, so that no selector contradicts itself.
const expression = fc.oneof(
  fc.constantFrom('x', 'y').map(value => LabelExpression.in('tier', value)),
  fc.constantFrom('x', 'y').map(value => LabelExpression.notIn('tier', value)),
  fc.constantFrom('other', 'tier').map(key => LabelExpression.exists(key)),
  fc.constantFrom('other', 'tier').map(key => LabelExpression.doesNotExist(key)),
);
const where = fc.constantFrom(
  {}, { namespace: 'one' }, { namespace: 'two' }, { namespaceLabels: { team: 'red' } }, { namespaceLabels: { team: 'none' } }, { anyNamespace: true },
);
const peer = fc.tuple(fc.constantFrom<Record<string, string>>({}, { app: 'a' }, { app: 'b' }), fc.array(expression, { maxLength: 1 }), where)
  .map(([labels, expressions, place]) => Peer.pods(labels, { ...place, expressions }));
const simple = fc.constantFrom(
  Peer.namespace('one'), Peer.namespace('two'), Peer.namespaces({ team: 'blue' }), Peer.anyNamespace(), Peer.sameNamespace(), Peer.anywhere(),
  Peer.cidr('203.0.113.0/24'), Peer.cidr('0.0.0.0/0', { except: ['203.0.113.0/25'] }),
);
const port = fc.constantFrom(Port.tcp(80), Port.udp(80), Port.tcpRange(79, 81), Port.allTcp(), Port.allUdp(), Port.all());

/** Everyone who reaches each pod of namespace `one` on a few ports. */
function callers(policy: object): string[] {
  const reach = new Reach([policy, ...world], { dataplane: 'cilium' });
  const from = [...Object.keys(NAMESPACES).flatMap(ns => LABELS.map((_, i) => `${ns}/p${i}`)), 'ip:203.0.113.1', 'ip:203.0.113.200', 'ip:8.8.8.8'];
  return from.flatMap(source => [[80, 'TCP'], [80, 'UDP'], [82, 'TCP']].filter(([number, protocol]) =>
    reach.allows({ from: source, to: 'one/p0', port: number as number, protocol: protocol as 'TCP' })).map(flow => `${source} ${flow.join('/')}`));
}

describe('a peer means the same in both kinds', () => {
  test('as NetworkPolicy and as CiliumNetworkPolicy', () => {
    fc.assert(fc.property(fc.oneof(peer, simple), port, (from, ports) => {
      const [network, cilium] = synthesize(chart => {
        new NetworkPolicy(chart, 'n', {
          name: 'n', namespace: 'one', podSelector: LabelSelector.all(), policyTypes: [PolicyType.INGRESS], ingress: [{ from: [from], ports: [ports] }],
        });
        new CiliumNetworkPolicy(chart, 'c', {
          name: 'c', namespace: 'one', endpointSelector: LabelSelector.all(), ingress: [{ from: [from], toPorts: [{ ports: [ports] }] }],
        });
      });
      expect(callers(cilium!)).toEqual(callers(network!));
    }), { numRuns: 60 });
  });
});

function synthesize(add: (chart: Chart) => void) {
  const chart = testChart();
  add(chart);
  return synth(chart);
}

function ingressFrom(from: Peer): object[] {
  const [policy] = synthesize(chart => new NetworkPolicy(chart, 'p', { name: 'p', namespace: 'one', podSelector: LabelSelector.all(), ingress: [{ from: [from] }] }));
  return policy!.spec.ingress[0].from;
}

describe('Peer.of cdk8s-plus', () => {
  test('takes pods, namespaces and IP blocks for what they select', () => {
    const chart = testChart();
    const deployment = new kplus.Deployment(chart, 'api', {
      metadata: { namespace: 'shop' }, podMetadata: { labels: { app: 'api' } }, containers: [{ image: 'x' }],
    });
    const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
    expect(ingressFrom(Peer.of(deployment))).toEqual([{ namespaceSelector: named('shop'), podSelector: { matchLabels: { app: 'api' } } }]);
    expect(ingressFrom(Peer.of(kplus.Pods.select(chart, 'pods', { labels: { app: 'x' } })))).toEqual([{ podSelector: { matchLabels: { app: 'x' } } }]);
    expect(ingressFrom(Peer.of(kplus.Namespaces.select(chart, 'ns', { names: ['shop'] })))).toEqual([{ namespaceSelector: named('shop'), podSelector: {} }]);
    expect(ingressFrom(Peer.of(kplus.Namespaces.all(chart, 'all')))).toEqual([{ namespaceSelector: {}, podSelector: {} }]);
    expect(ingressFrom(Peer.of(kplus.NetworkPolicyIpBlock.ipv4(chart, 'ip', '10.0.0.0/8', ['10.1.0.0/16']))))
      .toEqual([{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }]);
  });

  test('refuses what cdk8s-plus lets through', () => {
    const chart = testChart();
    expect(() => Peer.of(kplus.NetworkPolicyIpBlock.ipv4(chart, 'ip', '10.0.0.5/8'))).toThrow(/Peer.cidr: CIDR: given "10.0.0.5\/8"/);
    expect(() => Peer.of(kplus.Pods.select(chart, 'pods', { labels: { app: 'not a label' } }))).toThrow(/Peer.of: selector/);
    expect(() => Peer.of(kplus.Namespaces.select(chart, 'names', { names: ['shop', 'My_Shop'] }))).toThrow(/Peer.of: namespaces: given "My_Shop".*my-shop/);
    expect(() => Peer.of(kplus.Namespaces.select(chart, 'labels', { labels: { team: 'a b' } }))).toThrow(/Peer.of: namespaces: given {"team":"a b"}/);
    expect(() => Workload.of(kplus.Pods.all(chart, 'in', { namespaces: kplus.Namespaces.select(chart, 'in-ns', { names: ['My_Shop'] }) })))
      .toThrow(/test\/in \(Pods\): namespaces: given "My_Shop"/);
    expect(() => Peer.of(new kplus.Deployment(chart, 'bare', { containers: [{ image: 'x' }] })))
      .toThrow(/test\/bare \(Deployment\): pod labels: given none.*podMetadata: \{ labels: \{ 'app.kubernetes.io\/name': 'bare' \} \}/);
  });
});

describe('what a peer refuses', () => {
  test.each([
    ['two places', () => Peer.pods({ a: 'b' }, { namespace: 'one', anyNamespace: true }), /Peer.pods: namespace: given more than one of namespace/],
    ['a namespace that is none', () => Peer.namespace('Not_One'), /Peer.namespace: namespace: given "Not_One"/],
    ['no label for namespaces', () => Peer.namespaces({}), /Peer.namespaces: labels: given none/],
    ['a number as label', () => Peer.pods({ app: 1 as unknown as string }), /Quote it: '1'/],
    ['a bad CIDR', () => Peer.cidr('300.0.0.0/8'), /Peer.cidr: CIDR: given "300.0.0.0\/8"/],
    ['host bits', () => Peer.cidr('10.1.2.3/8'), /10.0.0.0\/8 .*10.1.2.3\/32/],
    ['an address alone', () => Peer.cidr('10.1.2.3'), /10.1.2.3\/32/],
    ['an except outside', () => Peer.cidr('10.0.0.0/8', { except: ['11.0.0.0/16'] }), /Peer.cidr: except: given "11.0.0.0\/16"/],
    ['an except as wide', () => Peer.cidr('10.0.0.0/8', { except: ['10.0.0.0/8'] }), /except/],
    ['a URL for a name', () => Peer.fqdn('https://example.com'), /Peer.fqdn: DNS name: .*without scheme/],
    ['a pattern for a name', () => Peer.fqdn('*.example.com'), /Use a pattern/],
    ['a service account that is none', () => Peer.serviceAccount('a b'), /Peer.serviceAccount: service account/],
    ['a name that is none', () => Peer.cidr('10.0.0.0/8', { name: 'Head Office' }), /Peer.cidr: name: given "Head Office".*head-office/],
  ] as const)('%s', (_, make, message) => expect(make).toThrow(message));

  test('and takes their near misses', () => {
    expect(() => [
      Peer.pods({ a: 'b' }, { anyNamespace: true }), Peer.namespace('not-one'), Peer.cidr('10.0.0.0/8', { except: ['10.1.0.0/16'] }),
      Peer.cidr('fd00::/8'), Peer.fqdn('example.com'), Peer.fqdnPattern('*.example.com'), Peer.entity(Entity.WORLD),
    ]).not.toThrow();
  });

  test('an entity in a NetworkPolicy, which cannot say it', () => {
    expect(() => ingressFrom(Peer.entity(Entity.WORLD))).toThrow(/given a peer of kind entity; allowed: pods, namespaces, a CIDR or anywhere/);
  });
});

describe('Port', () => {
  test.each([
    ['0', () => Port.tcp(0), /Port.tcp: port: given 0; allowed: .*1.*65535/],
    ['65536', () => Port.udp(65536), /Port.udp/],
    ['a fraction', () => Port.sctp(1.5), /Port.sctp/],
    ['a range backwards', () => Port.tcpRange(9000, 80), /Port.tcpRange: range/],
    ['a name too long', () => Port.named('a-name-that-is-too-long'), /Port.named: port name/],
    ['a name of digits', () => Port.named('8080'), /Port.named/],
    ['an ICMP type', () => Port.icmp(256), /Port.icmp: type/],
  ] as const)('refuses %s', (_, make, message) => expect(make).toThrow(message));

  test('prints as people write it', () => {
    expect([
      Port.tcp(80), Port.udpRange(1, 65535), Port.named('http'), Port.named('dns', Protocol.UDP), Port.allSctp(), Port.all(), Port.icmp(8),
      Port.icmp(128, IcmpFamily.IPV6),
    ].map(String)).toEqual(['TCP/80', 'UDP/1-65535', 'TCP/http', 'UDP/dns', 'SCTP/*', 'all', 'ICMP/8', 'ICMPv6/128']);
  });
});

describe('Workload.of cdk8s-plus', () => {
  const props = { metadata: { namespace: 'shop' }, podMetadata: { labels: { app: 'x' } }, containers: [{ image: 'x' }] };
  test.each([
    ['Deployment', (c: Chart) => new kplus.Deployment(c, 'Api', props)],
    ['StatefulSet', (c: Chart) => new kplus.StatefulSet(c, 'Api', { ...props, service: new kplus.Service(c, 'svc', { ports: [{ port: 1 }] }) })],
    ['DaemonSet', (c: Chart) => new kplus.DaemonSet(c, 'Api', props)],
    ['Job', (c: Chart) => new kplus.Job(c, 'Api', props)],
    ['CronJob', (c: Chart) => new kplus.CronJob(c, 'Api', { ...props, schedule: Cron.hourly() })],
    ['Pod', (c: Chart) => new kplus.Pod(c, 'Api', { metadata: { namespace: 'shop', labels: { app: 'x' } }, containers: [{ image: 'x' }] })],
  ] as const)('selects the pods of a %s by their own labels', (_, make) => {
    const workload = Workload.of(make(testChart()));
    expect([workload.name, workload.namespace, workload.selector.toString()]).toEqual(['api', 'shop', 'app=x']);
  });

  test('takes a selection of one namespace, and asks for one otherwise', () => {
    const chart = testChart();
    const select = (id: string, names: string[]) => kplus.Pods.select(chart, id, { labels: { app: 'x' }, namespaces: kplus.Namespaces.select(chart, `${id}-ns`, { names }) });
    expect(Workload.of(select('one', ['shop'])).namespace).toBe('shop');
    expect(() => Workload.of(select('two', ['shop', 'auth']))).toThrow(/test\/two \(Pods\): namespace: given pods of several namespaces.*Pass `namespace`/);
    expect(Workload.of(select('three', ['shop', 'auth']), { namespace: 'auth', name: 'x' })).toMatchObject({ namespace: 'auth', name: 'x' });
  });

  test('asked twice is the same workload', () => {
    const deployment = new kplus.Deployment(testChart(), 'api', props);
    expect(Workload.of(deployment)).toBe(Workload.of(deployment));
  });

  test('refuses neither labels nor selector, and both', () => {
    const chart = new Chart(testApp(), 'test', { namespace: 'shop' });
    expect(() => new Workload(chart, 'a', {})).toThrow(/test\/a \(Workload\): pods: given neither labels nor selector/);
    expect(() => new Workload(chart, 'b', { labels: { a: 'b' }, selector: LabelSelector.all() })).toThrow(/given labels and selector/);
    expect(() => new Workload(testChart(), 'c', { labels: { a: 'b' } })).toThrow(/namespace: given none.*Pass `namespace`/);
  });
});

describe('NetworkPolicy', () => {
  test('adds no default of its own', () => {
    const [policy] = synthesize(chart => new NetworkPolicy(chart, 'p', { name: 'p', namespace: 'one', podSelector: LabelSelector.all() }));
    expect(policy!.spec).toEqual({ podSelector: {} });
  });

  test('keeps an empty rule list and an empty rule, which mean nobody and anyone', () => {
    const [policy] = synthesize(chart => new NetworkPolicy(chart, 'p', { name: 'p', namespace: 'one', podSelector: LabelSelector.all(), ingress: [], egress: [{}] }));
    expect(policy!.spec).toEqual({ podSelector: {}, ingress: [], egress: [{}] });
  });

  test('refuses a label key of Cilium, which no pod has', () => {
    const selector = LabelSelector.labels({ 'k8s:app': 'x' });
    expect(() => synthesize(chart => new NetworkPolicy(chart, 'p', { name: 'p', namespace: 'one', podSelector: selector }))).toThrow(/podSelector: given "k8s:app"/);
    const app = testApp();
    new Platform(app, 'platform', { cni: Cni.cilium() });
    new CiliumNetworkPolicy(new Chart(app, 'c'), 'p', { name: 'p', namespace: 'one', endpointSelector: selector, ingress: [{}] });
    expect(manifests(app)[0]!.spec.endpointSelector).toEqual({ matchLabels: { 'k8s:app': 'x' } });
  });
});
