import { ciliumPolicy, clusterPolicy, fromAnyone, testRefusals, toAnyone } from './support';
import {
  CiliumPortRule, Cni, DnsRule, EnvoyConfigKind, EnvoyListener, HttpPath, HttpRule, KafkaRole, KafkaRule, LabelSelector, Peer, Port,
  Protocol,
} from '../../src';
import type { Manifest } from '../support/synth';

const http = [HttpRule.get(HttpPath.exact('/'))];
const dns = [DnsRule.any()];
const on = (rule: Omit<CiliumPortRule, 'ports'>, ...ports: Port[]) => ({ ...rule, ports });
const into = (...rules: CiliumPortRule[]) => () => ciliumPolicy(fromAnyone(...rules));
const out = (...rules: CiliumPortRule[]) => () => ciliumPolicy(toAnyone(...rules));
const outOn = (cni: Cni, ...rules: CiliumPortRule[]) => () => ciliumPolicy(toAnyone(...rules), cni);

// The agent drops a whole policy for any of these and writes a line to its log; kubectl says `created`.
// https://docs.cilium.io/en/stable/security/policy/layer4/
describe('ports that the agent would drop, or read otherwise', () => {
  testRefusals([
    ['zero', () => Port.tcp(0), /Port.tcp: port: given 0/, () => Port.tcp(1)],
    ['above 65535', () => Port.udp(65536), /Port.udp: port: given 65536/, () => Port.udp(65535)],
    ['a range that ends before it begins', () => Port.tcpRange(90, 80), /Port.tcpRange: range/, () => Port.tcpRange(80, 90)],
    ['a name without a letter', () => Port.named('8080'), /Port.named: port name: given "8080"/, () => Port.named('p8080')],
    ['a name in upper case', () => Port.named('Http'), /Write 'http'/, () => Port.named('http')],
    ['a name with two hyphens', () => Port.named('a--b'), /Write 'a-b'/, () => Port.named('a-b')],
    ['a name of 16 characters', () => Port.named('a'.repeat(16)), /1 to 15 characters/, () => Port.named('a'.repeat(15), Protocol.UDP)],
    ['no port', into(on({})), /ports: given an empty list/, into(on({}, Port.tcp(1)))],
    ['no port in one of two entries', into(on({}, Port.tcp(1)), on({ http })), /ports: given an empty list; .*at least one port/, into(on({}, Port.tcp(1)), on({ http }, Port.tcp(2)))],
    ['no entry', into(), /ports: given an empty list/, into(on({}, Port.all()))],
    ['every port beside others', into(on({}, Port.all()), on({ http }, Port.tcp(1))), /given Port.all\(\) beside others/, into(on({}, Port.allTcp()), on({}, Port.udp(1)))],
  ]);

  test('more than 40, which are spread over entries, in a deny as well', () => {
    const ports = Array.from({ length: 81 }, (_, i) => Port.tcp(1000 + i));
    const policy = ciliumPolicy({ ingress: [{ toPorts: [{ ports, http }] }], egressDeny: [{ ports }] });
    const sizes = (entries: { ports: unknown[] }[]) => entries.map(entry => entry.ports.length);
    expect([sizes(policy.spec.ingress[0].toPorts), sizes(policy.spec.egressDeny[0].toPorts)]).toEqual([[40, 40, 1], [40, 40, 1]]);
    expect(policy.spec.ingress[0].toPorts.every((entry: { rules?: object }) => entry.rules !== undefined)).toBe(true);
  });
});

describe('L7 rules that the agent would drop', () => {
  const pods = LabelSelector.all();
  const firewall = (version: string) => Cni.cilium(version, { hostFirewall: true });
  const nodes = (rule: CiliumPortRule, version = '1.19') => () => clusterPolicy({ nodeSelector: pods, ...toAnyone(rule) }, firewall(version));
  testRefusals([
    ['HTTP and DNS for the same ports', out(on({ http, dns }, Port.tcp(1))), /rules: given http and dns; .*on ports of its own/, out(on({ http }, Port.tcp(80)), on({ dns }, Port.tcp(53)))],
    ['an empty list', into(on({ http: [] }, Port.tcp(1))), /http: given an empty list.*Cilium reads an empty list as everything/, into(on({ http: [HttpRule.any()] }, Port.tcp(1)))],
    ['an empty list of DNS names', out(on({ dns: [] }, Port.udp(53))), /dns: given an empty list/, out(on({ dns }, Port.udp(53)))],
    ['HTTP on a UDP port', into(on({ http }, Port.tcp(1), Port.udp(1))), /ports: given "UDP\/1"; allowed: TCP ports under http/, into(on({ http }, Port.tcp(1), Port.tcp(2)))],
    ['HTTP on a named UDP port', into(on({ http }, Port.named('web', Protocol.UDP))), /given "UDP\/web"/, into(on({ http }, Port.named('web')))],
    ['HTTP on every TCP port', into(on({ http }, Port.allTcp())), /given "TCP\/\*"; allowed: single ports/, into(on({ http }, Port.tcpRange(8000, 8999)))],
    ['HTTP on every port', into(on({ http }, Port.all())), /given "all"; allowed: single ports/, into(on({}, Port.all()))],
    ['DNS on every UDP port', out(on({ dns }, Port.allUdp())), /given "UDP\/\*"; allowed: single ports/, out(on({ dns }, Port.udp(53), Port.tcp(53)))],
    ['DNS on a range', out(on({ dns }, Port.udpRange(53, 54))), /given "UDP\/53-54"; allowed: single ports under DNS/, out(on({ dns }, Port.udp(53), Port.udp(54)))],
    ['DNS on ingress', into(on({ dns }, Port.udp(53))), /dns: given DNS rules on ingress; .*the pods that ask/, out(on({ dns }, Port.udp(53)))],
    ['HTTP for nodes', nodes(on({ http }, Port.tcp(80))), /http: given http rules in a policy for nodes/, nodes(on({}, Port.tcp(80)))],
    ['DNS for nodes before Cilium 1.19', nodes(on({ dns }, Port.udp(53)), '1.18'), /DNS rules in a policy for nodes on Cilium 1.18; .*since 1.19/, nodes(on({ dns }, Port.udp(53)))],
    ['`**.` before Cilium 1.19', outOn(Cni.cilium('1.18'), on({ dns: [DnsRule.pattern('**.a.io')] }, Port.udp(53))), /since 1.19/, outOn(Cni.cilium('1.19'), on({ dns: [DnsRule.pattern('**.a.io')] }, Port.udp(53)))],
  ]);
});

describe('DNS names that the agent would drop', () => {
  const long = `${'a.'.repeat(127)}a`;
  testRefusals([
    ['a URL', () => DnsRule.name('https://a.io'), /DnsRule.name: DNS name: given "https:\/\/a.io".*host name only/, () => DnsRule.name('a.io.')],
    ['a pattern for a name', () => DnsRule.name('*.a.io'), /without '\*'/, () => DnsRule.pattern('*.a.io')],
    ['256 characters', () => DnsRule.name(`${long}b`), /Shorten it to 255/, () => DnsRule.name(long)],
    ['an empty label', () => DnsRule.pattern('*..io'), /DnsRule.pattern: DNS pattern/, () => DnsRule.pattern('*.*.io')],
    ['a regular expression', () => Peer.fqdnPattern('[ab].io'), /Peer.fqdnPattern/, () => Peer.fqdnPattern('*a_b.io')],
    ['nothing', () => Peer.fqdn(''), /Peer.fqdn: DNS name/, () => Peer.fqdn('a')],
  ]);
});

describe('Kafka rules that the agent would drop', () => {
  const kafka = (rule: KafkaRule, version = '1.19') => outOn(Cni.cilium(version), on({ kafka: [rule] }, Port.tcp(9092)));
  testRefusals([
    ['a role and a request', kafka({ role: KafkaRole.CONSUME, apiKey: 'fetch' }), /kafka: given role and apiKey/, kafka({ role: KafkaRole.CONSUME })],
    ['a version that is no number', kafka({ apiKey: 'fetch', apiVersion: 'v1' }), /kafka apiVersion: given "v1"/, kafka({ apiKey: 'fetch', apiVersion: '1' })],
    ['a topic with a wildcard', kafka({ topic: 'orders.*' }), /kafka topic: given "orders.\*"/, kafka({ topic: 'orders.v1_a-b' })],
    ['a topic of 256 characters', kafka({ topic: 'a'.repeat(256) }), /kafka topic/, kafka({ topic: 'a'.repeat(255), clientId: 'c' })],
    ['a UDP port', outOn(Cni.cilium('1.19'), on({ kafka: [{}] }, Port.udp(9092))), /TCP ports under kafka/, kafka({})],
    ['any, from Cilium 1.20', kafka({ topic: 'a' }, '1.20'), /Kafka rules on Cilium 1.20; allowed: Cilium before 1.20/, kafka({ topic: 'a' }, '1.16')],
  ]);
});

describe('TLS that the agent would drop, or lose', () => {
  const tls = { secret: { name: 'tls' } };
  const names = (...serverNames: string[]) => out(on({ serverNames }, Port.tcp(443)));
  const wildcard = (version: string) => outOn(Cni.cilium(version), on({ serverNames: ['*.a.io'] }, Port.tcp(443)));
  testRefusals([
    ['no server name', names(), /serverNames: given an empty list/, names('a.io')],
    ['an empty server name', names('a.io', ''), /serverNames: given ""/, names('a.io', 'b.io.')],
    ['a wildcard alone', names('*'), /serverNames: given "\*"/, names('*.a.io')],
    ['a wildcard inside', names('a.*.io'), /serverNames: given "a.\*.io"; allowed: a host name, with at most a leading/, names('**.a.io')],
    ['three stars', names('***.a.io'), /serverNames: given/, names('**.a.io')],
    ['256 characters', names('a'.repeat(256)), /serverNames: given/, names('a'.repeat(255))],
    ['a wildcard before Cilium 1.18', wildcard('1.17'), /wildcards in serverNames on Cilium 1.17; allowed: Cilium since 1.18/, wildcard('1.18')],
    [
      'server names beside HTTP, TLS being passed on', out(on({ http, serverNames: ['a.io'] }, Port.tcp(443))),
      /serverNames: given server names beside L7 rules, without terminatingTls/, out(on({ http, serverNames: ['a.io'], terminatingTls: tls }, Port.tcp(443))),
    ],
    ['server names on UDP', out(on({ serverNames: ['a.io'] }, Port.udp(443))), /given "UDP\/443"; allowed: single TCP ports under server names/, out(on({ serverNames: ['a.io'] }, Port.named('https')))],
    ['terminated TLS on UDP', into(on({ terminatingTls: tls }, Port.udp(443))), /single TCP ports under terminatingTls/, into(on({ terminatingTls: tls }, Port.tcp(443)))],
    ['originated TLS on every port', out(on({ originatingTls: tls }, Port.all())), /given "all"; allowed: single TCP ports under originatingTls/, out(on({ originatingTls: tls }, Port.tcpRange(440, 443)))],
    ['a Secret without name', out(on({ terminatingTls: { secret: { name: '' } } }, Port.tcp(443))), /terminatingTls secret: given ""/, out(on({ terminatingTls: tls }, Port.tcp(443)))],
    ['a Secret of a namespace that is none', out(on({ originatingTls: { secret: { name: 'ca', namespace: 'Certs' } } }, Port.tcp(443))), /originatingTls secret: given "Certs"/, out(on({ originatingTls: { secret: { name: 'ca', namespace: 'certs' } } }, Port.tcp(443)))],
  ]);
});

describe('a listener that the agent would drop, or lose', () => {
  const listener = (props: Partial<EnvoyListener> = {}) => ({ listener: { name: 'l', envoyConfig: 'e', ...props } });
  const clusterwide = (props: Partial<EnvoyListener>) => () => clusterPolicy({
    endpointSelector: LabelSelector.all(), ...toAnyone(on(listener(props), Port.tcp(1))),
  });
  const egress = (props: Partial<EnvoyListener>) => out(on(listener(props), Port.tcp(1)));
  testRefusals([
    ['on ingress', into(on(listener(), Port.tcp(1))), /listener: given a listener on ingress; allowed: a listener on egress/, egress({})],
    ['beside HTTP', out(on({ ...listener(), http }, Port.tcp(1))), /listener: given a listener beside L7 rules/, out(on(listener(), Port.tcp(1)), on({ http }, Port.tcp(2)))],
    ['on every port', out(on(listener(), Port.all())), /ports: given "all"; allowed: ports that are named, under a listener/, out(on(listener(), Port.tcp(1), Port.udp(2)))],
    ['of priority 0', egress({ priority: 0 }), /listener priority: given 0; allowed: 1 to 100/, egress({ priority: 1 })],
    ['of priority 101', egress({ priority: 101 }), /listener priority: given 101/, egress({ priority: 100 })],
    ['of half a priority', egress({ priority: 1.5 }), /listener priority: given 1.5/, egress({ priority: 2 })],
    ['without name', egress({ name: '' }), /listener name: given ""/, egress({ name: 'My listener' })],
    ['without config', egress({ envoyConfig: '' }), /listener envoyConfig: given ""/, egress({ envoyConfig: 'my.config' })],
    ['of a namespace, cluster-wide', clusterwide({ kind: EnvoyConfigKind.CILIUM_ENVOY_CONFIG }), /given a CiliumEnvoyConfig; allowed: a CiliumClusterwideEnvoyConfig/, egress({ kind: EnvoyConfigKind.CILIUM_ENVOY_CONFIG })],
  ]);

  test('is of the kind that lies beside the policy unless it says otherwise', () => {
    const kind = (policy: Manifest) => policy.spec.egress[0].toPorts[0].listener.envoyConfig.kind;
    expect([egress({}), egress({ kind: EnvoyConfigKind.CILIUM_CLUSTERWIDE_ENVOY_CONFIG }), clusterwide({})].map(policy => kind(policy())))
      .toEqual(['CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig', 'CiliumClusterwideEnvoyConfig']);
  });
});
