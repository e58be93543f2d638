import { Chart } from 'cdk8s';
import {
  CiliumClusterwideNetworkPolicy, CiliumClusterwideNetworkPolicyProps, CiliumNetworkPolicy, CiliumNetworkPolicyProps, Cni, DnsRule, Entity,
  HttpPath, HttpRule, IcmpFamily, LabelExpression, LabelSelector, Peer, Platform, Port,
} from '../../src';
import { namespace, pod, Reach } from '../support/reach';
import { manifests, testApp } from '../support/synth';

const all = LabelSelector.all();
const http = [HttpRule.get(HttpPath.exact('/'))];

function policy(props: Partial<CiliumNetworkPolicyProps>, cni = Cni.cilium()) {
  const app = testApp();
  new Platform(app, 'platform', { cni });
  new CiliumNetworkPolicy(new Chart(app, 'test'), 'p', { name: 'p', namespace: 'shop', endpointSelector: all, ...props });
  return manifests(app)[0]!;
}

function clusterwide(props: Partial<CiliumClusterwideNetworkPolicyProps>, cni = Cni.cilium()) {
  const app = testApp();
  new Platform(app, 'platform', { cni });
  new CiliumClusterwideNetworkPolicy(new Chart(app, 'test', { namespace: 'shop' }), 'p', { name: 'p', ...props });
  return manifests(app)[0]!;
}

describe('CiliumNetworkPolicy', () => {
  test('says what the kind can say, and adds nothing', () => {
    expect(policy({
      description: 'What it is for',
      log: 'payments',
      ruleLabels: [{ key: 'owner', value: 'payments' }],
      enableDefaultDeny: { egress: false },
      egress: [
        {
          to: [Peer.cidr('192.0.2.0/24')],
          toPorts: [{
            ports: [Port.tcp(443)],
            http,
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
        { toServices: [{ k8sService: { serviceName: 'db', namespace: 'data' } }, { k8sServiceSelector: { selector: { matchLabels: { tier: 'db' } } } }] },
        { toGroups: [{ aws: { region: 'eu-west-1', securityGroupsIds: ['sg-1'] } }] },
        { toEntities: ['world'], icmps: [{ fields: [{ type: 8, family: 'IPv4' }, { type: 128, family: 'IPv6' }] }] },
      ],
      egressDeny: [{ toCIDRSet: [{ cidrGroupSelector: { matchLabels: { kind: 'bad' } } }] }],
    });
  });

  test('an empty rule isolates and allows nothing; anyone on every port is the entity all', () => {
    const probes = [namespace('shop'), pod('shop', { a: 'b' }, { name: 'a' }), pod('shop', { a: 'c' }, { name: 'b' })];
    const reaches = (props: Partial<CiliumNetworkPolicyProps>) => new Reach([policy(props), ...probes], { dataplane: 'cilium' }).allows({ from: 'shop/a', to: 'shop/b', port: 1 });
    expect(reaches({ ingress: [{}] })).toBe(false);
    expect(reaches({ ingress: [{ from: [Peer.anywhere()] }] })).toBe(true);
    expect(policy({ ingress: [{ from: [Peer.anywhere()], toPorts: [{ ports: [Port.all()] }] }] }).spec.ingress).toEqual([{ fromEntities: ['all'] }]);
  });

  test('spreads more ports than an entry takes over several', () => {
    const ports = Array.from({ length: 90 }, (_, i) => Port.tcp(1000 + i));
    const { toPorts } = policy({ ingress: [{ from: [Peer.sameNamespace()], toPorts: [{ ports }] }] }).spec.ingress[0];
    expect(toPorts.map((entry: { ports: unknown[] }) => entry.ports.length)).toEqual([40, 40, 10]);
  });

  const egress = (toPorts: NonNullable<NonNullable<CiliumNetworkPolicyProps['egress']>[number]['toPorts']>) => ({ egress: [{ to: [Peer.anywhere()], toPorts }] });
  const ingress = (toPorts: NonNullable<NonNullable<CiliumNetworkPolicyProps['ingress']>[number]['toPorts']>) => ({ ingress: [{ from: [Peer.anywhere()], toPorts }] });

  test.each<[string, Partial<CiliumNetworkPolicyProps>, RegExp]>([
    ['no rule at all', {}, /rules: given none.*ingress: \[\{\}\]/],
    ['empty lists only', { ingress: [] }, /rules: given none/],
    ['isolation without a rule', { egress: [{}], enableDefaultDeny: { ingress: true } }, /enableDefaultDeny.ingress: given true, without any ingress rule/],
    ['two kinds of peers in a rule', { ingress: [{ from: [Peer.sameNamespace(), Peer.entity(Entity.HOST)] }] }, /Endpoints and Entities in one rule/],
    ['a peer beside services', { egress: [{ to: [Peer.sameNamespace()], toServices: [{ name: 'a' }] }] }, /given peers and toServices/],
    ['a service by name and labels', { egress: [{ toServices: [{ name: 'a', labels: { b: 'c' } }] }] }, /toServices: given name and labels/],
    ['ICMP beside ports', { ingress: [{ from: [Peer.anywhere()], toPorts: [{ ports: [Port.tcp(1)] }], icmps: [Port.icmp(8)] }] }, /icmps beside ports/],
    ['a port among ICMP', { ingress: [{ from: [Peer.anywhere()], icmps: [Port.tcp(1)] }] }, /icmps: given TCP\/1/],
    ['ICMP among ports', ingress([{ ports: [Port.icmp(8)] }]), /ports: given ICMP\/8/],
    ['a UDP port under HTTP', ingress([{ ports: [Port.tcp(1), Port.udp(1)], http }]), /given "UDP\/1"/],
    ['two L7 languages', egress([{ ports: [Port.tcp(1)], http, dns: [DnsRule.any()] }]), /given http and dns/],
    ['an empty list of L7 rules', ingress([{ ports: [Port.tcp(1)], http: [] }]), /http: given an empty list/],
    ['DNS rules on ingress', ingress([{ ports: [Port.udp(53)], dns: [DnsRule.any()] }]), /DNS rules on ingress/],
    ['DNS rules on a range', egress([{ ports: [Port.udpRange(53, 54)], dns: [DnsRule.any()] }]), /given "UDP\/53-54"/],
    ['server names beside HTTP without TLS termination', egress([{ ports: [Port.tcp(443)], http, serverNames: ['a.b'] }]), /without terminatingTls/],
    ['a wildcard within a server name', egress([{ ports: [Port.tcp(443)], serverNames: ['a.*.b'] }]), /serverNames: given "a.\*.b"/],
    ['a listener on ingress', ingress([{ ports: [Port.tcp(1)], listener: { name: 'l', envoyConfig: 'e' } }]), /a listener on ingress/],
    ['a listener beside HTTP', egress([{ ports: [Port.tcp(1)], http, listener: { name: 'l', envoyConfig: 'e' } }]), /a listener beside L7 rules/],
    ['a priority of a listener', egress([{ ports: [Port.tcp(1)], listener: { name: 'l', envoyConfig: 'e', priority: 101 } }]), /listener priority: given 101/],
    ['a long log text', { ingress: [{}], log: 'x'.repeat(33) }, /at most 32 printable characters/],
    ['a namespace in its selector', { ingress: [{}], endpointSelector: LabelSelector.labels({ 'k8s:io.kubernetes.pod.namespace': 'x' }) }, /Set `namespace` instead/],
    ['a reserved endpoint', { ingress: [{}], endpointSelector: LabelSelector.labels({ 'reserved:health': '' }) }, /CiliumClusterwideNetworkPolicy/],
  ])('refuses %s', (_, props, message) => expect(() => policy(props)).toThrow(message));

  test('refuses what this version of Cilium does not have', () => {
    const on = (version: string, props: Partial<CiliumNetworkPolicyProps>) => () => policy(props, Cni.cilium(version));
    const log = { ingress: [{}], log: 'x' };
    expect(on('1.17', log)).toThrow(/log on Cilium 1.17; allowed: Cilium since 1.18/);
    expect(on('1.18', log)).not.toThrow();
    const sni = egress([{ ports: [Port.tcp(443)], serverNames: ['*.example.com'] }]);
    expect(on('1.17', sni)).toThrow(/wildcards in serverNames on Cilium 1.17/);
    expect(on('1.18', sni)).not.toThrow();
    const dns = egress([{ ports: [Port.udp(53)], dns: [DnsRule.pattern('**.example.com')] }]);
    expect(on('1.18', dns)).toThrow(/`\*\*\.` in a DNS pattern/);
    expect(on('1.19', dns)).not.toThrow();
  });
});

describe('CiliumClusterwideNetworkPolicy', () => {
  test('is cluster-scoped also in a chart that has a namespace', () => {
    expect(clusterwide({ endpointSelector: all, ingress: [{}] }).metadata).toEqual({ name: 'p' });
  });

  test('needs a namespace in its peers, having none of its own', () => {
    const from = (peer: Peer) => () => clusterwide({ endpointSelector: all, ingress: [{ from: [peer] }] });
    expect(from(Peer.pods({ app: 'x' }))).toThrow(/pods of the policy's own namespace.*anyNamespace: true/);
    expect(from(Peer.pods({ app: 'x' }, { anyNamespace: true }))).not.toThrow();
  });

  test('selects pods or nodes, and nodes with the host firewall only', () => {
    const nodeSelector = LabelSelector.labels({ 'node-role.kubernetes.io/control-plane': '' });
    expect(() => clusterwide({ ingress: [{}] })).toThrow(/selector: given none/);
    expect(() => clusterwide({ ingress: [{}], endpointSelector: all, nodeSelector })).toThrow(/given endpointSelector and nodeSelector/);
    expect(() => clusterwide({ ingress: [{}], nodeSelector })).toThrow(/hostFirewall/);
    const firewall = Cni.cilium('1.18', { hostFirewall: true });
    expect(clusterwide({ ingress: [{}], nodeSelector }, firewall).spec.nodeSelector).toEqual({ matchLabels: { 'node-role.kubernetes.io/control-plane': '' } });
    const l7 = { ingress: [{ from: [Peer.anywhere()], toPorts: [{ ports: [Port.tcp(80)], http }] }] };
    expect(() => clusterwide({ ...l7, nodeSelector }, firewall)).toThrow(/http rules in a policy for nodes/);
    expect(() => clusterwide({ ...l7, endpointSelector: all }, firewall)).not.toThrow();
  });

  test('may select by namespace and by reserved label', () => {
    const endpointSelector = LabelSelector.expressions(LabelExpression.notIn('k8s:io.kubernetes.pod.namespace', 'kube-system'));
    expect(() => clusterwide({ endpointSelector, ingress: [{}] })).not.toThrow();
    expect(() => clusterwide({ endpointSelector: LabelSelector.labels({ 'reserved:health': '' }), ingress: [{}] })).not.toThrow();
  });
});
