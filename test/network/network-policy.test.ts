import { Chart } from 'cdk8s';
import { CNIS, objectsOf, reachOf } from './support';
import { Cni, IPeer, LabelExpression, LabelSelector, NetworkPolicy, NetworkPolicyProps, Peer, PolicyType, Port, Protocol, Workload } from '../../src';
import { namespace, pod } from '../support/reach';

const ports = [{ name: 'http', containerPort: 8080, protocol: 'TCP' }, { name: 'dns', containerPort: 5353, protocol: 'UDP' }];
const pods = [
  namespace('shop'), namespace('auth', { team: 'a' }),
  pod('shop', { app: 'api' }, { name: 'api', ports }), pod('shop', { app: 'web' }, { name: 'web', ports }), pod('auth', { app: 'web' }, { name: 'other', ports }),
];
const policy = (props: Partial<NetworkPolicyProps>, cni = Cni.cilium()) => objectsOf({ cni }, chart => {
  new NetworkPolicy(chart, 'p', { name: 'p', podSelector: LabelSelector.labels({ app: 'api' }), ...props });
});

test('says everything the kind can say', () => {
  expect(policy({
    namespace: 'bank',
    labels: { team: 'a' },
    annotations: { 'example.com/why': 'because, as they say' },
    policyTypes: [PolicyType.INGRESS, PolicyType.EGRESS],
    ingress: [{ from: [Peer.pods({ app: 'web' }), Peer.namespace('auth')], ports: [Port.tcp(80), Port.named('dns', Protocol.UDP)] }],
    egress: [{ to: [Peer.cidr('10.0.0.0/8', { except: ['10.1.0.0/16'] })], ports: [Port.udpRange(5000, 5010), Port.allTcp()] }, { ports: [Port.tcp(443)] }],
  })).toEqual([{
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'bank', labels: { team: 'a' }, annotations: { 'example.com/why': 'because, as they say' } },
    spec: {
      podSelector: { matchLabels: { app: 'api' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{
        from: [
          { podSelector: { matchLabels: { app: 'web' } } },
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'auth' } } },
        ],
        ports: [{ port: 80, protocol: 'TCP' }, { port: 'dns', protocol: 'UDP' }],
      }],
      egress: [
        { to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 5000, endPort: 5010, protocol: 'UDP' }, { protocol: 'TCP' }] },
        { ports: [{ port: 443, protocol: 'TCP' }] },
      ],
    },
  }]);
});

test('keeps the order in which rules, peers and ports were given', () => {
  const given = [Port.tcp(443), Port.tcp(80)];
  const [object] = policy({ ingress: [{ ports: given }, { from: [Peer.namespace('b'), Peer.namespace('a')] }] });
  expect(object!.spec.ingress[0].ports.map(({ port }: { port: number }) => port)).toEqual([443, 80]);
  expect(JSON.stringify(object!.spec.ingress[1])).toMatch(/"b".*"a"/);
});

describe.each(CNIS)('on %s', (_, cni) => {
  const reach = (props: Partial<NetworkPolicyProps>) => reachOf(cni, policy(props, cni), pods);

  test('isolates its own pods in its own direction only', () => {
    const one = reach({ policyTypes: [PolicyType.INGRESS] });
    expect(one.allows({ from: 'shop/web', to: 'shop/api', port: 8080 })).toBe(false);
    expect(one.allows({ from: 'shop/api', to: 'shop/web', port: 8080 })).toBe(true);
    expect(one.allows({ from: 'auth/other', to: 'shop/web', port: 8080 })).toBe(true);
  });

  test('an egress rule isolates egress even without policyTypes, and ingress with it', () => {
    const one = reach({ egress: [{ to: [Peer.namespace('auth')] }] });
    expect(one.allows({ from: 'shop/api', to: 'auth/other', port: 1 })).toBe(true);
    expect(one.allows({ from: 'shop/api', to: 'shop/web', port: 1 })).toBe(false);
    expect(one.allows({ from: 'shop/web', to: 'shop/api', port: 1 })).toBe(false);
  });

  test('pods and namespace of one peer must both match, those of two either', () => {
    const from = (...peers: IPeer[]) => {
      const one = reach({ policyTypes: [PolicyType.INGRESS], ingress: [{ from: peers }] });
      return ['shop/web', 'auth/other'].filter(source => one.allows({ from: source, to: 'shop/api', port: 1 }));
    };
    expect(from(Peer.pods({ app: 'web' }, { namespace: 'auth' }))).toEqual(['auth/other']);
    expect(from(Peer.pods({ app: 'web' }), Peer.namespace('auth'))).toEqual(['shop/web', 'auth/other']);
    expect(from(Peer.pods({ app: 'web' }, { anyNamespace: true }))).toEqual(['shop/web', 'auth/other']);
    expect(from(Peer.pods({ app: 'web' }, { namespaceLabels: { team: 'a' } }))).toEqual(['auth/other']);
    expect(from(Peer.namespaces({}, { expressions: [LabelExpression.notIn('team', 'a')] }))).toEqual(['shop/web']);
    expect(from(Peer.pods({}, { namespaceLabels: { team: 'a' }, namespaceExpressions: [LabelExpression.doesNotExist('closed')] }))).toEqual(['auth/other']);
    expect(from(Peer.sameNamespace())).toEqual(['shop/web']);
    expect(from(Peer.pods({ app: 'nobody' }, { anyNamespace: true }))).toEqual([]);
  });

  test('a named port is the number that the destination gives to it, for that protocol', () => {
    const egress = reach({ policyTypes: [PolicyType.EGRESS], egress: [{ ports: [Port.named('http')] }] });
    expect(egress.allows({ from: 'shop/api', to: 'shop/web', port: 8080 })).toBe(true);
    expect(egress.allows({ from: 'shop/api', to: 'shop/web', port: 5353, protocol: 'UDP' })).toBe(false);
    expect(egress.allows({ from: 'shop/api', to: 'ip:203.0.113.1', port: 8080 })).toBe(false);
    const none = reach({ policyTypes: [PolicyType.INGRESS], ingress: [{ ports: [Port.named('dns')] }] });
    expect(none.allows({ from: 'shop/web', to: 'shop/api', port: 5353 })).toBe(false);
  });

  test('a range ends where it says', () => {
    const one = reach({ policyTypes: [PolicyType.INGRESS], ingress: [{ ports: [Port.tcpRange(9000, 9010)] }] });
    const open = [8999, 9000, 9010, 9011].filter(port => one.allows({ from: 'shop/web', to: 'shop/api', port }));
    expect(open).toEqual([9000, 9010]);
    expect(one.allows({ from: 'shop/web', to: 'shop/api', port: 9000, protocol: 'UDP' })).toBe(false);
  });

  test('every port of one protocol is none of another', () => {
    const one = reach({ policyTypes: [PolicyType.INGRESS], ingress: [{ ports: [Port.allUdp()] }] });
    expect(one.allows({ from: 'shop/web', to: 'shop/api', port: 1, protocol: 'UDP' })).toBe(true);
    expect(one.allows({ from: 'shop/web', to: 'shop/api', port: 1 })).toBe(false);
  });
});

describe('refuses', () => {
  test.each<[string, Partial<NetworkPolicyProps>, RegExp]>([
    ['an empty list of peers', { ingress: [{ from: [] }] }, /test\/p \(NetworkPolicy\): from: given an empty list.*reads an empty list as anyone/],
    ['an empty list of ports', { egress: [{ ports: [] }] }, /test\/p \(NetworkPolicy\): ports: given an empty list.*every port/],
    ['anywhere beside others', { egress: [{ to: [Peer.anywhere(), Peer.namespace('a')] }] }, /Peer.anywhere\(\) beside others/],
    ['ICMP', { ingress: [{ ports: [Port.icmp(8)] }] }, /port: given icmp; allowed: TCP, UDP and SCTP ports in a NetworkPolicy.*Write a CiliumNetworkPolicy/],
    ['a service account', { ingress: [{ from: [Peer.serviceAccount('a')] }] }, /given a peer of kind serviceAccount; allowed: pods/],
    ['a CIDR group', { egress: [{ to: [Peer.cidrGroup('a')] }] }, /given a peer of kind cidrGroup; allowed: pods, namespaces, a CIDR or anywhere/],
    ['a DNS name coming in', { ingress: [{ from: [Peer.fqdn('example.com')] }] }, /from: given a DNS name/],
    ['an empty list of egress rules without policyTypes, which isolates nothing', { egress: [] }, /egress: given an empty list, without policyTypes.*isolates nothing without.*policyTypes: \[PolicyType.EGRESS\]/],
    ['no direction at all', { policyTypes: [], ingress: [{}] }, /policyTypes: given an empty list; allowed: at least one direction/],
    ['a direction twice', { policyTypes: [PolicyType.INGRESS, PolicyType.INGRESS] }, /policyTypes: given Ingress, Ingress; allowed: each direction once/],
    ['a direction that is none', { policyTypes: ['ingress' as PolicyType] }, /policyTypes\[0\]: given "ingress"; allowed: PolicyType.INGRESS or PolicyType.EGRESS/],
    ['rules for a direction that is not isolated', { policyTypes: [PolicyType.EGRESS], ingress: [{}] }, /ingress: given rules, where policyTypes has no Ingress.*Add PolicyType.INGRESS/],
    ['nobody for a direction that is not isolated', { policyTypes: [PolicyType.INGRESS], egress: [] }, /egress: given an empty list, where policyTypes has no Egress.*Add PolicyType.EGRESS/],
    ['the name of a port of an address', { egress: [{ to: [Peer.cidr('203.0.113.0/24')], ports: [Port.named('https')] }] }, /ports: given TCP\/https beside a peer of kind cidr; allowed: numbers.*Give the number/],
    ['a name that is none', { name: 'Default_Deny' }, /name: given "Default_Deny".*default-deny/],
    ['a namespace that is none', { namespace: 'Shop' }, /namespace: given "Shop"/],
    ['a label that is none', { labels: { team: 'a b' } }, /labels: given {"team":"a b"}/],
    ['an annotation that is none', { annotations: { 'a b': '' } }, /annotations: given "a b"/],
  ])('%s', (_, props, message) => expect(() => policy(props)).toThrow(message));

  test.each<[string, Partial<NetworkPolicyProps>]>([
    ['an empty list of egress rules that isolates', { policyTypes: [PolicyType.EGRESS], egress: [] }],
    ['an empty list of ingress rules, which isolates without policyTypes too', { ingress: [] }],
    ['both directions', { policyTypes: [PolicyType.INGRESS, PolicyType.EGRESS], egress: [{}] }],
    ['the name of a port of pods, and of those who call', { ingress: [{ from: [Peer.cidr('203.0.113.0/24')], ports: [Port.named('https')] }], egress: [{ to: [Peer.namespace('auth')], ports: [Port.named('https')] }] }],
  ])('but takes %s', (_, props) => expect(() => policy(props)).not.toThrow());

  test('a second policy of one name in one namespace, naming both makers', () => {
    const two = (name: string) => () => objectsOf({}, chart => {
      const props = { podSelector: LabelSelector.all(), policyTypes: [PolicyType.INGRESS] };
      new NetworkPolicy(chart, 'one', { ...props, name: 'deny' });
      new NetworkPolicy(chart, 'two', { ...props, name });
    });
    expect(two('deny')).toThrow(/test\/two \(NetworkPolicy\): name: given .*deny.*, which test\/one \(NetworkPolicy\) makes already/);
    expect(two('deny-2')).not.toThrow();
  });
});

test('takes a workload for a peer: its pods in its namespace', () => {
  const web = (chart: Chart) => new Workload(chart, 'web', { namespace: 'auth', labels: { app: 'web' } });
  const [object] = objectsOf({}, chart => new NetworkPolicy(chart, 'p', {
    name: 'p', podSelector: LabelSelector.all(), ingress: [{ from: [web(chart)] }],
  }));
  expect(object!.spec.ingress[0].from).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'auth' } }, podSelector: { matchLabels: { app: 'web' } } },
  ]);
});
