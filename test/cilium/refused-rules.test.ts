import { ciliumPolicy, clusterPolicy, testRefusals } from './support';
import {
  AuthenticationMode, CiliumEgressRule, CiliumIngressRule, Cni, Entity, HttpPath, HttpRule, IcmpFamily, LabelExpression,
  LabelSelector, Peer, Port,
} from '../../src';

const nodes = Cni.cilium('1.18', { nodeSelectors: true });
const own = LabelSelector.all();
const from = (rule: CiliumIngressRule, cni = nodes) => () => ciliumPolicy({ ingress: [rule] }, cni);
const to = (rule: CiliumEgressRule, cni = nodes) => () => ciliumPolicy({ egress: [rule] }, cni);
const selecting = (...args: Parameters<typeof LabelSelector.labels>) => () => ciliumPolicy({
  ingress: [{}], endpointSelector: LabelSelector.labels(...args),
});

// The agent drops a whole policy for any of these and writes a line to its log; kubectl says `created`.
// https://docs.cilium.io/en/stable/security/policy/language/
describe('a policy that the agent would drop', () => {
  testRefusals([
    ['has no name', () => ciliumPolicy({ ingress: [{}], name: '' }), /test\/p \(CiliumNetworkPolicy\): name: given ""/, () => ciliumPolicy({ ingress: [{}], name: 'a' })],
    ['has no rule', () => ciliumPolicy({}), /rules: given none; allowed: at least one rule.*ingress: \[\{\}\]/, () => ciliumPolicy({ ingressDeny: [{}] })],
    ['has empty lists only', () => ciliumPolicy({ ingress: [], egressDeny: [] }), /rules: given none/, () => ciliumPolicy({ ingress: [], egressDeny: [{}] })],
    [
      'isolates without a rule', () => ciliumPolicy({ egress: [{}], enableDefaultDeny: { ingress: true } }),
      /enableDefaultDeny.ingress: given true, without any ingress rule; .*ingress: \[\{\}\]/,
      () => ciliumPolicy({ egress: [{}], ingress: [{}], enableDefaultDeny: { ingress: true, egress: true } }),
    ],
    [
      'isolates without a rule, the other way', () => ciliumPolicy({ ingress: [{}], egress: [], enableDefaultDeny: { egress: true } }),
      /enableDefaultDeny.egress: given true/, () => ciliumPolicy({ ingress: [{}], enableDefaultDeny: { egress: false } }),
    ],
    [
      'has a log text of 33 characters', () => ciliumPolicy({ ingress: [{}], log: 'x'.repeat(33) }),
      /log: given "x+"; allowed: at most 32 printable characters/, () => ciliumPolicy({ ingress: [{}], log: 'x'.repeat(32) }),
    ],
    ['has a log text with a line break', () => ciliumPolicy({ ingress: [{}], log: 'a\nb' }), /printable/, () => ciliumPolicy({ ingress: [{}], log: 'für Zahlungen' })],
  ]);
});

describe('a selector that the agent would drop, or read otherwise', () => {
  const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
  testRefusals([
    ['has a key that is none', selecting({ 'app name': 'x' }), /LabelSelector.labels: selector: given .*app name/, selecting({ 'k8s:app.kubernetes.io/name': 'x' })],
    ['has a value that is none', selecting({ app: 'a b' }), /LabelSelector.labels/, selecting({ app: 'a_b.c' })],
    ['names a namespace', selecting({ [NAMESPACE]: 'bank' }), /endpointSelector: given "k8s:io.kubernetes.pod.namespace".*Set `namespace` instead/, selecting({ app: 'x' })],
    ['names a namespace without source', selecting({ 'io.kubernetes.pod.namespace': 'bank' }), /Set `namespace` instead/, selecting({ 'io.kubernetes.pod.name': 'x' })],
    [
      'names a namespace in an expression', selecting({}, LabelExpression.notIn('any:io.kubernetes.pod.namespace', 'bank')), /Set `namespace` instead/,
      () => clusterPolicy({ ingress: [{}], endpointSelector: LabelSelector.expressions(LabelExpression.notIn(NAMESPACE, 'kube-system')) }),
    ],
    [
      'names a reserved endpoint', selecting({ 'reserved:init': '' }), /write a CiliumClusterwideNetworkPolicy/,
      () => clusterPolicy({ ingress: [{}], endpointSelector: LabelSelector.labels({ 'reserved:init': '' }) }),
    ],
    [
      'is missing', () => clusterPolicy({ ingress: [{}] }), /selector: given none; allowed: exactly one of endpointSelector and nodeSelector/,
      () => clusterPolicy({ ingress: [{ from: [Peer.anyNamespace()] }], endpointSelector: own }),
    ],
    [
      'is there twice', () => clusterPolicy({ ingress: [{}], endpointSelector: own, nodeSelector: own }, Cni.cilium('1.18', { hostFirewall: true })),
      /given endpointSelector and nodeSelector/, () => clusterPolicy({ ingress: [{}], nodeSelector: own }, Cni.cilium('1.18', { hostFirewall: true })),
    ],
    [
      'is for nodes, which nobody enforces', () => clusterPolicy({ ingress: [{}], nodeSelector: own }), /a policy for nodes on a Cilium .*`hostFirewall`/,
      () => clusterPolicy({ ingress: [{}], nodeSelector: own }, Cni.cilium('1.18', { hostFirewall: true })),
    ],
  ]);

  test('an expression without values', () => {
    expect(() => LabelExpression.in('a')).toThrow(/LabelExpression.in: expression/);
    expect(() => LabelExpression.in('a', 'b')).not.toThrow();
  });
});

describe('peers of two kinds in one rule', () => {
  const KINDS = {
    Endpoints: Peer.pods({ app: 'web' }), CIDRSet: Peer.cidr('192.0.2.0/24'), Entities: Peer.entity(Entity.HOST), Nodes: Peer.nodes({ zone: 'a' }),
  };
  const kinds = Object.entries(KINDS);
  const pairs = kinds.flatMap(([a, one], i) => kinds.slice(i + 1).map(([b, other]) => [a, b, one, other] as const));

  test.each(pairs)('%s and %s, either way', (a, b, one, other) => {
    expect(from({ from: [one, other] })).toThrow(new RegExp(`test/p \\(CiliumNetworkPolicy\\): from: given peers of the kinds ${a} and ${b} in one rule.*a rule for each kind`));
    expect(to({ to: [one, other] })).toThrow(/: to: given peers of the kinds/);
    expect(() => ciliumPolicy({ ingressDeny: [{ from: [one, other] }] }, nodes)).toThrow(/: from: given peers of the kinds/);
    expect(() => ciliumPolicy({ egressDeny: [{ to: [one, other] }] }, nodes)).toThrow(/: to: given peers of the kinds/);
  });

  test.each(kinds)('but several %s, or a rule for each kind', (kind, peer) => {
    expect(from({ from: [peer, peer] })).not.toThrow();
    expect(to({ to: [peer] })).not.toThrow();
    expect(() => ciliumPolicy({ ingress: kinds.map(([, one]) => ({ from: [one] })) }, nodes)).not.toThrow();
    expect(Object.keys(from({ from: [peer] })().spec.ingress[0])).toEqual([`from${kind}`]);
  });

  test('a CIDR and a group of CIDRs are of one kind', () => {
    expect(from({ from: [Peer.cidr('192.0.2.0/24'), Peer.cidrGroups({ kind: 'office' })] })().spec.ingress)
      .toEqual([{ fromCIDRSet: [{ cidr: '192.0.2.0/24' }, { cidrGroupSelector: { matchLabels: { kind: 'office' } } }] }]);
  });

  testRefusals([
    ['a DNS name and pods', to({ to: [Peer.fqdn('a.example.com'), Peer.pods({ app: 'x' })] }), /FQDNs and Endpoints/, to({ to: [Peer.fqdn('a.example.com'), Peer.fqdnPattern('*.b.example.com')] })],
    ['peers and Services', to({ to: [Peer.sameNamespace()], toServices: [{ name: 'a' }] }), /rule: given peers and toServices/, to({ toServices: [{ name: 'a' }, { name: 'b' }] })],
    ['peers and groups', from({ from: [Peer.sameNamespace()], fromGroups: [{ region: 'r' }] }), /rule: given peers and groups/, from({ fromGroups: [{ region: 'r' }] })],
    ['Services and groups', to({ toServices: [{ name: 'a' }], toGroups: [{ region: 'r' }] }), /rule: given toServices and groups/, to({ toGroups: [{ region: 'r' }] })],
    ['anyone and others', from({ from: [Peer.anywhere(), Peer.sameNamespace()] }), /given Peer.anywhere\(\) beside others/, from({ from: [Peer.anywhere()] })],
  ]);
});

describe('a peer that means nobody, or everybody by accident', () => {
  testRefusals([
    ['an empty list', from({ from: [] }), /from: given an empty list.*Peer.anywhere\(\)/, from({})],
    ['an empty list of Services', to({ toServices: [] }), /toServices: given an empty list/, to({ toServices: [{ name: 'db' }] })],
    ['a Service by name and labels', to({ toServices: [{ name: 'a', labels: { b: 'c' } }] }), /toServices: given name and labels/, to({ toServices: [{ labels: { b: 'c' } }] })],
    ['a Service by nothing', to({ toServices: [{ namespace: 'data' }] }), /toServices: given neither name nor labels/, to({ toServices: [{ name: 'db', namespace: 'data' }] })],
    ['a Service by no label', to({ toServices: [{ labels: {} }] }), /toServices labels: given none; .*every Service/, to({ toServices: [{ labels: { 'app.kubernetes.io/name': 'db' } }] })],
    ['a Service by a label that is none', to({ toServices: [{ labels: { 'a b': 'c' } }] }), /test\/p \(CiliumNetworkPolicy\): toServices: .*a b/, to({ toServices: [{ labels: { ab: 'c' } }] })],
    ['a Service by a name that is none', to({ toServices: [{ name: 'db.data' }] }), /toServices name: given "db.data"/, to({ toServices: [{ name: 'db-data' }] })],
    [
      'a Service of no namespace, in a cluster-wide policy', () => clusterPolicy({ endpointSelector: own, egress: [{ toServices: [{ name: 'db' }] }] }),
      /toServices: given no namespace; .*Pass `namespace`: Cilium would take the Services of every namespace/,
      () => clusterPolicy({ endpointSelector: own, egress: [{ toServices: [{ name: 'db', namespace: 'data' }] }] }),
    ],
    ['an empty list of groups', from({ fromGroups: [] }), /groups: given an empty list/, from({ fromGroups: [{ labels: { env: 'prod' } }] })],
    ['a group of nothing', to({ toGroups: [{ securityGroupIds: [] }] }), /groups: given a group without any condition/, to({ toGroups: [{ securityGroupNames: ['db'] }] })],
    ['a DNS name that calls', from({ from: [Peer.fqdn('a.example.com')] }), /from: given a DNS name.*never with a name/, to({ to: [Peer.fqdn('a.example.com')] })],
    [
      'a DNS name in a deny', () => ciliumPolicy({ egressDeny: [{ to: [Peer.fqdn('a.example.com')] }] }), /egressDeny: given a DNS name.*AllowFqdn/,
      () => ciliumPolicy({ egressDeny: [{ to: [Peer.cidr('192.0.2.7/32')] }] }),
    ],
    [
      'its own namespace, in a policy for nodes',
      () => clusterPolicy({ nodeSelector: own, ingress: [{ from: [Peer.sameNamespace()] }] }, Cni.cilium('1.18', { hostFirewall: true })),
      /peer: given pods of the policy's own namespace; .*anyNamespace: true/,
      () => clusterPolicy({ nodeSelector: own, ingress: [{ from: [Peer.anyNamespace()] }] }, Cni.cilium('1.18', { hostFirewall: true })),
    ],
    [
      'its own namespace, in a policy without one', () => clusterPolicy({ endpointSelector: own, ingress: [{ from: [Peer.serviceAccount('ci')] }] }),
      /peer: given pods of the policy's own namespace/, () => clusterPolicy({ endpointSelector: own, ingress: [{ from: [Peer.serviceAccount('ci', { namespace: 'ci' })] }] }),
    ],
  ]);
});

describe('a rule that an agent of this version or configuration drops', () => {
  const groups = (version: string) => from({ from: [Peer.cidrGroups({ kind: 'office' })] }, Cni.cilium(version));
  const services = (version: string) => to({ toServices: [{ name: 'db' }], toPorts: [{ ports: [Port.tcp(5432)] }] }, Cni.cilium(version));
  const alone = to({ toServices: [{ name: 'db' }] }, Cni.cilium('1.16'));
  const authenticated = (authentication: AuthenticationMode, mutualAuthentication: boolean) => from(
    { from: [Peer.sameNamespace()], authentication }, Cni.cilium('1.18', { mutualAuthentication }),
  );
  const sctp = (enabled: boolean) => from({ from: [Peer.sameNamespace()], toPorts: [{ ports: [Port.sctp(5000)] }] }, Cni.cilium('1.18', { sctp: enabled }));
  testRefusals([
    ['CIDR groups by label', groups('1.16'), /cidrGroupSelector on Cilium 1.16; allowed: Cilium since 1.17.*Peer.cidrGroup/, groups('1.17')],
    ['Services beside ports', services('1.16'), /toServices beside toPorts on Cilium 1.16; allowed: Cilium since 1.18.*Peer.pods/, () => [services('1.18')(), alone()]],
    ['Services beside ports where nobody knows', services('1.17'), /toServices beside toPorts on Cilium 1.17; allowed: Cilium since 1.18/, services('1.18')],
    ['nodes by label', from({ from: [Peer.nodes({ zone: 'a' })] }, Cni.cilium()), /a peer of nodes on a Cilium .*`nodeSelectors`/, from({ from: [Peer.entity(Entity.REMOTE_NODE)] }, Cni.cilium())],
    ['authentication', authenticated(AuthenticationMode.REQUIRED, false), /mutual authentication .*`mutualAuthentication`/, authenticated(AuthenticationMode.REQUIRED, true)],
    ['authentication that fails', authenticated(AuthenticationMode.TEST_ALWAYS_FAIL, false), /mutual authentication/, authenticated(AuthenticationMode.DISABLED, false)],
    ['SCTP', sctp(false), /an SCTP port on a Cilium .*`sctp`/, sctp(true)],
    ['anything, where there is no Cilium', from({}, Cni.calico()), /a CiliumNetworkPolicy on Calico; allowed: Cilium/, from({}, Cni.cilium())],
    [
      'anything cluster-wide, where there is no Cilium', () => clusterPolicy({ endpointSelector: own, ingress: [{}] }, Cni.calico()),
      /a CiliumClusterwideNetworkPolicy on Calico/, () => clusterPolicy({ endpointSelector: own, ingress: [{}] }),
    ],
  ]);
});

describe('ICMP that the agent would drop', () => {
  const echo = Port.icmp(8);
  const messages = (count: number) => Array.from({ length: count }, (_, type) => Port.icmp(type));
  const icmps = (ports: Port[]) => from({ from: [Peer.anywhere()], icmps: ports });
  testRefusals([
    ['beside ports', from({ toPorts: [{ ports: [Port.tcp(1)] }], icmps: [echo] }), /icmps: given icmps beside ports; .*a rule for each/, () => ciliumPolicy({ ingress: [{ toPorts: [{ ports: [Port.tcp(1)] }] }, { icmps: [echo] }] })],
    ['beside the ports of a deny', () => ciliumPolicy({ ingressDeny: [{ ports: [Port.tcp(1)], icmps: [echo] }] }), /icmps beside ports/, () => ciliumPolicy({ ingressDeny: [{ icmps: [echo] }] })],
    ['41 messages', icmps(messages(41)), /icmps: given 41 messages; allowed: at most 40/, icmps(messages(40))],
    ['no message', icmps([]), /ports: given an empty list/, icmps([echo])],
    ['a port among the messages', icmps([echo, Port.tcp(1)]), /icmps: given TCP\/1/, icmps([echo, Port.icmp(128, IcmpFamily.IPV6)])],
    ['a message among the ports', from({ toPorts: [{ ports: [Port.tcp(1), echo] }] }), /ports: given ICMP\/8; .*Put ICMP into `icmps`/, from({ toPorts: [{ ports: [Port.tcp(1)] }] })],
    ['a type that is none', () => Port.icmp(256), /Port.icmp: type: given 256/, () => Port.icmp(255)],
  ]);
});

describe('addresses that the agent would drop, or read otherwise', () => {
  const cidr = (text: string, ...except: string[]) => () => Peer.cidr(text, { except });
  testRefusals([
    ['no prefix length', cidr('10.0.0.1'), /Peer.cidr: CIDR: given "10.0.0.1".*10.0.0.1\/32/, cidr('10.0.0.1/32')],
    ['a prefix length that is none', cidr('10.0.0.0/33'), /Peer.cidr: CIDR/, cidr('10.0.0.0/8')],
    ['one that is none for IPv6', cidr('2001:db8::/129'), /Peer.cidr: CIDR/, cidr('2001:db8::/128')],
    ['host bits', cidr('10.0.0.1/8'), /Peer.cidr: CIDR: given "10.0.0.1\/8".*10.0.0.0\/8/, cidr('10.0.0.0/8')],
    ['an exception elsewhere', cidr('10.0.0.0/8', '192.168.0.0/16'), /Peer.cidr: except: given "192.168.0.0\/16"/, cidr('10.0.0.0/8', '10.1.0.0/16')],
    ['an exception of the other family', cidr('0.0.0.0/0', '2001:db8::/32'), /except/, cidr('::/0', '2001:db8::/32')],
    ['an exception that leaves nothing', cidr('10.0.0.0/8', '10.0.0.0/8'), /except/, cidr('10.0.0.0/8', '10.0.0.0/9')],
    ['an exception that is none', () => Peer.cidrGroup('offices', { except: ['10.0.0.1'] }), /Peer.cidrGroup: except/, () => Peer.cidrGroup('offices', { except: ['10.0.0.1/32'] })],
    ['a group by a name that is none', () => Peer.cidrGroup('Offices'), /Peer.cidrGroup: group: given "Offices"/, () => Peer.cidrGroup('offices')],
    ['groups by no label', () => Peer.cidrGroups({}), /Peer.cidrGroups: labels: given none/, () => Peer.cidrGroups({ kind: 'office' })],
  ]);
});

describe('a port by a name that nobody outside gives', () => {
  const toPorts = [{ ports: [Port.named('https')] }];
  const message = /ports: given TCP\/https beside a peer of kind \w+; allowed: numbers towards addresses and hosts.*Give the number/;
  testRefusals([
    ['goes to a CIDR', to({ to: [Peer.cidr('192.0.2.0/24')], toPorts }), message, to({ to: [Peer.namespace('bank')], toPorts })],
    ['goes to a CIDR group', to({ to: [Peer.cidrGroup('bank')], toPorts }), message, to({ to: [Peer.cidrGroup('bank')], toPorts: [{ ports: [Port.tcp(443)] }] })],
    ['goes to CIDR groups by label', to({ to: [Peer.cidrGroups({ a: 'b' })], toPorts }), message, to({ to: [Peer.pods({ a: 'b' })], toPorts })],
    ['goes to a host', to({ to: [Peer.fqdn('a.io')], toPorts }), message, to({ to: [Peer.fqdn('a.io')], toPorts: [{ ports: [Port.allTcp()] }] })],
    ['goes to the world', to({ to: [Peer.entity(Entity.WORLD)], toPorts }), message, to({ to: [Peer.entity(Entity.CLUSTER)], toPorts })],
    ...[Entity.HOST, Entity.REMOTE_NODE, Entity.KUBE_APISERVER, Entity.INGRESS, Entity.HEALTH].map(entity => [
      `goes to ${entity}`, to({ to: [Peer.entity(entity)], toPorts }), message, to({ to: [Peer.entity(entity)], toPorts: [{ ports: [Port.tcp(443)] }] }),
    ] as const),
    ['goes to nodes', to({ to: [Peer.nodes({ zone: 'a' })], toPorts }, Cni.cilium('1.18', { nodeSelectors: true })), message,
      to({ to: [Peer.nodes({ zone: 'a' })], toPorts: [{ ports: [Port.tcp(443)] }] }, Cni.cilium('1.18', { nodeSelectors: true }))],
    ['goes to the world, denied', () => ciliumPolicy({ egressDeny: [{ to: [Peer.entity(Entity.WORLD)], ports: toPorts[0]!.ports }] }), message,
      () => ciliumPolicy({ egressDeny: [{ to: [Peer.anywhere()], ports: toPorts[0]!.ports }] })],
  ]);

  test('is the business of the pods themselves on ingress', () => {
    expect(from({ from: [Peer.cidr('192.0.2.0/24')], toPorts })).not.toThrow();
    expect(from({ from: [Peer.entity(Entity.WORLD)], toPorts })).not.toThrow();
  });
});

describe('a path that dot segments lead out of', () => {
  const raw = Cni.cilium('1.18', { normalizedPaths: false });
  const http = (path: HttpPath, cni = raw) => () => ciliumPolicy({
    ingress: [{ toPorts: [{ ports: [Port.tcp(80)], http: [HttpRule.any(), HttpRule.get(path)] }] }],
  }, cni);
  testRefusals([
    ['is a prefix', http(HttpPath.prefix('/v1')), /path: given .*does not normalise paths.*http-normalize-path/, http(HttpPath.prefix('/v1'), Cni.cilium())],
    ['is a prefix without query', http(HttpPath.prefix('/v1', { query: false })), /does not normalise paths/, http(HttpPath.exact('/v1', { query: false }))],
    ['is below the root, which nothing leads out of', http(HttpPath.prefix('/a')), /does not normalise paths/, http(HttpPath.prefix('/'))],
  ]);
});
