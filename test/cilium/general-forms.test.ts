import { ciliumPolicy, clusterPolicy } from './support';
import {
  AuthenticationMode, Cni, DnsRule, Entity, HeaderMismatch, HttpPath, HttpRule, IcmpFamily, KafkaRole, LabelSelector, Peer, Port,
} from '../../src';

const all = LabelSelector.all();

describe('CiliumNetworkPolicy', () => {
  test('says what the kind can say, and adds nothing', () => {
    expect(ciliumPolicy({
      description: 'What it is for',
      log: 'payments',
      ruleLabels: [{ key: 'owner', value: 'payments' }],
      enableDefaultDeny: { egress: false },
      egress: [
        {
          to: [Peer.cidr('192.0.2.0/24')],
          toPorts: [{
            ports: [Port.tcp(443)],
            http: [HttpRule.get(HttpPath.exact('/'))],
            serverNames: ['bank.example.com'],
            terminatingTls: { secret: { name: 'tls', namespace: 'certs' }, certificate: 'crt', privateKey: 'key' },
            originatingTls: { secret: { name: 'ca' }, trustedCa: 'ca.crt' },
          }],
        },
        { to: [Peer.anywhere()], toPorts: [{ ports: [Port.tcp(80)], listener: { name: 'l', envoyConfig: 'e', priority: 10 } }] },
        { toServices: [{ name: 'db', namespace: 'data' }, { labels: { tier: 'db' } }] },
        { toGroups: [{ region: 'eu-west-1', securityGroupIds: ['sg-1'] }] },
        { to: [Peer.entity(Entity.WORLD)], icmps: [Port.icmp(8), Port.icmp(128, IcmpFamily.IPV6)] },
      ],
      egressDeny: [{ to: [Peer.cidrGroups({ kind: 'bad' })] }],
    }).spec).toEqual({
      endpointSelector: {},
      description: 'What it is for',
      log: { value: 'payments' },
      labels: [{ key: 'owner', value: 'payments' }],
      enableDefaultDeny: { egress: false },
      egress: [
        {
          toCIDRSet: [{ cidr: '192.0.2.0/24' }],
          toPorts: [{
            ports: [{ port: '443', protocol: 'TCP' }],
            rules: { http: [{ method: 'GET', path: '/(\\?.*)?' }] },
            serverNames: ['bank.example.com'],
            terminatingTLS: { secret: { name: 'tls', namespace: 'certs' }, certificate: 'crt', privateKey: 'key' },
            originatingTLS: { secret: { name: 'ca' }, trustedCA: 'ca.crt' },
          }],
        },
        { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], listener: { name: 'l', envoyConfig: { kind: 'CiliumEnvoyConfig', name: 'e' }, priority: 10 } }] },
        { toServices: [{ k8sService: { serviceName: 'db', namespace: 'data' } }, { k8sServiceSelector: { selector: { matchLabels: { tier: 'db' } }, namespace: 'shop' } }] },
        { toGroups: [{ aws: { region: 'eu-west-1', securityGroupsIds: ['sg-1'] } }] },
        { toEntities: ['world'], icmps: [{ fields: [{ type: 8, family: 'IPv4' }, { type: 128, family: 'IPv6' }] }] },
      ],
      egressDeny: [{ toCIDRSet: [{ cidrGroupSelector: { matchLabels: { kind: 'bad' } } }] }],
    });
  });

  test('says who the peers are in every way there is', () => {
    const peers = [
      Peer.pods({ app: 'web' }), Peer.pods({ app: 'web' }, { namespace: 'bank' }), Peer.pods({}, { namespaceLabels: { team: 'a' } }), Peer.anyNamespace(),
      Peer.serviceAccount('ci', { namespace: 'ci' }), Peer.sameNamespace(), Peer.nodes({ zone: 'a' }), Peer.cidrGroup('offices', { except: ['192.0.2.0/24'] }),
    ];
    const cni = Cni.cilium('1.18', { nodeSelectors: true });
    expect(ciliumPolicy({ ingress: peers.map(peer => ({ from: [peer] })) }, cni).spec.ingress).toEqual([
      { fromEndpoints: [{ matchLabels: { app: 'web' } }] },
      { fromEndpoints: [{ matchLabels: { 'app': 'web', 'k8s:io.kubernetes.pod.namespace': 'bank' } }] },
      { fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'a' } }] },
      { fromEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] }] },
      { fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.policy.serviceaccount': 'ci', 'k8s:io.kubernetes.pod.namespace': 'ci' } }] },
      { fromEndpoints: [{}] },
      { fromNodes: [{ matchLabels: { zone: 'a' } }] },
      { fromCIDRSet: [{ cidrGroupRef: 'offices', except: ['192.0.2.0/24'] }] },
    ]);
  });

  test('says which ports in every way there is', () => {
    const ports = [Port.tcp(80), Port.udpRange(5000, 5010), Port.named('http'), Port.allTcp(), Port.sctp(9)];
    const cni = Cni.cilium('1.18', { sctp: true });
    expect(ciliumPolicy({ ingress: [{ toPorts: [{ ports }] }], ingressDeny: [{ ports: [Port.tcp(22)] }] }, cni).spec).toMatchObject({
      ingress: [{
        toPorts: [{
          ports: [
            { port: '80', protocol: 'TCP' }, { port: '5000', endPort: 5010, protocol: 'UDP' }, { port: 'http', protocol: 'TCP' },
            { port: '0', protocol: 'TCP' }, { port: '9', protocol: 'SCTP' },
          ],
        }],
      }],
      ingressDeny: [{ toPorts: [{ ports: [{ port: '22', protocol: 'TCP' }] }] }],
    });
  });

  test('says what may be said in every way there is', () => {
    const http = [
      HttpRule.any(), HttpRule.path(HttpPath.raw('/x')), HttpRule.of({ hostRegex: '.*', headers: ['X-A'] }),
      HttpRule.of({ headerMatches: [{ name: 'X-B', secret: { name: 's' }, mismatch: HeaderMismatch.LOG }, { name: 'X-C', value: 'v' }] }),
      ...[HttpRule.head, HttpRule.put, HttpRule.patch, HttpRule.delete, HttpRule.options].map(make => make(HttpPath.raw('/'))),
    ];
    const kafka = [{ role: KafkaRole.CONSUME, clientId: 'c', topic: 't' }, { apiKey: 'fetch', apiVersion: '1' }];
    const toPorts = [
      { ports: [Port.tcp(80)], http }, { ports: [Port.udp(53)], dns: [DnsRule.any(), DnsRule.name('a.io'), DnsRule.pattern('*.a.io')] },
      { ports: [Port.tcp(9092)], kafka },
    ];
    const rules = ciliumPolicy({ egress: [{ toPorts }] }).spec.egress[0].toPorts.map((entry: { rules: object }) => entry.rules);
    expect(rules).toEqual([
      {
        http: [
          {}, { path: '/x' }, { host: '.*', headers: ['X-A'] },
          { headerMatches: [{ name: 'X-B', secret: { name: 's' }, mismatch: 'LOG' }, { name: 'X-C', value: 'v' }] },
          ...['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(method => ({ method, path: '/' })),
        ],
      },
      { dns: [{ matchPattern: '*' }, { matchName: 'a.io' }, { matchPattern: '*.a.io' }] },
      { kafka: [{ role: 'consume', clientID: 'c', topic: 't' }, { apiKey: 'fetch', apiVersion: '1' }] },
    ]);
  });

  test('asks for authentication in each direction', () => {
    const authentication = AuthenticationMode.REQUIRED;
    const { spec } = ciliumPolicy(
      { ingress: [{ from: [Peer.sameNamespace()], authentication }], egress: [{ to: [Peer.sameNamespace()], authentication }] },
      Cni.cilium('1.18', { mutualAuthentication: true }),
    );
    expect([spec.ingress[0].authentication, spec.egress[0].authentication]).toEqual([{ mode: 'required' }, { mode: 'required' }]);
  });

  test('bears the name, namespace, labels and annotations that it is given', () => {
    expect(ciliumPolicy({ ingress: [{}], name: 'api', namespace: 'bank', labels: { team: 'bank' }, annotations: { 'acme.example/why': 'so' } }).metadata)
      .toEqual({ name: 'api', namespace: 'bank', labels: { team: 'bank' }, annotations: { 'acme.example/why': 'so' } });
    expect(ciliumPolicy({ ingress: [{}], namespace: undefined }).metadata.namespace).toBe('shop');
  });
});

describe('CiliumClusterwideNetworkPolicy', () => {
  test('is cluster-scoped also in a chart that has a namespace', () => {
    expect(clusterPolicy({ endpointSelector: all, ingress: [{}] }).metadata).toEqual({ name: 'p' });
  });

  test('selects pods of every namespace by label, and reserved endpoints, or nodes', () => {
    const pods = LabelSelector.labels({ 'k8s:io.kubernetes.pod.namespace': 'bank', 'app': 'api' });
    const health = LabelSelector.labels({ 'reserved:health': '' });
    const [one, two] = [pods, health].map(endpointSelector => clusterPolicy({ endpointSelector, ingress: [{}] }).spec);
    expect(one).toEqual({ endpointSelector: { matchLabels: { 'app': 'api', 'k8s:io.kubernetes.pod.namespace': 'bank' } }, ingress: [{}] });
    expect(two.endpointSelector).toEqual({ matchLabels: { 'reserved:health': '' } });
    const nodeSelector = LabelSelector.labels({ 'node-role.kubernetes.io/control-plane': '' });
    expect(clusterPolicy({ nodeSelector, ingress: [{}] }, Cni.cilium('1.18', { hostFirewall: true })).spec)
      .toEqual({ nodeSelector: { matchLabels: { 'node-role.kubernetes.io/control-plane': '' } }, ingress: [{}] });
  });

  test('takes pods of every namespace for peers, by name of the namespace or any', () => {
    const peers = [Peer.pods({ app: 'x' }, { anyNamespace: true }), Peer.namespace('bank')];
    expect(clusterPolicy({ endpointSelector: all, ingress: [{ from: peers }] }).spec.ingress[0].fromEndpoints).toEqual([
      { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] },
      { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'bank' } },
    ]);
  });
});
