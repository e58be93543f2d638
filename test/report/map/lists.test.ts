import * as fc from 'fast-check';
import { draw, flowsOf } from './support/draw';
import { HOSTILE } from './support/hostile';
import { readCsv } from './support/read-csv';
import { readMarkdownTable } from './support/read-markdown';
import { SCENE } from './support/scene';
import { Cluster, type PlatformFacts } from '../../../src/reach';
import { table } from '../../../src/report/map/table';
import { policy, workload } from '../../reach/support/ask';

const calico: PlatformFacts = { cni: 'calico' };
const web = workload('Deployment', 'shop', 'web', { app: 'web' });
const closed = (namespace: string) => policy(namespace, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'closed');
const tcp = (port: number) => ({ any: false, ranges: [{ protocol: 'TCP', first: port, last: port }] });
const nothing = { any: false, ranges: [] };

/** Whom the scene lets reach whom, in the order of the titles; addresses come first. */
const PAIRS = [
  ['203.0.113.0/24', 'shop/web[Deployment]'],
  ['shop/api[Deployment]', 'data/db[StatefulSet]'],
  ['shop/api[Deployment]', 'kube-system/coredns[Deployment]'],
  ['shop/api[Deployment]', 'pay.example.com'],
  ['shop/web[Deployment]', 'kube-system/coredns[Deployment]'],
  ['shop/web[Deployment]', 'shop/api[Deployment]'],
];

describe('json', () => {
  const { connections, ...head } = JSON.parse(draw('json', SCENE)) as { connections: { from: string; to: string }[]; parties: { id: string }[] };
  const connection = (to: string, from = 'shop/api[Deployment]') => connections.find(one => one.from === from && one.to === to);
  const party = (name: string) => head.parties.find(({ id }) => id === name);

  test('tells its version, the dataplane, and every pair', () => {
    expect(head).toMatchObject({ format: 1, dataplane: 'cilium' });
    expect(connections.map(({ from, to }) => [from, to])).toEqual(PAIRS);
  });

  test('tells ports that are open, limited to requests, or perhaps open, and why perhaps', () => {
    const plain = { open: nothing, limited: [], perhaps: nothing, conditions: [] };
    expect(connection('pay.example.com')).toMatchObject({ ...plain, open: tcp(443) });
    expect(connection('shop/api[Deployment]', 'shop/web[Deployment]')).toMatchObject({ ...plain, limited: [{ ports: tcp(8080), requests: ['GET /v1', 'POST /a,"b"|c'] }] });
    expect(connection('data/db[StatefulSet]')).toMatchObject({ ...plain, perhaps: tcp(5432), conditions: ['both ends authenticate'] });
  });

  test('tells who everybody is, those included whom nobody reaches', () => {
    expect(party('shop/web[Deployment]')).toEqual({ id: 'shop/web[Deployment]', type: 'workload', namespace: 'shop', name: 'web', kind: 'Deployment' });
    expect(party('data/backup[CronJob]')).toMatchObject({ namespace: 'data', name: 'backup' });
    expect(party('203.0.113.0/24')).toEqual({ id: '203.0.113.0/24', type: 'addresses', cidrs: ['203.0.113.0/24'] });
    expect(party('pay.example.com')).toMatchObject({ type: 'name' });
    const known = head.parties.map(({ id }) => id);
    expect(new Set(known).size).toBe(known.length);
    expect(PAIRS.flat().filter(id => !known.includes(id))).toEqual([]);
  });

  test('says "any" of everything there is, and only of that', () => {
    const [first] = (JSON.parse(draw('json', [web], { target: calico })) as { connections: object[] }).connections;
    expect(first).toMatchObject({ from: 'any address', open: { any: true } });
    const all = policy('shop', { podSelector: {}, ingress: [{ ports: ['TCP', 'UDP', 'SCTP'].map(protocol => ({ protocol })) }] });
    expect((JSON.parse(draw('json', [web, all], { target: calico })) as { connections: object[] }).connections[0]).toMatchObject({ open: { any: false } });
  });

  test('is whole where nothing passes', () => {
    expect(JSON.parse(draw('json', [], { target: calico }))).toEqual({ format: 1, dataplane: 'kubernetes', connections: [], parties: [] });
  });

  test('names of a class say whom it stands for', () => {
    const two = [workload('Deployment', 'shop', 'a', {}), workload('Deployment', 'shop', 'b', {})];
    const { parties } = JSON.parse(draw('json', two, { target: calico, byClass: true })) as { parties: object[] };
    expect(parties).toContainEqual(expect.objectContaining({ id: 'shop/a[Deployment] and 1 more', members: ['shop/a[Deployment]', 'shop/b[Deployment]'] }));
  });
});

describe('csv', () => {
  test('has a row for each pair, all of the same length', () => {
    const [head, ...rows] = readCsv(draw('csv', SCENE));
    expect(head).toEqual(['from', 'to', 'open', 'limited', 'perhaps', 'conditions']);
    expect(rows.map(row => row.slice(0, 2))).toEqual(PAIRS);
    expect(rows.map(({ length }) => length)).toEqual(PAIRS.map(() => 6));
  });

  test('quotes what a reader would take for the end of a cell', () => {
    expect(readCsv(draw('csv', SCENE)).at(-1)).toEqual([...PAIRS.at(-1)!, '', '8080/TCP only GET /v1, POST /a,"b"|c', '', '']);
  });
});

describe('addresses with the same connections are one end', () => {
  const rows = (objects: readonly object[]) => readCsv(draw('csv', [web, ...objects], { target: calico })).slice(1)
    .map(row => row.slice(0, 3)).filter(row => !row.includes('*/*[Pods]'));
  const block = (cidr: string) => ({ ipBlock: { cidr } });

  test('where they call, in the order of their texts', () => {
    const ingress = [{ from: ['9.0.0.0/8', '10.0.0.0/8'].map(block), ports: [{ port: 1 }] }, { from: [block('11.0.0.0/8')], ports: [{ port: 2 }] }];
    const both = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress });
    expect(rows([both])).toEqual([['11.0.0.0/8', 'shop/web[Deployment]', '2/TCP'], ['9.0.0.0/8, 10.0.0.0/8', 'shop/web[Deployment]', '1/TCP']]);
  });

  test('and where they are called', () => {
    const egress = [{ to: ['10.0.0.0/8', '192.168.0.0/16'].map(block), ports: [{ port: 1 }] }];
    const both = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress });
    expect(rows([both])).toEqual([['shop/web[Deployment]', '10.0.0.0/8, 192.168.0.0/16', '1/TCP']]);
  });
});

test('a class reaches itself where it has several members, or one of several pods', () => {
  const members = ['a', 'b'].map(name => workload('Deployment', 'shop', name, { app: 'same' }));
  const one = workload('Deployment', 'shop', 'one', { app: 'one' }) as { spec: object };
  const single = { ...one, spec: { ...one.spec, replicas: 1 } };
  const pairs = readCsv(draw('csv', [web, single, ...members], { target: calico, byClass: true })).slice(1).filter(([from, to]) => from === to);
  expect(pairs.map(([from]) => from)).toEqual(['shop/a[Deployment] and 1 more', 'shop/web[Deployment]']);
});

describe('markdown', () => {
  test('has a row for each pair, and a line for each part of what passes', () => {
    const [head, ...rows] = readMarkdownTable(draw('markdown', SCENE));
    expect(head).toEqual(['From', 'To', 'Passes']);
    expect(rows.map(row => row.slice(0, 2))).toEqual(PAIRS);
    expect(rows.map(row => row[2])).toEqual([
      '443/TCP', 'perhaps 5432/TCP, depending on whether both ends authenticate', '53/UDP only dns *', '443/TCP', '53/UDP only dns *',
      '8080/TCP only GET /v1, POST /a,"b"|c',
    ]);
  });
});

describe('table', () => {
  const blocks = (text: string) => text.trimEnd().split('\n\n').map(block => block.split('\n'));

  test('has a block for each source, and a line for each of its destinations', () => {
    const found = blocks(draw('table', SCENE)).flatMap(([from, ...lines]) => lines.map(line => [from, /^ {2}=> (\S+) {2,}\S/.exec(line)?.[1]]));
    expect(found).toEqual(PAIRS);
  });

  test('stands in columns', () => {
    for (const [, ...lines] of blocks(draw('table', SCENE))) {
      expect(new Set(lines.map(line => /^ {2}=> \S+ {2,}/.exec(line)![0].length)).size).toBe(1);
    }
  });

  test('says so where nothing passes', () => {
    expect(draw('table', [web, closed('shop')], { target: calico })).toBe('nothing passes\n');
  });

  test('has colours only where they are shown, and the same words', () => {
    const painted = [...table(flowsOf(Cluster.fromManifests(SCENE)), true)].join('');
    expect(painted).toContain('\u001b[33mperhaps 5432/TCP');
    expect(painted).toContain('\u001b[36m443/TCP\u001b[0m');
    expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(draw('table', SCENE));
  });
});

describe('hostile names', () => {
  const objects = HOSTILE.map(name => workload('Deployment', 'shop', name, {}));
  const pairs = HOSTILE.length * HOSTILE.length + 2 * HOSTILE.length;
  const own = (rows: readonly string[][]) => rows.slice(1).filter(([from]) => from === 'any address').map(([, to]) => to);
  const titles = (write: (name: string) => string) => HOSTILE.map(name => `shop/${write(name)}[Deployment]`).sort();
  const visible = (name: string) => name.replace(/[\p{Cc}\u2028\u202e]/gu, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

  test('json', () => {
    const { connections } = JSON.parse(draw('json', objects, { target: calico })) as { connections: { from: string; to: string }[] };
    expect(connections).toHaveLength(pairs);
    expect(own([[], ...connections.map(({ from, to }) => [from, to])]).sort()).toEqual(titles(name => name));
  });

  test('csv', () => {
    const rows = readCsv(draw('csv', objects, { target: calico }));
    expect(rows).toHaveLength(pairs + 1);
    expect(own(rows).sort()).toEqual(titles(name => name));
  });

  test('csv: no cell starts a formula', () => {
    const named = [workload('Deployment', '=1+1', 'a', {}), workload('Deployment', '@x', 'a', {})];
    const cells = readCsv(draw('csv', named, { target: calico })).flat();
    expect(cells.filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain('\'=1+1/a[Deployment]');
  });

  test('markdown', () => {
    const rows = readMarkdownTable(draw('markdown', objects, { target: calico }));
    expect(rows).toHaveLength(pairs + 1);
    expect(own(rows).sort()).toEqual(titles(visible).sort());
  });

  test('table', () => {
    const text = draw('table', objects, { target: calico });
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202e]/u);
    expect(text.split('\n\n')).toHaveLength(HOSTILE.length + 1);
  });
});

test.each(['table', 'json', 'csv', 'markdown', 'dot', 'mermaid', 'svg'])('%s: the order of the objects changes nothing', format => {
  const expected = draw(format, SCENE);
  fc.assert(fc.property(fc.shuffledSubarray([...SCENE], { minLength: SCENE.length }), objects => {
    expect(draw(format, objects)).toBe(expected);
  }), { numRuns: 5 });
});
