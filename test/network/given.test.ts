import { Chart } from 'cdk8s';
import { objectsOf } from './support';
import {
  Allow, AllowDns, AllowEgress, AllowFqdn, AllowGateway, AllowIngress, AllowInternet, AllowKubeApi, AllowSameNamespace, AllowScrape,
  AllowTelemetry, AllowWebhook, CiliumClusterwideNetworkPolicy, CiliumNetworkPolicy, DenyEgress, DenyIngress, DenyMetadataService, HttpRule,
  L7Allow, LabelSelector, NetworkPolicy, Peer, Port, Workload,
} from '../../src';
import { GuardrailsError } from '../../src/values/guardrails-error';

type Loose = (...args: unknown[]) => unknown;
type LooseClass = new (...args: unknown[]) => unknown;

/** What a program in plain JavaScript gets. */
function thrown(add: (chart: Chart, api: Workload) => unknown): Error {
  try {
    objectsOf({}, chart => add(chart, new Workload(chart, 'api', { labels: { app: 'api' } })));
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

const ports = [Port.tcp(80)];
const http = [HttpRule.any()];

// With props that are right but for one field, and that field as it may come.
const FIELDS: [string, LooseClass, (api: Workload) => object, string][] = [
  ['Allow', Allow as LooseClass, api => ({ from: api, to: api }), 'ports'],
  ['Allow', Allow as LooseClass, api => ({ from: api, ports }), 'to'],
  ['AllowIngress', AllowIngress as LooseClass, api => ({ to: api, ports }), 'from'],
  ['AllowIngress', AllowIngress as LooseClass, () => ({ from: [Peer.anywhere()], ports }), 'to'],
  ['AllowEgress', AllowEgress as LooseClass, api => ({ from: api, ports }), 'to'],
  ['AllowEgress', AllowEgress as LooseClass, api => ({ from: api, to: [Peer.anywhere()] }), 'ports'],
  ['AllowGateway', AllowGateway as LooseClass, api => ({ to: api }), 'ports'],
  ['AllowScrape', AllowScrape as LooseClass, () => ({ ports }), 'to'],
  ['AllowTelemetry', AllowTelemetry as LooseClass, () => ({}), 'from'],
  ['AllowWebhook', AllowWebhook as LooseClass, () => ({ ports }), 'to'],
  ['AllowInternet', AllowInternet as LooseClass, api => ({ from: api }), 'ports'],
  ['AllowKubeApi', AllowKubeApi as LooseClass, () => ({}), 'from'],
  ['AllowFqdn', AllowFqdn as LooseClass, () => ({ names: ['a.io'] }), 'from'],
  ['DenyIngress', DenyIngress as LooseClass, api => ({ to: api, ports }), 'from'],
  ['DenyEgress', DenyEgress as LooseClass, api => ({ from: api, to: [Peer.anywhere()] }), 'ports'],
  ['L7Allow', L7Allow as LooseClass, api => ({ to: api, port: ports[0], http }), 'from'],
  ['NetworkPolicy', NetworkPolicy as LooseClass, () => ({ name: 'p' }), 'podSelector'],
  ['CiliumNetworkPolicy', CiliumNetworkPolicy as LooseClass, () => ({ name: 'p', ingress: [{}] }), 'endpointSelector'],
];

describe('what is left out or is something else in plain JavaScript', () => {
  test.each(FIELDS)('%s without a field says which, and what it may be', (name, Construct, props, field) => {
    for (const [value, given] of [[undefined, 'nothing'], [null, 'null'], [7, '7'], [[undefined], '(nothing|\\[null\\])']] as const) {
      const error = thrown((chart, api) => new Construct(chart, 'x', { ...props(api), [field]: value }));
      expect(error).toBeInstanceOf(GuardrailsError);
      expect(error.message).toMatch(new RegExp(`test/x \\(${name}\\): ${field}(\\[0\\])?: given ${given}; allowed: a .*\\. [A-Z].*\\.$`));
    }
  });

  test.each([...new Map(FIELDS.map(([name, Construct, , field]) => [name, [name, Construct, field] as const])).values()])('%s without props says what it is about', (name, Construct, field) => {
    expect(thrown(chart => new Construct(chart, 'x')).message).toMatch(new RegExp(`test/x \\(${name}\\): props: given nothing; allowed: an object with .*${field}`));
  });

  const rule = (make: (chart: Chart, rule: object) => unknown) => (given: object) => (chart: Chart) => make(chart, given);
  const network = rule((chart, ingress) => new NetworkPolicy(chart, 'x', { name: 'p', podSelector: LabelSelector.all(), ingress: [ingress] }));
  const cilium = rule((chart, egress) => new CiliumNetworkPolicy(chart, 'x', { name: 'p', endpointSelector: LabelSelector.all(), egress: [egress] }));
  const denied = rule((chart, egress) => new CiliumNetworkPolicy(chart, 'x', { name: 'p', endpointSelector: LabelSelector.all(), egressDeny: [egress] }));

  test.each<[string, (chart: Chart, api: Workload) => unknown, RegExp]>([
    ['allowFrom nobody', (_, api) => (api.allowFrom as Loose).call(api), /test\/api \(Workload\): peer: given nothing; allowed: a Peer or a Workload\. .*Peer.anywhere\(\)/],
    ['allowTo something else', (_, api) => (api.allowTo as Loose).call(api, 'web', ports[0]), /test\/api \(Workload\): peer: given "web"; allowed: a Peer or a Workload/],
    ['allowFrom without a port that there is', (_, api) => (api.allowFrom as Loose).call(api, Peer.anywhere(), undefined), /ports\[0\]: given nothing; allowed: a Port\. .*Port.tcp\(8080\)/],
    ['a peer for a port', (_, api) => (api.allowFrom as Loose).call(api, Peer.anywhere(), Peer.anywhere()), /ports\[0\]: given a Peer; allowed: a Port\./],
    ['a Peer where Allow takes workloads', (chart, api) => new (Allow as LooseClass)(chart, 'x', { from: Peer.anywhere(), to: api, ports }), /test\/x \(Allow\): from: given a Peer; allowed: a Workload/],
    ['labels of a peer', () => (Peer.pods as Loose)(), /Peer.pods: labels: given nothing; allowed: a map, as a plain object/],
    ['labels of namespaces', () => (Peer.namespaces as Loose)('team'), /Peer.namespaces: labels: given "team"; allowed: a map/],
    ['labels of nodes', () => (Peer.nodes as Loose)(['a']), /Peer.nodes: labels: given \["a"\]; allowed: a map/],
    ['labels of a workload', chart => new (Workload as LooseClass)(chart, 'x', { labels: 'app' }), /test\/x \(Workload\): labels: given "app"; allowed: a map/],
    ['a workload without props', chart => new (Workload as LooseClass)(chart, 'x'), /test\/x \(Workload\): props: given nothing/],
    ['a selector that is data', chart => new (Workload as LooseClass)(chart, 'x', { selector: { matchLabels: {} } }), /selector: given .*allowed: a LabelSelector/],
    ['Workload.of nothing', () => (Workload.of as Loose)(), /Workload.of: selector: given nothing; allowed: a workload or a selection of pods of cdk8s-plus/],
    ['Peer.of nothing', () => (Peer.of as Loose)(), /Peer.of: peer: given nothing; allowed: what cdk8s-plus takes as a network policy peer/],
    ['an L7Allow to something else', (chart, api) => new (L7Allow as LooseClass)(chart, 'x', { from: [api], to: 'api', port: ports[0], http }), /test\/x \(L7Allow\): to: given "api"/],
    ['an L7Allow on something else', (chart, api) => new (L7Allow as LooseClass)(chart, 'x', { from: [api], to: api, port: 80, http }), /port: given 80; allowed: a Port/],
    ['AllowDns for something else', chart => new (AllowDns as LooseClass)(chart, 'x', { from: 'api' }), /test\/x \(AllowDns\): from: given "api"; allowed: a Workload/],
    ['an exemption of nobody', chart => (AllowDns.prototype.exempt as Loose).call(new AllowDns(chart, 'x'), undefined), /test\/x \(AllowDns\): workloads\[0\]: given nothing; allowed: a Workload/],
    ['an exception of nobody', chart => new (DenyMetadataService as LooseClass)(chart, 'x', { except: [undefined] }), /test\/x \(DenyMetadataService\): except\[0\]: given nothing/],
    ['ports of AllowSameNamespace', chart => new (AllowSameNamespace as LooseClass)(chart, 'x', { ports: 80 }), /ports: given 80; allowed: a list/],
    ['a peer of a NetworkPolicy', network({ from: [undefined] }), /test\/x \(NetworkPolicy\): ingress\[0\]\.from\[0\]: given nothing; allowed: a Peer or a Workload/],
    ['a port of a NetworkPolicy', network({ ports: [8080] }), /test\/x \(NetworkPolicy\): ingress\[0\]\.ports\[0\]: given 8080; allowed: a Port/],
    ['a peer of a CiliumNetworkPolicy', cilium({ to: [undefined] }), /test\/x \(CiliumNetworkPolicy\): egress\[0\]\.to\[0\]: given nothing/],
    ['the ports of a port rule', cilium({ toPorts: [{ http: [] }] }), /test\/x \(CiliumNetworkPolicy\): egress\[0\]\.toPorts\[0\]\.ports: given nothing; allowed: a list/],
    ['a port of a deny', denied({ ports: [undefined] }), /test\/x \(CiliumNetworkPolicy\): egressDeny\[0\]\.ports\[0\]: given nothing; allowed: a Port/],
    ['ICMP of a deny', denied({ icmps: [8] }), /test\/x \(CiliumNetworkPolicy\): egressDeny\[0\]\.icmps\[0\]: given 8; allowed: a Port/],
    ['a node selector that is data', chart => new (CiliumClusterwideNetworkPolicy as LooseClass)(chart, 'x', { name: 'p', nodeSelector: {} }), /nodeSelector: given {}; allowed: a LabelSelector/],
  ])('%s', (_, add, message) => {
    const error = thrown(add);
    expect(error).toBeInstanceOf(GuardrailsError);
    expect(error.message).toMatch(message);
  });

  test('is taken where it may be left out, and nothing else is: null says that something was meant', () => {
    const dns = (from: unknown) => () => objectsOf({}, chart => {
      new (AllowDns as LooseClass)(chart, 'dns', { from });
    });
    expect(dns(undefined)).not.toThrow();
    expect(dns(null)).toThrow('test/dns (AllowDns): from: given null; allowed: a Workload. Leave it out.');
  });
});
