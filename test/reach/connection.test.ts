import { ask, cnp } from './support/ask';
import { Cluster, connectionText, diff } from '../../src/reach';
import { bothWays, CLOSED, type Connection, connectionOf, joinLimits, OPEN, openOn, together, whichever } from '../../src/reach/connection';
import { PortSet } from '../../src/reach/port-set';
import { namespace, pod } from '../support/reach';

const tcp = (from: number, to = from) => PortSet.range('TCP', from, to);
const only = (ports: PortSet, ...requests: string[]): Connection => connectionOf(PortSet.NONE, [{ ports, requests }], PortSet.NONE);
const perhaps = (ports: PortSet) => connectionOf(PortSet.NONE, [], ports);

describe('both ends together', () => {
  test('requests that one end takes for sure and every other under a condition stay so where the other end is open', () => {
    const some = connectionOf(PortSet.NONE, [{ ports: tcp(80), requests: ['GET /'] }], tcp(80));
    expect(connectionText(bothWays(some, openOn(tcp(80))))).toBe('80/TCP only GET /; perhaps 80/TCP');
    expect(connectionText(bothWays(openOn(tcp(80)), some))).toBe('80/TCP only GET /; perhaps 80/TCP');
  });

  test('no more passes than the end lets that has no condition', () => {
    const some = connectionOf(PortSet.NONE, [{ ports: tcp(80), requests: ['GET /'] }], tcp(80));
    expect(connectionText(bothWays(some, only(tcp(80), 'GET /')))).toBe('80/TCP only GET /');
    expect(connectionText(bothWays(some, only(tcp(80), 'GET /a')))).toBe('80/TCP only GET / and GET /a; perhaps 80/TCP only GET /a');
  });

  test('what only one end lets pass does not', () => {
    expect(bothWays(only(tcp(80), 'GET /'), openOn(tcp(81)))).toBe(CLOSED);
    expect(bothWays(perhaps(tcp(80)), OPEN)).toEqual(perhaps(tcp(80)));
  });
});

describe('one of several cases', () => {
  test('what passes in all of them does for sure, what passes in one perhaps', () => {
    expect(connectionText(whichever([openOn(tcp(80, 90)), openOn(tcp(85, 95))]))).toBe('85-90/TCP; perhaps 80-84/TCP, 91-95/TCP');
    expect(connectionText(whichever([openOn(tcp(80)), only(tcp(80), 'GET /')]))).toBe('80/TCP only GET /; perhaps 80/TCP');
    expect(whichever([only(tcp(80), 'GET /'), only(tcp(80), 'GET /')])).toEqual(only(tcp(80), 'GET /'));
    expect(whichever([OPEN, OPEN, OPEN])).toBe(OPEN);
  });

  test('cases beside those that count make nothing less, and something possible', () => {
    expect(whichever([OPEN], [CLOSED])).toBe(OPEN);
    expect(connectionText(whichever([CLOSED], [openOn(tcp(80))]))).toBe('perhaps 80/TCP');
  });
});

describe('limits', () => {
  test('that overlap are joined where they do', () => {
    const joined = joinLimits([{ ports: tcp(80, 90), requests: ['GET /'] }, { ports: tcp(85, 95), requests: ['PUT /'] }]);
    expect(joined.map(({ ports, requests }) => [ports.ranges('TCP'), requests])).toEqual([
      [[[80, 84]], ['GET /']], [[[85, 90]], ['GET /', 'PUT /']], [[[91, 95]], ['PUT /']],
    ]);
  });

  test('hundreds of them are joined in little time', () => {
    const limits = Array.from({ length: 400 }, (_, index) => ({ ports: tcp(1000 + index, 2000 + index), requests: [`GET /${index}`] }));
    const started = performance.now();
    expect(joinLimits(limits)).toHaveLength(799);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('of both ends are told pair by pair, unless they are many', () => {
    expect(together(['a', 'b'], ['b', 'c'])).toEqual(['a and b', 'a and c', 'b', 'b and c']);
    const many = (prefix: string) => Array.from({ length: 200 }, (_, index) => `${prefix}${index}`);
    const requests = together([...many('GET /'), 'HEAD /'], [...many('PUT /'), 'HEAD /']);
    expect(requests).toHaveLength(2);
    expect(requests[0]).toBe('HEAD /');
    expect(requests[1]).toContain('one of GET /0, GET /1,');
  });
});

const world = [
  namespace('x'), pod('x', { app: 'a' }, { name: 'a' }), pod('x', { app: 'b' }, { name: 'b' }),
];
const http = { ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } };
const rules = (...ingress: object[]) => cnp('x', { endpointSelector: { matchLabels: { app: 'a' } }, ingress });
const limited = { fromEndpoints: [{}], toPorts: [http] };
const authenticated = { fromEndpoints: [{}], toPorts: [{ ports: [{ port: '80' }] }], authentication: { mode: 'required' } };

describe('some requests for sure, and all of them under a condition', () => {
  const both = Cluster.fromManifests([...world, rules(limited, authenticated)]);

  test('are told in the map', () => {
    const entry = [...both.map()].find(({ from, to }) => from.type === 'workload' && to.type === 'workload' && to.endpoint.name === 'a');
    expect(connectionText(entry!.connection)).toBe('80/TCP only GET any path; perhaps 80/TCP, 80/UDP');
    expect(both.conditions(entry!.from, entry!.to)).toEqual(['both ends authenticate']);
  });

  test('are told by an answer', () => {
    const answer = ask([...world, rules(limited, authenticated)], { from: 'x/b', to: 'x/a' });
    expect([answer.verdict, answer.requests]).toEqual(['allowed', ['GET any path']]);
    expect(answer.ingress.reasons.map(({ condition }) => condition)).toEqual([undefined, 'both ends authenticate']);
    expect(ask([...world, rules(limited, authenticated)], { from: 'x/b', to: 'x/a', http: { method: 'PUT' } }).verdict).toBe('depends');
  });

  test('are a difference to the requests alone, in either direction', () => {
    const before = Cluster.fromManifests([...world, rules(limited)]);
    const [opened] = diff(before, both).filter(({ from }) => from.type === 'workload');
    expect([opened?.more.has('TCP', 80), opened?.less.isEmpty()]).toEqual([true, true]);
    const [closed] = diff(both, before).filter(({ from }) => from.type === 'workload');
    expect([closed?.less.has('TCP', 80), closed?.more.isEmpty()]).toEqual([true, true]);
  });

  test('are no difference where the condition is about the same requests', () => {
    const same = rules(limited, { ...limited, authentication: { mode: 'required' } });
    expect(diff(Cluster.fromManifests([...world, rules(limited)]), Cluster.fromManifests([...world, same]))).toEqual([]);
  });
});
