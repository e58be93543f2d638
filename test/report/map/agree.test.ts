import * as fc from 'fast-check';
import { draw, graph, linesOf } from './support/draw';
import { readCsv } from './support/read-csv';
import { readDot } from './support/read-dot';
import { readMarkdownTable } from './support/read-markdown';
import { readMermaid } from './support/read-mermaid';
import { isInside, overlaps, readSvg } from './support/read-svg';
import { Cluster, type Connection, type Party, type PlatformFacts, PortSet, titleOf } from '../../../src/reach';
import { passing } from '../../../src/reach/connection';
import { isToldByName } from '../../../src/reach/told-by-name';
import { layoutOf } from '../../../src/report/map/layout/layout';
import { cilium, randomCluster } from '../../reach/support/random-clusters';

interface JsonMap {
  readonly connections: readonly JsonConnection[];
  readonly parties: readonly { readonly id: string; readonly cidrs?: readonly string[] }[];
}

interface JsonPorts {
  readonly ranges: readonly { readonly protocol: string; readonly first: number; readonly last: number }[];
}

interface JsonConnection {
  readonly from: string;
  readonly to: string;
  readonly open: JsonPorts;
  readonly limited: readonly { readonly ports: JsonPorts; readonly requests: readonly string[] }[];
  readonly perhaps: JsonPorts;
}

const facts = fc.oneof(fc.constant<PlatformFacts>({ cni: 'calico' }), cilium);
const clusters = fc.record({ cluster: randomCluster(), target: facts })
  .map(({ cluster: { base, policies }, target }) => ({ objects: [...base, ...policies], target }));

const portsText = (set: PortSet) => (['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6', 'OTHER'] as const)
  .flatMap(protocol => set.ranges(protocol).map(([first, last]) => `${protocol} ${first}-${last}`)).join(',');
const jsonPortsText = ({ ranges }: JsonPorts) => ranges.map(({ protocol, first, last }) => `${protocol} ${first}-${last}`).join(',');
const jsonTold = ({ open, limited, perhaps }: JsonConnection) =>
  told(jsonPortsText(open), limited.map(({ ports, requests }) => `${jsonPortsText(ports)} ${requests.join()}`), jsonPortsText(perhaps));
const told = (open: string, limited: readonly string[], perhaps: string) => `${open} | ${[...limited].sort().join('; ')} | ${perhaps}`;

/** What passes, and nothing where only a DNS name that is told of may lead. */
function toldBy(cluster: Cluster, from: Party, to: Party, { open, limited, perhaps }: Connection): string | undefined {
  const isByName = isToldByName(from, to, { open, limited, perhaps }, cluster);
  const text = told(portsText(open), limited.map(({ ports, requests }) => `${portsText(ports)} ${requests.join()}`), isByName ? '' : portsText(perhaps));
  return text === ' |  | ' ? undefined : text;
}

function blockOf(cidr: string): { readonly first: number; readonly last: number } {
  const [address, prefix] = cidr.split('/');
  const first = address!.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first, last: first + 2 ** (32 - Number(prefix)) - 1 };
}

test('json says of every pair what the map says', () => {
  fc.assert(fc.property(clusters, ({ objects, target }) => {
    const cluster = Cluster.fromManifests(objects, { target });
    const map = cluster.map();
    const { connections, parties } = JSON.parse(draw('json', objects, { target })) as JsonMap;
    const blocks = new Map(parties.map(({ id, cidrs }) => [id, cidrs?.map(blockOf)]));
    const membersOf = (id: string) => {
      const own = blocks.get(id);
      const isIn = (first: bigint) => own!.some(block => block.first <= Number(first) && Number(first) <= block.last);
      return own ? map.parties.filter(party => party.type === 'addresses' && isIn(party.first)).map(titleOf) : [id];
    };
    const said = connections.flatMap(one => membersOf(one.from).flatMap(from => membersOf(one.to).map(to => `${from} => ${to} : ${jsonTold(one)}`)));
    const expected = [...map].flatMap(({ from, to, connection }) => {
      const text = from.type === 'name' ? undefined : toldBy(cluster, from, to, connection);
      return text === undefined ? [] : [`${titleOf(from)} => ${titleOf(to)} : ${text}`];
    });
    expect(said.sort()).toEqual(expected.sort());
  }), { numRuns: 40 });
});

test('csv, markdown and table tell the same pairs as json, and as many parts of each', () => {
  fc.assert(fc.property(clusters, ({ objects, target }) => {
    const { connections } = JSON.parse(draw('json', objects, { target })) as JsonMap;
    const count = (sure: boolean, limited: number, perhaps: boolean) => Number(sure) + limited + Number(perhaps);
    const expected = connections.map(({ from, to, open, limited, perhaps }) =>
      [from, to, count(open.ranges.length > 0, limited.length, perhaps.ranges.length > 0)]);
    const inCsv = readCsv(draw('csv', objects, { target })).slice(1).map(([from, to, open, limited, perhaps]) =>
      [from, to, count(open !== '', limited === '' ? 0 : limited!.split('; ').length, perhaps !== '')]);
    expect(inCsv).toEqual(expected);
    const inMarkdown = readMarkdownTable(draw('markdown', objects, { target })).slice(1).map(([from, to, parts]) => [from, to, parts!.split('\n').length]);
    expect(pairsOfTable(draw('table', objects, { target }))).toEqual(inMarkdown);
    const known = new Set(inMarkdown.map(([from, to]) => `${from}\n${to}`));
    expect(inMarkdown).toEqual(expected.filter(([from, to]) => known.has(`${String(from)}\n${String(to)}`)));
    // What any other pod may do is not said again of some.
    const again = expected.filter(([from, to]) => !known.has(`${String(from)}\n${String(to)}`)).map(pair => pair.slice(0, 2));
    const ofAnybody = (end: unknown) => (String(end).endsWith('[Pods]') || String(end).includes('[Pods +') ? '*/*[Pods]' : String(end));
    for (const [from, to] of again) {
      expect([`${ofAnybody(from)}\n${String(to)}`, `${String(from)}\n${ofAnybody(to)}`].some(pair => known.has(pair))).toBe(true);
    }
  }), { numRuns: 40 });
});

function pairsOfTable(text: string): [string, string, number][] {
  if (text === 'nothing passes\n') return [];
  return text.trimEnd().split('\n\n').flatMap(block => {
    const [from, ...lines] = block.split('\n');
    const pairs: [string, string, number][] = [];
    for (const line of lines) {
      const to = /^ {2}=> (.+?) {2,}\S/.exec(line)?.[1];
      if (to === undefined) pairs.at(-1)![2]++;
      else pairs.push([from!, to, 1]);
    }
    return pairs;
  });
}

test('connlist has a line for every pair of workloads, pods and IPv4 addresses of which something passes for sure', () => {
  fc.assert(fc.property(clusters, ({ objects, target }) => {
    const lines = linesOf(objects, { target }).lines.map(line => /^(.+) => (.+) : (.+)$/.exec(line)!.slice(1));
    const isOf = (title: string, party: Party) => {
      if (party.type !== 'addresses') return title === titleOf(party);
      const [first, last] = /^[\d.]+-[\d.]+$/.test(title) ? title.split('-').map(address => blockOf(`${address}/32`).first) : [];
      return first !== undefined && first <= Number(party.first) && Number(party.last) <= last!;
    };
    const touched = new Set<string[]>();
    for (const { from, to, connection } of Cluster.fromManifests(objects, { target }).map()) {
      if (titleOf(from) === titleOf(to) || ![from, to].every(({ type }) => type === 'workload' || type === 'addresses')) continue;
      const own = lines.filter(([source, destination]) => isOf(source!, from) && isOf(destination!, to));
      own.forEach(line => touched.add(line));
      const text = connlistText(passing(connection));
      expect(own.map(([,, ports]) => ports)).toEqual(text === '' ? [] : [text]);
    }
    expect(touched.size).toBe(lines.length);
  }), { numRuns: 40 });
});

function connlistText(ports: PortSet): string {
  const texts = (['SCTP', 'TCP', 'UDP'] as const).map(protocol => {
    const ranges = ports.ranges(protocol).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
    return ranges.length > 0 ? `${protocol} ${ranges.join(',')}` : '';
  });
  const text = texts.filter(Boolean).join(',');
  return text === 'SCTP 1-65535,TCP 1-65535,UDP 1-65535' ? 'All Connections' : text;
}

test('pictures have the same edges, each between ends that are there', () => {
  fc.assert(fc.property(clusters, ({ objects, target }) => {
    const { edges } = graph(objects, { target });
    const chart = readMermaid(draw('mermaid', objects, { target }));
    const drawn = readDot(draw('dot', objects, { target }));
    const known = new Set([...drawn.nodes, ...drawn.clusters.flatMap(({ nodes }) => nodes)].map(({ id }) => id));
    expect(drawn.edges.filter(({ from, to }) => !known.has(from) || !known.has(to))).toEqual([]);
    expect(chart.edges).toHaveLength(edges.length);
    expect(drawn.edges.map(({ from, to }) => `${from} => ${to}`)).toEqual(edges.map(({ from, to }) => `${from} => ${to}`));
  }), { numRuns: 30 });
});

test('boxes never overlap, and lie on the page', () => {
  fc.assert(fc.property(clusters, fc.boolean(), ({ objects, target }, byClass) => {
    const drawn = graph(objects, { target, byClass });
    const { placed, width, height } = layoutOf(drawn);
    const rects = placed.map(({ x, y, width: own, box }) => ({ x, y, width: own, height: box.height }));
    expect(overlaps(rects)).toEqual([]);
    expect(rects.filter(rect => !isInside(rect, { x: 0, y: 0, width, height }))).toEqual([]);
    expect(placed).toHaveLength(drawn.groups.length + drawn.outside.length);
  }), { numRuns: 40 });
});

test('pictures are well-formed, and their boxes do not overlap', () => {
  fc.assert(fc.property(clusters, ({ objects, target }) => {
    const { boxes, texts, frames } = readSvg(draw('svg', objects, { target }));
    expect(overlaps(boxes)).toEqual([]);
    expect(texts.filter(text => !/^(Dashed|Not shown): /.test(text.text) && ![...boxes, ...frames].some(box => isInside(text, box)))).toEqual([]);
  }), { numRuns: 20 });
});
