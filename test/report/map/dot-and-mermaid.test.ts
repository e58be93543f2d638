import { draw, graph } from './support/draw';
import { HOSTILE } from './support/hostile';
import { type DotGraph, readDot } from './support/read-dot';
import { readMermaid } from './support/read-mermaid';
import { SCENE } from './support/scene';
import { isTemplate } from '../../../src/checks/kubernetes/text';
import type { PlatformFacts } from '../../../src/reach';
import { dot } from '../../../src/report/map/dot';
import type { Graph } from '../../../src/report/map/graph';
import { mermaid } from '../../../src/report/map/mermaid';
import { cnp, policy, workload } from '../../reach/support/ask';

const calico: PlatformFacts = { cni: 'calico' };
const closed = (namespace: string) => policy(namespace, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'closed');
const into = (namespace: string, app: string, ...peers: object[]) =>
  policy(namespace, { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'], ingress: [{ from: peers, ports: [{ port: 80 }] }] }, `into-${app}`);
const labelled = (graphs: readonly DotGraph[]) =>
  graphs.map(({ attributes, nodes }) => [attributes.label, nodes.map(node => node.attributes.label)]);

/** The edges of both pictures, which have to say the same, by the labels of their ends. */
function edgesOf(objects: readonly object[], target?: PlatformFacts): { from: string; to: string; label: string; dashed: boolean }[] {
  const { clusters, nodes, edges } = readDot(draw('dot', objects, { target, refused: new Map() }));
  const titles = new Map([...clusters.flatMap(one => one.nodes), ...nodes].map(({ id, attributes }) => [id, attributes.label!.replace(/\n[A-Z]\w+$/, '')]));
  const cluster = (name: string | undefined) => clusters.find(one => one.name === name)?.attributes.label;
  const inDot = edges.map(({ from, to, attributes: { label, style, ltail, lhead } }) => {
    expect([titles.has(from), titles.has(to)]).toEqual([true, true]);
    return { from: cluster(ltail) ?? titles.get(from)!, to: cluster(lhead) ?? titles.get(to)!, label: label!, dashed: style === 'dashed' };
  });
  expect(inDot).toEqual(readMermaid(draw('mermaid', objects, { target, refused: new Map() })).edges);
  return inDot;
}

test('every workload stands in its namespace, and who is in none outside', () => {
  const { groups, outside } = readMermaid(draw('mermaid', SCENE));
  expect(groups.map(({ label, nodes }) => [label, nodes.map(node => node.label)]))
    .toEqual([['data', ['backup', 'db']], ['kube-system', ['coredns']], ['shop', ['api', 'web']]]);
  expect(outside).toEqual([expect.objectContaining({ label: '203.0.113.0/24', shape: 'round' }), expect.objectContaining({ label: 'pay.example.com' })]);
  const { clusters, nodes } = readDot(draw('dot', SCENE));
  expect(labelled(clusters)).toEqual([
    ['data', ['backup\nCronJob', 'db\nStatefulSet']], ['kube-system', ['coredns\nDeployment']], ['shop', ['2 workloads', 'api\nDeployment', 'web\nDeployment']],
  ]);
  expect(nodes.map(({ attributes }) => attributes.label)).toEqual(['203.0.113.0/24', 'pay.example.com']);
});

test('every edge is there, with its ports, its requests, and dashes where it only perhaps is', () => {
  expect(edgesOf(SCENE)).toEqual([
    { from: '203.0.113.0/24', to: 'web', label: '443/TCP', dashed: false },
    { from: 'shop', to: 'coredns', label: '53/UDP dns *', dashed: false },
    { from: 'api', to: 'db', label: 'perhaps 5432/TCP', dashed: true },
    { from: 'api', to: 'pay.example.com', label: '443/TCP', dashed: false },
    { from: 'web', to: 'api', label: '8080/TCP GET /v1, POST /a,"b"|c', dashed: false },
  ]);
});

test('several parts of what passes stand below each other on one edge, which is dashed only if all of them are', () => {
  const toApi = {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      { to: [{ podSelector: {} }], ports: [{ port: 80 }] }, { to: [{ namespaceSelector: { matchLabels: { team: 'x' } } }], ports: [{ port: 81 }] },
    ],
  };
  const objects = [workload('Deployment', 'shop', 'web', {}), workload('Deployment', 'shop', 'api', {}), policy('shop', toApi), policy('shop', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] }, 'in')];
  const { groups } = readMermaid(draw('mermaid', objects, { target: calico }));
  expect(groups[0]!.label).toBe('shop\neach to each: 80/TCP\neach to each: perhaps 81/TCP');
});

test('what is hidden is said, and only if there was something', () => {
  const notes = (objects: readonly object[]) => {
    const { outside } = readMermaid(draw('mermaid', objects, { hide: ['dns', 'node'] }));
    return [outside.map(({ label }) => label).filter(label => label.startsWith('Not shown')), readDot(draw('dot', objects, { hide: ['dns', 'node'] })).attributes.label];
  };
  expect(notes(SCENE)).toEqual([['Not shown: DNS to the resolver of the cluster'], 'Not shown: DNS to the resolver of the cluster']);
  expect(notes([workload('Deployment', 'shop', 'web', {})])).toEqual([[], undefined]);
});

test('whoever is called "host", "note" or "every workload" by a DNS rule is somebody of their own', () => {
  const names = ['host', 'note', 'every workload', 'namespace shop', 'a.example.com'].map(matchName => ({ matchName }));
  const allowed = cnp('shop', {
    endpointSelector: {},
    ingress: [{}],
    egress: [
      { toEndpoints: [{}], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }] },
      { toFQDNs: names, toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
    ],
  });
  const edges = edgesOf([workload('Deployment', 'shop', 'web', {}), allowed]);
  // What cannot be a name leads nowhere.
  expect(edges).toContainEqual({ from: 'web', to: '"host"\na.example.com\nnote', label: '443/TCP', dashed: false });
  const open = edgesOf([workload('Deployment', 'shop', 'web', {}), cnp('shop', { endpointSelector: {}, egress: [{ toFQDNs: names }, {}, { toEntities: ['all'] }] })]);
  expect(open.flatMap(({ from, to }) => (from === 'web' ? to.split('\n') : []))).toEqual(expect.arrayContaining(['"every workload"', '"namespace shop"', '"host"']));
});

describe('hostile names', () => {
  const web = workload('Deployment', 'shop', 'web', { app: 'web' });
  const callers = HOSTILE.map(name => workload('Deployment', name.slice(0, 3), name, { app: 'x' }));
  const namespaces = [...new Set(HOSTILE.map(name => name.slice(0, 3)))];
  // Who is not let in, so that it is not said of all workloads at once.
  const other = workload('Deployment', 'shop', 'other', {});
  const objects = [web, other, ...callers, closed('shop'), into('shop', 'web', { namespaceSelector: {}, podSelector: { matchLabels: { app: 'x' } } }), ...namespaces.map(name => policy(name, { podSelector: {}, policyTypes: ['Ingress'] }, 'closed'))];
  // Line breaks are line breaks in labels; what steers terminals or turns text around is written out.
  const visible = (name: string) => name.replace(/[^\P{Cc}\n]|[\u2028\u202e]/gu, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

  test('are read back from DOT', () => {
    const { clusters } = readDot(draw('dot', objects, { target: calico }));
    expect(clusters.flatMap(({ nodes }) => nodes.map(({ attributes }) => attributes.label!.replace(/\nDeployment$/, ''))).sort())
      .toEqual(expect.arrayContaining([...HOSTILE.map(visible), 'other', 'web']));
    expect(clusters.map(({ attributes }) => attributes.label).sort()).toEqual([...namespaces.map(visible), 'shop'].sort());
  });

  test('are read back from Mermaid', () => {
    const { groups } = readMermaid(draw('mermaid', objects, { target: calico }));
    expect(groups.flatMap(({ nodes }) => nodes.map(({ label }) => label)).sort()).toEqual([...HOSTILE.map(visible), 'other', 'web'].sort());
    expect(groups.map(({ label }) => label).sort()).toEqual([...namespaces.map(visible), 'shop'].sort());
  });

  test('stand at their edges', () => {
    const own = edgesOf(objects, calico).filter(({ to, label }) => to === 'web' && label === '80/TCP');
    // A namespace with several of them calls as one.
    const several = namespaces.filter(name => HOSTILE.filter(one => one.slice(0, 3) === name).length > 1);
    // Who has a variable for a namespace may be in one of the others, and is let in perhaps.
    const alone = HOSTILE.filter(name => !several.includes(name.slice(0, 3)) && !isTemplate(name));
    expect(own.map(({ from }) => from).filter(from => !from.startsWith('*/')).sort()).toEqual([...several, ...alone].map(visible).sort());
  });

  test('requests and conditions are no more than text', () => {
    const request = 'GET /"][%%<a>`&#x;\\N';
    const drawn: Graph = {
      groups: [{ id: 'namespace a', namespace: 'a', size: 1, others: 0, nodes: [{ id: 'a/a[Pod]', name: 'a', kind: 'Pod' }], among: [{ ports: '1/TCP', requests: [request], perhaps: false }] }],
      outside: [{ id: 'b', name: 'b', kind: 'name' }],
      edges: [{ from: 'a/a[Pod]', to: 'b', labels: [{ ports: '2/TCP', requests: [request], perhaps: false }] }],
      hidden: [],
    };
    expect(readMermaid([...mermaid(drawn)].join(''))).toMatchObject({ groups: [{ label: `a\neach to each: 1/TCP ${request}` }], edges: [{ label: `2/TCP ${request}` }] });
    expect(readDot([...dot(drawn)].join(''))).toMatchObject({
      clusters: [{ attributes: { label: `a\neach to each: 1/TCP ${request}` } }], edges: [{ attributes: { label: `2/TCP ${request}` } }],
    });
  });
});

test('two objects of one name are drawn', () => {
  const twice = [workload('Deployment', 'shop', 'web', { app: 'a' }), workload('Deployment', 'shop', 'web', { app: 'b' })];
  for (const format of ['dot', 'svg']) expect(draw(format, twice, { target: calico })).toContain('web');
});

test('classes of workloads count those that they stand for', () => {
  const shop = ['a', 'b', 'c'].map(name => workload('Deployment', 'shop', name, { app: 'web' }));
  const { groups } = graph([...shop, workload('Deployment', 'shop', 'db', { app: 'db' })], { target: calico, byClass: true });
  expect(groups).toMatchObject([{ size: 4, others: 0, nodes: [{ name: 'a and 2 more' }, { name: 'db' }] }]);
});

test('a namespace of which only the whole is said has somebody in it', () => {
  const shop = ['a', 'b', 'c'].map(name => workload('Deployment', 'shop', name, { app: name }));
  const within = { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] };
  const drawn = [...shop, policy('shop', within), workload('Deployment', 'bank', 'ledger', {}), closed('bank')];
  expect(readMermaid(draw('mermaid', drawn, { target: calico, isolated: false })).groups)
    .toMatchObject([{ label: 'shop\neach to each: any port', nodes: [{ label: '3 workloads' }] }]);
  expect(labelled(readDot(draw('dot', drawn, { target: calico, isolated: false })).clusters)).toEqual([['shop\neach to each: any port', ['3 workloads']]]);
});

test('a part of the map counts those that are not shown', () => {
  const objects = ['a', 'b', 'c', 'd'].map(name => workload('Deployment', 'shop', name, { app: name }))
    .concat(closed('shop'), policy('shop', { podSelector: { matchLabels: { app: 'b' } }, policyTypes: ['Egress'], egress: [{}] }, 'out'), into('shop', 'a', { podSelector: { matchLabels: { app: 'b' } } }));
  const part = (isolated: boolean) => graph(objects, { target: calico, isolated }).groups;
  expect(part(false)).toMatchObject([{ size: 4, others: 2, nodes: [{ name: 'a' }, { name: 'b' }] }]);
  expect(part(true)).toMatchObject([{ size: 4, others: 0 }]);
});
