import { Chart } from 'cdk8s';
import {
  AllowEgress, AllowFqdn, AllowInternet, AllowSameNamespace, AzurePolicyEngine,
  CiliumNetworkPolicy, CiliumOptions, Cni, DnsRule, LabelSelector,
  NetworkPolicy, Peer, PlatformProps, Port, Workload,
} from '../../src';
import { objectsOf, reachOf } from '../network/support';
import { namespace, pod } from '../support/reach';

const on = (props: PlatformProps, add: (chart: Chart, api: Workload) => void) => () => objectsOf(props, chart => {
  add(chart, new Workload(chart, 'api', { labels: { app: 'api' } }));
});
const cilium = (version?: string, options?: CiliumOptions) => ({ cni: Cni.cilium(version, options) });
const egressTo = (peer: Peer, port = Port.tcp(443)) => (chart: Chart, from: Workload) => new AllowEgress(chart, 'out', { from, to: [peer], ports: [port], name: 'out' });

describe('what a peer needs of the platform', () => {
  const groups = egressTo(Peer.cidrGroups({ team: 'a' }));
  const nodes = egressTo(Peer.nodes({ zone: 'a' }));
  const named = (pattern: string) => (chart: Chart, from: Workload) => new AllowFqdn(chart, 'out', { from, patterns: [pattern], name: 'out' });
  const deep = named('**.example.com');

  test.each([
    ['CIDR groups by label, on Cilium 1.16', cilium('1.16'), groups, /test\/out \(AllowEgress\): platform: given cidrGroupSelector on Cilium 1.16; allowed: Cilium since 1.17/],
    ['CIDR groups by label, on Calico', { cni: Cni.calico() }, groups, /given a peer of kind cidrGroups on Calico; allowed: Cilium/],
    ['`**.` in a pattern, on Cilium 1.18', cilium('1.18'), deep, /given `\*\*\.` in a DNS pattern on Cilium 1.18; allowed: Cilium since 1.19/],
    ['nodes, where the agent refuses them', cilium(), nodes, /a peer of nodes on a Cilium that was not declared to have `nodeSelectors`.*Cni.cilium\('1.18', \{ nodeSelectors: true \}\)/],
    ['nodes, on Azure with ACNS', { cni: Cni.azure(AzurePolicyEngine.CILIUM_ACNS, '1.17') }, nodes,
      /a platform with Cni.azure\(AzurePolicyEngine.CILIUM_ACNS, '1.17', \{ nodeSelectors: true \}\)/],
    ['`**.` in a pattern, on Azure with an older Cilium', { cni: Cni.azure(AzurePolicyEngine.CILIUM_ACNS, '1.18') }, deep, /on Cilium 1.18; allowed: Cilium since 1.19/],
    ['nodes, on Calico', { cni: Cni.calico() }, nodes, /given a peer of nodes on Calico; allowed: Cilium/],
    ['a service account, on Calico', { cni: Cni.calico() }, egressTo(Peer.serviceAccount('a')), /given a peer of kind serviceAccount on Calico/],
    ['ICMP, on GKE Dataplane V2', { cni: Cni.gkeDataplaneV2() }, egressTo(Peer.anywhere(), Port.icmp(8)), /given the port ICMP\/8 on GKE Dataplane V2/],
    ['SCTP ports, where the agent knows none', cilium(), egressTo(Peer.anywhere(), Port.allSctp()), /an SCTP port on a Cilium that was not declared to have `sctp`/],
  ] as const)('%s', (_, props, add, message) => expect(on(props, add)).toThrow(message));

  test.each([
    ['CIDR groups by label, on Cilium 1.17', cilium('1.17'), groups],
    ['one CIDR group, on Cilium 1.16', cilium('1.16'), egressTo(Peer.cidrGroup('a'))],
    ['`**.` in a pattern, on Cilium 1.19', cilium('1.19'), deep],
    ['`*.` in a pattern, on Cilium 1.16', cilium('1.16'), named('*.example.com')],
    ['nodes, where they are declared', cilium('1.18', { nodeSelectors: true }), nodes],
    ['SCTP ports, where they are declared', cilium('1.18', { sctp: true }), egressTo(Peer.anywhere(), Port.sctp(5000))],
    ['SCTP ports, on Calico', { cni: Cni.calico() }, egressTo(Peer.anywhere(), Port.sctp(5000))],
    ['nodes, on Azure where they are declared', { cni: Cni.azure(AzurePolicyEngine.CILIUM_ACNS, '1.18', { nodeSelectors: true }) }, nodes],
    ['DNS names, on Azure with ACNS', { cni: Cni.azure(AzurePolicyEngine.CILIUM_ACNS) }, named('*.example.com')],
  ] as const)('and has: %s', (_, props, add) => expect(on(props, add)).not.toThrow());

  test('holds for the general forms as well', () => {
    const network = (peer: Peer) => (chart: Chart) => new NetworkPolicy(chart, 'p', { name: 'p', podSelector: LabelSelector.all(), egress: [{ to: [peer] }] });
    expect(on({ cni: Cni.calico() }, network(Peer.nodes({ zone: 'a' })))).toThrow(/test\/p \(NetworkPolicy\): platform: given a peer of nodes on Calico/);
    const learned = (version: string) => on(cilium(version), chart => new CiliumNetworkPolicy(chart, 'c', {
      name: 'c',
      endpointSelector: LabelSelector.all(),
      egress: [{ to: [Peer.fqdnPattern('**.example.com')] }, { to: [Peer.pods({})], toPorts: [{ ports: [Port.udp(53)], dns: [DnsRule.any()] }] }],
    }));
    expect(learned('1.18')).toThrow(/test\/c \(CiliumNetworkPolicy\): platform: given `\*\*\.` in a DNS pattern/);
    expect(learned('1.20')).not.toThrow();
  });

  test('a same-namespace allow is a NetworkPolicy, which knows no ICMP', () => {
    expect(on(cilium(), chart => new AllowSameNamespace(chart, 's', { ports: [Port.icmp(8)] }))).toThrow(/test\/s \(AllowSameNamespace\): port: given icmp/);
  });
});

test('nodes are named by a label: every other node is an entity', () => {
  expect(() => Peer.nodes({})).toThrow(/Peer.nodes: labels: given none; allowed: at least one label/);
});

describe('options of the agent', () => {
  test('a CIDR matches pods from Cilium 1.20 only', () => {
    expect(() => Cni.cilium('1.19', { cidrMatchesPods: true })).toThrow(/Cni.cilium: cidrMatchesPods: given true on Cilium 1.19; allowed: true from Cilium 1.20/);
    expect(() => [Cni.cilium('1.20', { cidrMatchesPods: true }), Cni.cilium('1.19', { cidrMatchesPods: false })]).not.toThrow();
  });
});

describe('AllowInternet', () => {
  const internet = (props: PlatformProps, ...except: string[]) => on(props, (chart, from) => {
    new AllowInternet(chart, 'i', { from, ports: [Port.tcp(443)], except });
  });

  test('must know the pods and nodes that a CIDR matches, so as to leave them out', () => {
    const pods = Cni.cilium('1.20', { cidrMatchesPods: true });
    const nodes = Cni.cilium('1.18', { cidrMatchesNodes: true });
    expect(internet({ cni: pods })).toThrow(/test\/i \(AllowInternet\): platform: given no podCidrs, on a Cilium whose CIDRs match them/);
    expect(internet({ cni: nodes, podCidrs: ['198.51.100.0/24'] })).toThrow(/given no nodeCidrs/);
    expect(internet({ cni: nodes, nodeCidrs: ['198.51.100.0/24'] })).not.toThrow();
    const [policy] = internet({ cni: pods, podCidrs: ['198.51.100.0/24'] })();
    expect(policy!.spec.egress[0].to[0].ipBlock.except).toContain('198.51.100.0/24');
  });

  test('leaves out what the platform says is its own, whatever its kind', () => {
    const cni = Cni.calico();
    const own = { podCidrs: ['192.0.2.0/26'], serviceCidrs: ['192.0.2.64/26'], nodeCidrs: ['192.0.2.128/26'] };
    const apiServer = { cidrs: ['192.0.2.193/32'] };
    const reach = reachOf(cni, internet({ cni, apiServer, ...own })(), [namespace('shop'), pod('shop', { app: 'api' }, { name: 'api' })]);
    const open = (ip: string) => reach.allows({ from: 'shop/api', to: `ip:${ip}`, port: 443 });
    expect(['192.0.2.1', '192.0.2.65', '192.0.2.129', '192.0.2.193'].map(open)).toEqual([false, false, false, false]);
    expect(['192.0.2.194', '192.0.3.1'].map(open)).toEqual([true, true]);
  });

  test('is of one address family when the other is left out, and nothing when both are', () => {
    const families = (...except: string[]) => {
      const to: { ipBlock: { cidr: string } }[] = internet({}, ...except)()[0]!.spec.egress[0].to;
      return to.map(({ ipBlock }) => ipBlock.cidr);
    };
    expect([families(), families('::/0'), families('0.0.0.0/0')]).toEqual([['0.0.0.0/0', '::/0'], ['0.0.0.0/0'], ['::/0']]);
    expect(internet({}, '::/0', '0.0.0.0/0')).toThrow(/test\/i \(AllowInternet\): except: given 0.0.0.0\/0 and ::\/0/);
    expect(internet({}, '10.0.0.1/8')).toThrow(/test\/i \(AllowInternet\): except: given "10.0.0.1\/8"/);
  });
});
