import { ciliumObjects, ciliumPolicy, clusterPolicy } from './support';
import {
  CiliumClusterwideNetworkPolicyProps, CiliumNetworkPolicyProps, CiliumServicePeer, Cni, DnsRule, Entity, HttpPath, HttpRule,
  LabelExpression, LabelSelector, NetworkPolicy, Peer, PolicyType, Port,
} from '../../src';
import { type Flow, namespace, pod, Reach } from '../support/reach';

const cni = Cni.cilium('1.18', { nodeSelectors: true, hostFirewall: true });
const http = [{ name: 'http', containerPort: 8080 }];
const service = (ns: string, name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: ns, labels: { tier: 'db' } }, spec: { selector: { app: 'web' } } });
const world = [
  namespace('shop', { team: 'a' }), namespace('bank', { team: 'b' }), namespace('kube-system'),
  pod('shop', { app: 'api' }, { name: 'api', ports: http }),
  pod('shop', { app: 'web' }, { name: 'web', serviceAccount: 'web', ip: '10.244.0.9' }),
  pod('shop', { app: 'job' }, { name: 'job' }),
  pod('bank', { app: 'web' }, { name: 'web', ip: '10.244.1.9' }),
  pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'dns' }),
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'east', labels: { zone: 'east' } }, status: { addresses: [{ address: '192.0.2.200' }] } },
  service('shop', 'db'), service('bank', 'db'),
];
const PEERS = ['shop/web', 'shop/job', 'bank/web', 'ip:192.0.2.7', 'ip:203.0.113.9', 'node:east', 'entity:ingress', 'entity:kube-apiserver'];

const reachUnder = (...policies: object[]) => new Reach([...policies, ...world], { dataplane: 'cilium' });
const policy = (props: Partial<CiliumNetworkPolicyProps>) => ciliumPolicy({ endpointSelector: LabelSelector.labels({ app: 'api' }), ...props }, cni);
const callers = (policies: object[], flow: Partial<Flow> = {}) => {
  const reach = reachUnder(...policies);
  return PEERS.filter(from => reach.allows({ from, to: 'shop/api', port: 80, ...flow }));
};

describe('who may come in by a rule', () => {
  test.each<[string, Peer, string[]]>([
    ['pods of the own namespace', Peer.pods({ app: 'web' }), ['shop/web']],
    ['pods of another namespace', Peer.pods({ app: 'web' }, { namespace: 'bank' }), ['bank/web']],
    ['pods of any namespace', Peer.pods({ app: 'web' }, { anyNamespace: true }), ['shop/web', 'bank/web']],
    ['pods of labelled namespaces', Peer.namespaces({ team: 'b' }), ['bank/web']],
    ['pods of namespaces without a label, and nothing that is no pod', Peer.namespaces({}, { expressions: [LabelExpression.notIn('team', 'b')] }), ['shop/web', 'shop/job']],
    ['pods by name of namespaces that have a label', Peer.pods({ app: 'web' }, { namespaceExpressions: [LabelExpression.exists('team')] }), ['shop/web', 'bank/web']],
    ['nodes without a label', Peer.nodes({}, { expressions: [LabelExpression.doesNotExist('gpu')] }), ['node:east']],
    ['pods of the own namespace, whatever their labels', Peer.sameNamespace(), ['shop/web', 'shop/job']],
    ['pods that are not', Peer.pods({}, { expressions: [LabelExpression.notIn('app', 'web')] }), ['shop/job']],
    ['pods of every namespace, and nothing else', Peer.anyNamespace(), ['shop/web', 'shop/job', 'bank/web']],
    ['pods by service account', Peer.serviceAccount('web'), ['shop/web']],
    ['addresses outside', Peer.cidr('192.0.2.0/24'), ['ip:192.0.2.7']],
    ['addresses outside but for some', Peer.cidr('0.0.0.0/0', { except: ['192.0.2.0/24'] }), ['ip:203.0.113.9']],
    ['no pod by its address', Peer.cidr('10.244.0.0/16'), []],
    ['nodes by label', Peer.nodes({ zone: 'east' }), ['node:east']],
    ['no node of another label', Peer.nodes({ zone: 'west' }), []],
    ['the world', Peer.entity(Entity.WORLD), ['ip:192.0.2.7', 'ip:203.0.113.9']],
    ['the cluster', Peer.entity(Entity.CLUSTER), ['shop/web', 'shop/job', 'bank/web', 'node:east', 'entity:ingress', 'entity:kube-apiserver']],
    ['other nodes', Peer.entity(Entity.REMOTE_NODE), ['node:east']],
    ['the API server', Peer.entity(Entity.KUBE_APISERVER), ['entity:kube-apiserver']],
    ['the ingress', Peer.entity(Entity.INGRESS), ['entity:ingress']],
    ['nobody', Peer.entity(Entity.NONE), []],
    ['all', Peer.entity(Entity.ALL), PEERS],
    ['anyone', Peer.anywhere(), PEERS],
  ])('%s', (_, peer, expected) => {
    const rules = { from: [peer], toPorts: [{ ports: [Port.tcp(80)] }] };
    expect(callers([policy({ ingress: [rules] })])).toEqual(expected);
    expect(callers([policy({ ingress: [{ from: [peer] }] })])).toEqual(expected);
    // What an allow lets in, a deny keeps out, and nobody else.
    const isOpen = { enableDefaultDeny: { ingress: false, egress: false } };
    const others = PEERS.filter(one => !expected.includes(one));
    expect(callers([policy({ ingressDeny: [{ from: [peer], ports: [Port.tcp(80)] }], ...isOpen })])).toEqual(others);
  });

  test('members of a CIDR group, by name or by label', () => {
    const group = { apiVersion: 'cilium.io/v2', kind: 'CiliumCIDRGroup', metadata: { name: 'offices', labels: { kind: 'office' } }, spec: { externalCIDRs: ['192.0.2.0/24'] } };
    const peers = [Peer.cidrGroup('offices'), Peer.cidrGroups({ kind: 'office' }), Peer.cidrGroups({}, { expressions: [LabelExpression.in('kind', 'office')] })];
    for (const peer of peers) {
      expect(callers([group, policy({ ingress: [{ from: [peer] }] })])).toEqual(['ip:192.0.2.7']);
    }
    expect(callers([group, policy({ ingress: [{ from: [Peer.cidrGroup('offices', { except: ['192.0.2.7/32'] })] }] })])).toEqual([]);
  });
});

describe('what a rule is about', () => {
  const allows = (props: Partial<CiliumNetworkPolicyProps>, flow: Partial<Flow>) => reachUnder(policy(props)).allows({ from: 'shop/web', to: 'shop/api', ...flow });

  test('peers and ports of one rule must both match, of several rules one must', () => {
    const web = [Peer.pods({ app: 'web' })];
    const job = [Peer.pods({ app: 'job' })];
    const toPorts = [{ ports: [Port.tcp(80)] }];
    expect(callers([policy({ ingress: [{ from: web, toPorts }] })], { port: 81 })).toEqual([]);
    expect(callers([policy({ ingress: [{ from: web, toPorts }, { from: job }] })], { port: 81 })).toEqual(['shop/job']);
    expect(callers([policy({ ingress: [{ from: web }, { toPorts }] })])).toEqual(PEERS);
  });

  test.each<[string, Port, Partial<Flow>, boolean]>([
    ['a port', Port.tcp(80), { port: 80 }, true],
    ['a port, not its neighbour', Port.tcp(80), { port: 81 }, false],
    ['a port, not of the other protocol', Port.tcp(80), { port: 80, protocol: 'UDP' }, false],
    ['a port, not ICMP', Port.tcp(80), { icmpType: 8 }, false],
    ['the ends of a range', Port.udpRange(10, 12), { port: 12, protocol: 'UDP' }, true],
    ['a range, not the next', Port.udpRange(10, 12), { port: 13, protocol: 'UDP' }, false],
    ['a name', Port.named('http'), { port: 8080 }, true],
    ['a name, not another port', Port.named('http'), { port: 80 }, false],
    ['every TCP port', Port.allTcp(), { port: 65535 }, true],
    ['every TCP port, not UDP', Port.allTcp(), { port: 80, protocol: 'UDP' }, false],
    ['every port', Port.all(), { port: 80, protocol: 'UDP' }, true],
    ['every port, with ICMP', Port.all(), { icmpType: 8 }, true],
  ])('%s', (_, port, flow, expected) => {
    const toPorts = [{ ports: [port] }];
    expect(allows({ ingress: [{ from: [Peer.sameNamespace()], toPorts }] }, flow)).toBe(expected);
    expect(allows({ ingress: [{ toPorts }] }, flow)).toBe(expected);
    expect(allows({ ingressDeny: [{ ports: [port] }], enableDefaultDeny: { ingress: false } }, flow)).toBe(!expected);
    const denied = { ingressDeny: [{ from: [Peer.anywhere()], ports: [port] }], enableDefaultDeny: { ingress: false } };
    expect(allows(denied, flow)).toBe(!expected);
  });

  test('ICMP messages, and no port', () => {
    const icmps = [Port.icmp(8)];
    const flows = [{ icmpType: 8 }, { icmpType: 0 }, { port: 80 }];
    expect(flows.map(flow => allows({ ingress: [{ icmps }] }, flow))).toEqual([true, false, false]);
  });

  test('nobody, where it names neither peers nor ports', () => {
    expect(callers([policy({ ingress: [{}] })])).toEqual([]);
    expect(callers([policy({ ingressDeny: [{}], enableDefaultDeny: { ingress: false } })])).toEqual(PEERS);
  });

  test('the pods behind a Service of that namespace, never a Service of the same name elsewhere', () => {
    const called = (toServices: CiliumServicePeer[]) => {
      const reach = reachUnder(policy({ egress: [{ toServices }] }));
      return PEERS.filter(to => reach.allows({ from: 'shop/api', to, port: 80 }));
    };
    expect([called([{ name: 'db' }]), called([{ labels: { tier: 'db' } }])]).toEqual([['shop/web'], ['shop/web']]);
    expect([called([{ name: 'db', namespace: 'bank' }]), called([{ labels: { tier: 'db' }, namespace: 'bank' }])]).toEqual([['bank/web'], ['bank/web']]);
    expect(policy({ egress: [{ toServices: [{ name: 'db' }] }] }).spec.egress[0].toServices).toEqual([{ k8sService: { serviceName: 'db', namespace: 'shop' } }]);
  });
});

describe('isolation', () => {
  const web = Peer.pods({ app: 'web' });
  const open = { enableDefaultDeny: { ingress: false, egress: false } };
  test.each<[string, Partial<CiliumNetworkPolicyProps>, string[]]>([
    ['an allow isolates', { ingress: [{ from: [web] }] }, ['shop/web']],
    ['an allow does not, when told so', { ingress: [{ from: [web] }], ...open }, PEERS],
    ['a deny isolates', { ingressDeny: [{ from: [web] }] }, []],
    ['a deny does not, when told so, and still denies', { ingressDeny: [{ from: [web] }], ...open }, PEERS.filter(peer => peer !== 'shop/web')],
    ['a deny wins over an allow', { ingress: [{ from: [Peer.anywhere()] }], ingressDeny: [{ from: [web] }] }, PEERS.filter(peer => peer !== 'shop/web')],
    ['the other direction is left alone', { egress: [{}] }, PEERS],
  ])('%s', (_, props, expected) => expect(callers([policy(props)])).toEqual(expected));

  test('a deny of Cilium wins over an allow of Kubernetes', () => {
    const objects = ciliumObjects(cni, chart => new NetworkPolicy(chart, 'np', {
      name: 'np', podSelector: LabelSelector.all(), policyTypes: [PolicyType.INGRESS], ingress: [{ from: [Peer.sameNamespace()], ports: [Port.tcp(80)] }],
    }));
    expect(callers(objects)).toEqual(['shop/web', 'shop/job']);
    expect(callers([...objects, policy({ ingressDeny: [{ from: [web] }], ...open })])).toEqual(['shop/job']);
  });

  test('the node of a pod gets in under default deny, for its probes, and is kept out by a deny', () => {
    const flow = { from: 'entity:host', to: 'shop/api', port: 80 };
    expect(reachUnder(policy({ ingress: [{}] })).allows(flow)).toBe(true);
    expect(reachUnder(policy({ ingressDeny: [{ from: [Peer.entity(Entity.HOST)] }], ...open })).allows(flow)).toBe(false);
  });
});

describe('requests', () => {
  const rules = (more: Partial<CiliumNetworkPolicyProps> = {}) => policy({
    ingress: [{
      from: [Peer.sameNamespace()],
      toPorts: [{
        ports: [Port.tcp(80)],
        http: [HttpRule.of({ path: HttpPath.prefix('/v1'), host: 'api.example.com', headers: ['X-Id'] }), HttpRule.head(HttpPath.exact('/health'))],
      }],
    }],
    ...more,
  });
  const asks = (policies: object[], request: Flow['http']) => reachUnder(...policies).allows({ from: 'shop/web', to: 'shop/api', port: 80, http: request });
  const request = { path: '/v1/x?y=z', host: 'api.example.com:80', headers: { 'x-id': '7' } };

  test.each([
    ['all conditions of a rule', request, true],
    ['another method, where none is named', { ...request, method: 'PUT' }, true],
    ['another path', { ...request, path: '/v2' }, false],
    ['a path that leaves the prefix', { ...request, path: '/v1/../v2' }, false],
    ['another host', { ...request, host: 'x.example.com' }, false],
    ['a header that is missing', { ...request, headers: {} }, false],
    ['another rule', { method: 'HEAD', path: '/health' }, true],
    ['half of another rule', { method: 'GET', path: '/health' }, false],
  ])('%s', (_, sent, expected) => expect(asks([rules()], sent)).toBe(expected));

  test('are restricted only where the rule isolates', () => {
    expect(asks([rules({ enableDefaultDeny: { ingress: false } })], { path: '/v2' })).toBe(true);
    expect(asks([rules({ enableDefaultDeny: { ingress: false } }), policy({ ingress: [{}] })], { path: '/v2' })).toBe(false);
  });

  test('to a DNS name need a rule for DNS for the same pods', () => {
    const to = { to: [Peer.fqdn('a.example.com')], toPorts: [{ ports: [Port.tcp(443)] }] };
    const ask = { to: [Peer.pods({ 'k8s-app': 'kube-dns' }, { namespace: 'kube-system' })], toPorts: [{ ports: [Port.udp(53)], dns: [DnsRule.pattern('*.example.com')] }] };
    const reach = reachUnder(policy({ egress: [to, ask] }));
    const opens = (name: string) => reach.allows({ from: 'shop/api', to: `fqdn:${name}`, port: 443 });
    expect([opens('a.example.com'), opens('b.example.com'), opens('A.EXAMPLE.com')]).toEqual([true, false, true]);
  });
});

describe('a cluster-wide policy', () => {
  const called = (props: Partial<CiliumClusterwideNetworkPolicyProps>) => {
    const reach = reachUnder(clusterPolicy(props, cni));
    return ['shop/api', 'bank/web', 'kube-system/dns', 'entity:health', 'node:east'].filter(to => reach.allows({ from: 'shop/job', to, port: 80 }));
  };

  test('selects every endpoint by an empty selector, system pods and health endpoints included, and no node', () => {
    expect(called({ endpointSelector: LabelSelector.all(), ingress: [{}] })).toEqual(['node:east']);
  });

  test('leaves namespaces out by their name', () => {
    const endpointSelector = LabelSelector.expressions(
      LabelExpression.exists('k8s:io.kubernetes.pod.namespace'), LabelExpression.notIn('k8s:io.kubernetes.pod.namespace', 'kube-system'),
    );
    expect(called({ endpointSelector, ingress: [{}] })).toEqual(['kube-system/dns', 'entity:health', 'node:east']);
  });

  test('selects nodes by label', () => {
    expect(called({ nodeSelector: LabelSelector.labels({ zone: 'east' }), ingress: [{}] })).not.toContain('node:east');
    expect(called({ nodeSelector: LabelSelector.labels({ zone: 'west' }), ingress: [{}] })).toContain('node:east');
  });

  test('takes pods of every namespace for peers, and nothing outside', () => {
    const props = { endpointSelector: LabelSelector.labels({ app: 'api' }), ingress: [{ from: [Peer.pods({}, { anyNamespace: true })] }] };
    expect(callers([clusterPolicy(props, cni)])).toEqual(['shop/web', 'shop/job', 'bank/web']);
  });
});
