import * as fc from 'fast-check';
import { endpointSelector, few, mostly, namespaceSelector, podSelector, selector, some, subjectSelector } from './random-selectors';

type Json = Record<string, unknown>;

export const NAMESPACES = ['x', 'y', 'z'] as const;

const maybe = <T>(key: string, value: fc.Arbitrary<T>, frequency = 2): fc.Arbitrary<Json> =>
  fc.option(value, { nil: undefined, freq: frequency }).map(given => (given === undefined ? {} : { [key]: given }));

const merged = (...parts: readonly fc.Arbitrary<Json>[]): fc.Arbitrary<Json> =>
  fc.tuple(...parts).map(all => Object.assign({}, ...all) as Json);

const block: fc.Arbitrary<{ cidr: string; except?: string[] }> = fc.oneof(
  some('10.0.0.0/30', '10.0.0.2/32', '10.0.0.0/8', '0.0.0.0/0', '203.0.113.0/24', '203.0.113.128/25', '192.168.1.0/24', '2001:db8::/32', '::/0', '0.0.0.0/1', '128.0.0.0/1')
    .map(cidr => ({ cidr })),
  some(
    { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] },
    { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '203.0.113.0/25'] },
    { cidr: '10.0.0.0/8', except: ['10.0.0.2/31'] },
    { cidr: '203.0.113.0/24', except: ['203.0.113.200/32'] },
    { cidr: '2001:db8::/32', except: ['2001:db8::/64'] },
  ),
);

const networkPolicyPeer = fc.oneof(
  podSelector.map(pods => ({ podSelector: pods })),
  namespaceSelector.map(namespaces => ({ namespaceSelector: namespaces })),
  fc.tuple(podSelector, namespaceSelector).map(([pods, namespaces]) => ({ podSelector: pods, namespaceSelector: namespaces })),
  block.map(ipBlock => ({ ipBlock })),
);

const networkPolicyPort = some<Json>(
  {}, { protocol: 'UDP' }, { port: 80 }, { port: 80, endPort: 90 }, { port: 8080 }, { port: 'http' }, { port: 'dns', protocol: 'UDP' },
  { port: 53, protocol: 'UDP' }, { port: 'http', protocol: 'UDP' }, { port: 80, protocol: 'SCTP' }, { port: 65535, endPort: 65535 },
);

const networkPolicyRule = (field: 'from' | 'to') => merged(
  maybe(field, fc.array(networkPolicyPeer, { maxLength: 2 }), 4),
  maybe('ports', fc.array(networkPolicyPort, { maxLength: 2 })),
);

export const networkPolicySpec: fc.Arbitrary<Json> = merged(
  fc.record({ podSelector }),
  maybe('ingress', fc.array(networkPolicyRule('from'), { maxLength: 2 })),
  maybe('egress', fc.array(networkPolicyRule('to'), { maxLength: 2 })),
  maybe('policyTypes', some<string[]>([], ['Ingress'], ['Egress'], ['Ingress', 'Egress'])),
);

const dnsName = some<Json>(
  { matchName: 'api.example.com' }, { matchName: 'www.shop.example.com' }, { matchPattern: '*.example.com' }, { matchPattern: '**.example.com' },
  { matchPattern: '*' }, { matchPattern: 'api*.example.com' }, { matchPattern: '*.shop.example.com' },
);

const http = some<Json>(
  {}, { method: 'GET' }, { method: 'GET|HEAD', path: '/v1/.*' }, { path: '^/v1/' }, { method: 'POST', path: '/v1/pay', host: 'api[.]x' },
  { headers: ['X-Team: red'] }, { headers: ['X-Team'], method: 'GET' }, { headerMatches: [{ name: 'X-Team', value: 'blue' }] },
  { headerMatches: [{ name: 'X-Team', value: 'blue', mismatch: 'LOG' }], path: '/v1/pay' },
);

const ciliumPort = some<Json>(
  { port: '0' }, { port: '0', protocol: 'TCP' }, { port: '80' }, { port: '80', protocol: 'TCP' }, { port: '80', endPort: 90, protocol: 'TCP' },
  { port: '8080', protocol: 'ANY' }, { port: 'http' }, { port: 'http', protocol: 'TCP' }, { port: 'dns', protocol: 'UDP' },
  { port: '53', protocol: 'UDP' }, { port: '80', protocol: 'SCTP' }, { port: '80', endPort: 0, protocol: 'TCP' },
);

const portsOf = (deny: boolean): fc.Arbitrary<Json> => {
  const plain = few(ciliumPort).map(ports => ({ ports }));
  if (deny) return plain;
  const tcp = few(some({ port: '80', protocol: 'TCP' }, { port: '8080', protocol: 'TCP' }));
  return mostly<Json>(
    plain,
    fc.tuple(tcp, few(http)).map(([ports, rules]) => ({ ports, rules: { http: rules } })),
    few(dnsName).map(dns => ({ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns } })),
    tcp.map(ports => ({ ports, serverNames: ['api.example.com'] })),
    tcp.map(ports => ({ ports, rules: { http: [] } })),
  );
};

const icmps = few(some<Json>({ type: 8 }, { type: 'EchoReply' }, { family: 'IPv6', type: 128 }, { family: 'IPv6', type: 'EchoReply' }))
  .map(fields => [{ fields }]);

const what = (deny: boolean): fc.Arbitrary<Json> => fc.oneof(
  fc.constant({}),
  few(portsOf(deny)).map(toPorts => ({ toPorts })),
  icmps.map(list => ({ icmps: list })),
);

const nodeSelector = selector(some('edge', 'core').map(value => ['role', value] as const));

const cidrRule = fc.oneof(
  block, block.map(({ cidr }) => ({ cidr })), fc.constant({ cidrGroupRef: 'office' }), fc.constant({ cidrGroupRef: 'nowhere' }),
  some('hq', 'lab').map(zone => ({ cidrGroupSelector: { matchLabels: { zone } } })),
  fc.constant({ cidrGroupRef: 'office', except: ['198.51.100.128/25'] }),
);

const service = some<Json>(
  { k8sService: { serviceName: 'web', namespace: 'x' } }, { k8sService: { serviceName: 'web' } },
  { k8sService: { serviceName: 'legacy', namespace: 'y' } }, { k8sService: { serviceName: 'none' } },
  { k8sServiceSelector: { selector: { matchLabels: { public: 'yes' } } } },
  { k8sServiceSelector: { selector: { matchExpressions: [{ key: 'public', operator: 'DoesNotExist' }] }, namespace: 'y' } },
);

const ENTITIES = ['all', 'world', 'host', 'remote-node', 'kube-apiserver', 'cluster', 'ingress', 'health', 'init', 'unmanaged', 'none'];

function peers(side: 'from' | 'to', deny: boolean): fc.Arbitrary<Json> {
  const list = <T>(name: string, item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 2 }).map((entries): Json => ({ [`${side}${name}`]: entries }));
  const egress = [...(deny ? [] : [list('FQDNs', dnsName)]), list('Services', service)];
  return mostly<Json>(
    list('Endpoints', endpointSelector),
    fc.constant({}),
    list('Entities', some(...ENTITIES)),
    list('Nodes', nodeSelector),
    list('CIDR', some('10.0.0.0/8', '203.0.113.7', '203.0.113.0/24', '192.168.1.0/24', '0.0.0.0/0', '2001:db8::1', '0.0.0.0/1', '128.0.0.0/1')),
    list('CIDRSet', cidrRule),
    ...(side === 'to' ? egress : []),
  );
}

const item = (side: 'from' | 'to', deny: boolean) => merged(
  peers(side, deny), what(deny), deny ? fc.constant({}) : maybe('authentication', some({ mode: 'required' }, { mode: 'test-always-fail' }), 12),
);

export const ingressItem = item('from', false);
export const egressItem = item('to', false);
export const ingressDenyItem = item('from', true);
export const egressDenyItem = item('to', true);

const lists = merged(
  maybe('ingress', fc.array(ingressItem, { maxLength: 2 })),
  maybe('ingressDeny', few(ingressDenyItem), 4),
  maybe('egress', fc.array(egressItem, { maxLength: 2 })),
  maybe('egressDeny', few(egressDenyItem), 4),
).filter(spec => Object.values(spec).some(list => Array.isArray(list) && list.length > 0));

const defaultDeny = maybe('enableDefaultDeny', some<Json>({ ingress: false }, { egress: false }, { ingress: true, egress: true }, { ingress: false, egress: false }), 3);

export const ciliumSpec = merged(fc.record({ endpointSelector: subjectSelector }), lists, defaultDeny);

const hostSpec = merged(fc.record({ nodeSelector }), lists, defaultDeny);

const namespaced = (apiVersion: string, kind: string, spec: fc.Arbitrary<Json>) => fc.record({ namespace: some(...NAMESPACES), spec })
  .map(({ namespace, spec: body }) => ({ apiVersion, kind, metadata: { name: '', namespace }, spec: body }));

const clusterwide = fc.oneof({ arbitrary: ciliumSpec, weight: 3 }, { arbitrary: hostSpec, weight: 1 })
  .map(spec => ({ apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: '' }, spec }));

export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Json;
}

/** A policy that asks more of the peers of others. */
export const requiringPolicy: fc.Arbitrary<PolicyObject> = namespaced('cilium.io/v2', 'CiliumNetworkPolicy', fc.record({
  endpointSelector: subjectSelector,
  ingress: fc.tuple(ingressItem, few(endpointSelector)).map(([one, fromRequires]) => [{ ...one, fromRequires }]),
  egressDeny: fc.tuple(egressDenyItem, few(endpointSelector)).map(([one, toRequires]) => [{ ...one, toRequires }]),
}));

export const networkPolicy: fc.Arbitrary<PolicyObject> = namespaced('networking.k8s.io/v1', 'NetworkPolicy', networkPolicySpec);

/** A policy of any kind, without a name yet. */
export const anyPolicy: fc.Arbitrary<PolicyObject> = fc.oneof(
  networkPolicy, namespaced('cilium.io/v2', 'CiliumNetworkPolicy', ciliumSpec), clusterwide,
);
