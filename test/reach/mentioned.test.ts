import { ccnp, cnp, policy, workload } from './support/ask';
import { compareReach } from '../../src/jest/reach-only';
import { Cluster, connectionText, diff, titleOf } from '../../src/reach';

const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const deny = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'deny');
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels: { role: 'edge' } }, status: { addresses: [{ address: '192.168.1.1' }] } };
const into = (...ingress: object[]) => cnp('shop', { endpointSelector: {}, ingress });
const outOf = (...egress: object[]) => cnp('shop', { endpointSelector: {}, egress });

function setOf(...objects: object[]): Cluster {
  return Cluster.fromManifests([api, deny, ...objects], { target: {} });
}

const parties = (...objects: object[]) => setOf(...objects).map().parties.filter(({ type }) => type !== 'addresses' && type !== 'workload').map(titleOf);
const lines = (...objects: object[]) => [...setOf(...objects).map()]
  .map(({ from, to, connection }) => `${titleOf(from)} => ${titleOf(to)} : ${connectionText(connection)}`);

describe('names', () => {
  const https = { toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] };
  const dns = (...rules: object[]) => ({
    toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system' } }], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: rules } }],
  });

  test.each([
    ['a name that a pattern holds', [{ matchName: 'api.example.com' }], ['api.example.com']],
    ['a narrower pattern', [{ matchPattern: 'eu*.example.com' }], ['eu*.example.com']],
    ['not what it does not hold', [{ matchName: 'api.example.org' }, { matchName: 'a.b.example.com' }], []],
    ['not the name of a Service', [{ matchPattern: '*.cluster.local' }], []],
  ])('that may be asked for: %s', (_name, rules, more) => {
    expect(parties(outOf({ toFQDNs: [{ matchPattern: '*.example.com' }], ...https }, dns(...rules)))).toEqual(['*.example.com', ...more].sort());
  });

  test('a name is found however it is written', () => {
    const any = dns({ matchPattern: '*' });
    const calls = (...names: object[]) => lines(outOf({ toFQDNs: names, ...https }, any)).filter(line => / => [^/]*example/i.test(line));
    expect(calls({ matchName: 'API.example.com.' }, { matchName: 'api.example.com' })).toEqual(['API.example.com.', 'api.example.com']
      .map(name => `shop/api[Deployment] => ${name} : 443/TCP`));
    expect(calls({ matchPattern: '*.example.org' }, { matchName: 'eu.example.org' })).toContain('shop/api[Deployment] => eu.example.org : 443/TCP');
  });

  test('what a DNS rule narrows down is in the map and seen by a gate', () => {
    const narrow = outOf({ toFQDNs: [{ matchPattern: '*.example.com' }], ...https }, dns({ matchName: 'api.example.com' }));
    expect(lines(narrow)).toContain('shop/api[Deployment] => api.example.com : 443/TCP');
    const { more } = compareReach(setOf(narrow), { from: 'shop/api', to: { 'kube-system/*[Pods]': '53/udp' } });
    expect(more.map(({ to }) => to)).toContain('api.example.com');
  });
});

test('a name that other workloads call is told of those whose rules mean it, or who may call everything', () => {
  const named = ['web', 'open', 'bank'].map(name => workload('Deployment', 'shop', name, { app: name }));
  const of = (app: string, ...egress: object[]) => cnp('shop', { endpointSelector: { matchLabels: { app } }, egress }, app);
  const dns = { toEndpoints: [{}], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }] };
  const calls = lines(...named, of('web', { toFQDNs: [{ matchName: 'api.example.com' }] }, dns), of('open', { toEntities: ['world'] }), of('bank', { toCIDR: ['192.0.2.0/24'] }));
  expect(calls.filter(line => line.includes('=> api.example.com'))).toEqual(['shop/open[Deployment] => api.example.com : any port', 'shop/web[Deployment] => api.example.com : any port']);
  expect(calls).toContain('shop/bank[Deployment] => 192.0.2.0-192.0.2.255 : any port');
});

describe('who is no pod and no address', () => {
  const cluster = ['host', 'ingress', 'kube-apiserver', 'remote-node', 'unmanaged'];

  test.each<[string, object, string[]]>([
    ['nobody', into({ fromEndpoints: [{}] }), []],
    ['the cluster', into({ fromEntities: ['cluster'] }), cluster],
    ['everybody', outOf({ toEntities: ['all'] }), cluster],
    ['the world, by its addresses', into({ fromEntities: ['world'] }), []],
    ['identities of their own', into({ fromEntities: ['health', 'init', 'unmanaged'] }), ['health', 'init', 'unmanaged']],
    ['nodes', into({ fromNodes: [{ matchLabels: { role: 'edge' } }] }), ['remote-node']],
    ['a reserved label', outOf({ toEndpoints: [{ matchLabels: { 'reserved:kube-apiserver': '' } }] }), ['kube-apiserver']],
    ['all but a reserved label', into({ fromEndpoints: [{ matchExpressions: [{ key: 'reserved:host', operator: 'DoesNotExist' }] }] }), cluster],
    ['subjects by a reserved label', ccnp({ endpointSelector: { matchLabels: { 'reserved:ingress': '' } }, egress: [{ toEndpoints: [{}] }] }), ['ingress']],
    ['subjects that are nodes', ccnp({ nodeSelector: {}, ingress: [{ fromEndpoints: [{}] }] }), ['host', 'remote-node']],
  ])('%s', (_name, object, expected) => {
    expect(parties(object)).toEqual(expected);
  });

  test.each<[string, object]>([
    ['by fromNodes', into({ fromNodes: [{ matchLabels: { role: 'edge' } }] })],
    ['by the entity remote-node', into({ fromEntities: ['remote-node'] })],
    ['by the entity cluster', into({ fromEntities: ['cluster'] })],
    ['by the entity all', into({ fromEntities: ['all'] })],
  ])('Nodes of the set, where a policy means them %s', (_name, object) => {
    expect(lines(node, object)).toContain('n1[Node] => shop/api[Deployment] : any port');
    const { more } = compareReach(setOf(node, object), { to: 'shop/api', from: { '*/*[Pods]': 'any', 'world': 'any' } });
    expect(more.map(({ from }) => from)).toContain('n1[Node]');
  });

  test('Nodes that no policy means are not told of', () => {
    expect(parties(node, into({ fromEndpoints: [{}] }))).toEqual([]);
  });

  test('a Node goes by the labels that it has in each set', () => {
    const edge = into({ fromNodes: [{ matchLabels: { role: 'edge' } }] });
    const core = { ...node, metadata: { name: 'n1', labels: { role: 'core' } } };
    const changes = (before: object, after: object) => diff(setOf(before, edge), setOf(after, edge)).map(({ kind, from, to }) => `${kind} ${titleOf(from)} => ${titleOf(to)}`);
    expect(changes(core, node)).toEqual(['opened n1[Node] => shop/api[Deployment]']);
    expect(changes(node, core)).toEqual(['closed n1[Node] => shop/api[Deployment]']);
    expect(diff(setOf(edge), setOf(node, edge))).toEqual([]);
  });

  test('what a policy lets the API server do by its label is in the map', () => {
    expect(lines(outOf({ toEndpoints: [{ matchLabels: { 'reserved:kube-apiserver': '' } }] }))).toContain('shop/api[Deployment] => kube-apiserver : any port');
  });
});

test('who is on the network of a node goes elsewhere than others under the same policies', () => {
  const pod = (name: string, hostNetwork: boolean) => (
    { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: name } }, spec: { hostNetwork, containers: [] } }
  );
  const out = policy('shop', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }] });
  const map = Cluster.fromManifests([pod('a', false), pod('b', true), pod('c', false), out], { target: { cni: 'calico' } }).map();
  const reached = (name: string) => [...map].filter(({ from, to }) => titleOf(from) === `shop/${name}[Pod]` && to.type === 'addresses')
    .map(({ to, connection }) => `${titleOf(to)} : ${connectionText(connection)}`);
  expect(reached('a')).toEqual(['192.0.2.0-192.0.2.255 : 443/TCP']);
  expect(reached('c')).toEqual(reached('a'));
  expect(reached('b')).toHaveLength(3);
});
