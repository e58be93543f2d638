import { draw, graph } from './support/draw';
import { HOSTILE } from './support/hostile';
import { isInside, overlaps, type Rect, readSvg, type SvgArrow, type SvgPicture, touches } from './support/read-svg';
import { SCENE } from './support/scene';
import type { PlatformFacts } from '../../../src/reach';
import { type Edge, type Graph, labelText } from '../../../src/report/map/graph';
import { svg } from '../../../src/report/map/svg';
import { policy, workload } from '../../reach/support/ask';
import { elementsOf, readXml } from '../../support/read-xml';

const calico: PlatformFacts = { cni: 'calico' };
const closed = (namespace: string) => policy(namespace, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'closed');

/** Both halves of a call, as NetworkPolicies of its ends. */
function call(from: string, to: string, port: number): object[] {
  const [[space, name], [otherSpace, other]] = [from.split('/'), to.split('/')];
  const peer = (namespace: string, app: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }, podSelector: { matchLabels: { app } },
  });
  return [
    policy(space!, { podSelector: { matchLabels: { app: name } }, egress: [{ to: [peer(otherSpace!, other!)], ports: [{ port }] }], policyTypes: ['Egress'] }, `${name}-${other}-out`),
    policy(otherSpace!, { podSelector: { matchLabels: { app: other } }, ingress: [{ from: [peer(space!, name!)], ports: [{ port }] }] }, `${name}-${other}-in`),
  ];
}

/** Namespaces of as many workloads, in each a chain of calls, and calls from one namespace to the next. */
function town(namespaces: number, workloads: number): object[] {
  return Array.from({ length: namespaces }, (_, at) => {
    const name = (index: number) => `${at}-app-${index}`;
    const own = Array.from({ length: workloads }, (__, index) => index);
    return [
      closed(`team-${at}`),
      ...own.map(index => workload('Deployment', `team-${at}`, name(index), { app: name(index) })),
      ...own.slice(1).flatMap(index => call(`team-${at}/${name(index - 1)}`, `team-${at}/${name(index)}`, 8080)),
      ...call(`team-${at}/${name(workloads - 1)}`, `team-${(at + 1) % namespaces}/${(at + 1) % namespaces}-app-0`, 9090),
      ...call(`team-${at}/${name(0)}`, 'team-0/0-app-1', 5432),
    ];
  }).flat();
}

/** What any picture has to keep to. */
function insistTidy({ frames, boxes, texts, arrows, width, height }: SvgPicture): void {
  expect(overlaps(frames)).toEqual([]);
  expect(overlaps(boxes)).toEqual([]);
  const homes = [...boxes, ...frames];
  // A box is in one namespace as a whole, or in none at all.
  expect(boxes.filter(box => frames.some(frame => overlaps([box, frame]).length > 0 && !isInside(box, frame)))).toEqual([]);
  const notes = texts.filter(({ text }) => /^(Dashed|Not shown): /.test(text));
  expect(texts.filter(text => !notes.includes(text) && !homes.some(box => isInside(text, box)))).toEqual([]);
  expect(overlaps(texts)).toEqual([]);
  expect(arrows.filter(({ start, end }) => ![start, end].every(point => homes.some(box => touches(point, box))))).toEqual([]);
  // Heads are at the side that the arrow comes from.
  const isBehind = ({ start, end }: SvgArrow, { x, width: own }: Rect) =>
    (start.x < x && end.x > x + 1) || (start.x > x + own && end.x < x + own - 1);
  expect(arrows.filter(arrow => homes.some(box => touches(arrow.end, box) && isBehind(arrow, box)))).toEqual([]);
  // Calls within a namespace run within its frame.
  const isOwn = ({ start, end }: SvgArrow, frame: Rect) => [start, end].every(({ x, y }) => isInside({ x, y, width: 0, height: 0 }, frame));
  expect(arrows.filter(arrow => frames.some(frame => isOwn(arrow, frame) && arrow.right > frame.x + frame.width))).toEqual([]);
  const page: Rect = { x: 0, y: 0, width, height };
  expect([...homes, ...texts].filter(rect => !isInside(rect, page))).toEqual([]);
}

const picture = (objects: readonly object[], target?: PlatformFacts) => readSvg(draw('svg', objects, { target }));
const title = ({ from, to, labels }: Edge) => labels.map(label => `${from} to ${to}: ${labelText(label)}`);

test('shows every workload with its kind, namespaces by name, and who is in none', () => {
  const { frames, boxes, texts } = picture(SCENE);
  const shown = texts.map(({ text }) => text);
  expect(frames).toHaveLength(3);
  expect(boxes).toHaveLength(7);
  expect(shown).toEqual(expect.arrayContaining([
    'data', 'kube-system', 'shop', 'web  Deployment', 'api  Deployment', 'db  StatefulSet', 'backup  CronJob', '203.0.113.0/24', 'pay.example.com  DNS name',
  ]));
});

test('has an arrow for each edge, dashed where something only perhaps passes, and says what dashes mean', () => {
  const { arrows, texts } = picture(SCENE);
  const { edges } = graph(SCENE);
  expect(arrows.map(arrow => arrow.title).sort()).toEqual(edges.flatMap(title).sort());
  expect(arrows.filter(({ dashed }) => dashed).map(arrow => arrow.title)).toEqual(['shop/api[Deployment] to data/db[StatefulSet]: perhaps 5432/TCP']);
  expect(texts.map(({ text }) => text)).toContain('Dashed: depends on what the manifests do not tell.');
});

test('says ports and requests where arrows arrive', () => {
  const { arrows, boxes, texts } = picture(SCENE);
  const arrow = arrows.find(one => one.title.startsWith('shop/web[Deployment] to shop/api[Deployment]'))!;
  const target = boxes.find(box => touches(arrow.end, box))!;
  expect(texts.filter(text => isInside(text, target)).map(({ text }) => text)).toEqual(['api  Deployment', '8080/TCP', 'GET /v1', 'POST /a,"b"|c']);
});

test('tells those who do not see it what it shows', () => {
  const found = picture(SCENE);
  expect(found.title).toBe('Who reaches whom: 5 workloads in 3 namespaces');
  expect(found.description.split('\n').sort()).toEqual(graph(SCENE).edges.map(edge => title(edge).join('; ')).sort());
  const { attributes } = readXml(draw('svg', SCENE));
  expect(attributes).toMatchObject({ 'role': 'img', 'aria-labelledby': 'map-title map-desc' });
});

test('says once what holds for all of a namespace, and counts those that it does not show', () => {
  const shop = ['a', 'b', 'c', 'd'].map(name => workload('Deployment', 'shop', name, { app: name }));
  const within = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }], egress: [{ to: [{ podSelector: {} }] }] });
  const drawn = readSvg(draw('svg', [...shop, within, closed('bank'), workload('Deployment', 'bank', 'ledger', {})], { target: calico, isolated: false }));
  expect(drawn.arrows).toEqual([]);
  expect(drawn.texts.map(({ text }) => text)).toEqual(['shop  4 workloads', 'each to each: 80/TCP']);
  insistTidy(drawn);
});

test.each<[string, object[]]>([
  ['nothing', []],
  ['one workload', [workload('Deployment', 'shop', 'web', {})]],
  ['workloads that nobody reaches', [...['a', 'b', 'c'].map(name => workload('Deployment', name, name, {})), ...['a', 'b', 'c'].map(closed)]],
  ['a circle', [...town(3, 1)]],
  ['a circle within a namespace', [closed('shop'), ...['a', 'b', 'c'].map(name => workload('Deployment', 'shop', name, { app: name })),
    ...call('shop/a', 'shop/b', 1), ...call('shop/b', 'shop/c', 2), ...call('shop/c', 'shop/a', 3), ...call('shop/a', 'shop/c', 4)]],
  ['calls both ways', [...['a', 'b'].map(closed), ...['a', 'b'].map(name => workload('Deployment', name, name, { app: name })), ...call('a/a', 'b/b', 1), ...call('b/b', 'a/a', 2)]],
  ['a small town', town(4, 3)],
  ['one large namespace', town(1, 30)],
  ['many small ones', town(30, 1)],
])('nothing overlaps, all text is in its box, all arrows touch boxes: %s', (_name, objects) => {
  insistTidy(picture(objects, calico));
});

test('calls lead from left to right where they run in no circle, however many there are', () => {
  const names = Array.from({ length: 80 }, (_, index) => `n${index}`);
  const star = [
    ...['hub', ...names].flatMap(name => [closed(name), workload('Deployment', name, name, { app: name })]),
    ...names.flatMap((name, index) => (index < 40 ? call(`${name}/${name}`, 'hub/hub', 1000 + index) : call('hub/hub', `${name}/${name}`, 1000 + index))),
  ];
  const found = picture(star, calico);
  insistTidy(found);
  expect(found.arrows).toHaveLength(80);
  expect(found.arrows.filter(({ start, end }) => start.x >= end.x)).toEqual([]);
  expect(found.width / found.height).toBeLessThan(4);
  expect(found.height / found.width).toBeLessThan(4);
});

test('the same of the scene', () => {
  insistTidy(picture(SCENE));
});

test('60 workloads in 8 namespaces are readable', () => {
  const found = picture(town(8, 7).concat(['a', 'b', 'c', 'd'].map(name => workload('Deployment', 'team-0', name, { app: name }))), calico);
  insistTidy(found);
  expect(found.boxes.length).toBeGreaterThanOrEqual(60);
  expect(found.width / found.height).toBeGreaterThan(0.4);
  expect(found.width / found.height).toBeLessThan(4);
  expect(Math.max(found.width, found.height)).toBeLessThan(4000);
});

test.each([[1, 12], [6, 6], [12, 2], [2, 20]])('%d namespaces of %d workloads are no thread', (namespaces, workloads) => {
  const { width, height, boxes } = picture(town(namespaces, workloads), calico);
  expect(boxes.length).toBeGreaterThanOrEqual(namespaces * workloads);
  expect([width / height, height / width].filter(ratio => ratio > 8)).toEqual([]);
});

test('grows with what it shows, not with its square', () => {
  const area = (namespaces: number) => {
    const { width, height } = picture(town(namespaces, 7), calico);
    return width * height;
  };
  expect(area(16) / area(4)).toBeLessThan(10);
});

describe('hostile names', () => {
  const callers = HOSTILE.map(name => workload('Deployment', 'shop', name, { app: 'x' }));
  const into = policy('shop', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'x' } } }], ports: [{ port: 80 }] }] }, 'in');
  const objects = [workload('Deployment', 'shop', 'web', { app: 'web' }), ...callers, closed('shop'), policy('shop', { podSelector: {}, egress: [{}], policyTypes: ['Egress'] }, 'out'), into];
  const text = draw('svg', objects, { target: calico });

  test('are text, and nothing else', () => {
    const names = new Set(['svg', 'title', 'desc', 'g', 'rect', 'text', 'tspan', 'path'].flatMap(name => elementsOf(readXml(text), name)));
    const count = (text.match(/<[a-z]/g) ?? []).length;
    expect(names.size).toBe(count);
    expect(text).not.toMatch(/[\u202e\u2028\u001b]/);
  });

  test('are read back', () => {
    const shown = readSvg(text).texts.map(one => one.text.replace(/ {2}Deployment$/, ''));
    // A line break makes two lines of a name.
    const lines = HOSTILE.flatMap(name => name.replace(/[^\P{Cc}\n]|[\u2028\u202e]/gu, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).split('\n'));
    expect(shown).toEqual(expect.arrayContaining(lines));
  });

  test('and so are requests, and what is hidden', () => {
    const request = 'GET /<a href="b">&amp;\'';
    const drawn: Graph = {
      groups: [],
      outside: [{ id: 'a', name: 'a', kind: 'name' }, { id: 'b', name: 'b', kind: 'name' }],
      edges: [{ from: 'a', to: 'b', labels: [{ ports: '1/TCP', requests: [request], perhaps: false }] }],
      hidden: ['<i>'],
    };
    const { texts, arrows, description } = readSvg([...svg(drawn)].join(''));
    expect(texts.map(one => one.text)).toEqual(expect.arrayContaining(['1/TCP', request, 'Not shown: <i>.']));
    expect([description, ...arrows.map(one => one.title)]).toEqual([`a to b: 1/TCP ${request}`, `a to b: 1/TCP ${request}`]);
  });

  test('stay in their boxes', () => {
    insistTidy(readSvg(text));
  });

  test('however long they are', () => {
    const long = ['w'.repeat(253), '漢'.repeat(100), '\u001b'.repeat(60), 'W W'.repeat(50), '😀'.repeat(60)];
    const drawn = readSvg(draw('svg', long.map(name => workload('Deployment', name, name, {})), { target: calico }));
    insistTidy(drawn);
    expect(drawn.width).toBeLessThan(2500);
  });
});
