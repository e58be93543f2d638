import { draw, linesOf } from './support/draw';
import { readCsv } from './support/read-csv';
import { readDot } from './support/read-dot';
import { readMarkdownTable } from './support/read-markdown';
import { readMermaid } from './support/read-mermaid';
import { readSvg } from './support/read-svg';
import type { PlatformFacts } from '../../../src/reach';
import { cnp, policy, workload } from '../../reach/support/ask';

const calico: PlatformFacts = { cni: 'calico' };
const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const prometheus = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }, podSelector: { matchLabels: { app: 'prometheus' } } };
const anybody = { namespaceSelector: {} };
const rule = (from: object, ...ports: number[]) => ({ from: [from], ports: ports.map(port => ({ port })) });
const into = (...ingress: object[]) => policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress });

const PROMETHEUS = 'monitoring/app=prometheus[Pods]';
const ANYBODY = '*/*[Pods]';
const API = 'shop/api[Deployment]';

describe('who is meant and not in the set is told of', () => {
  const objects = [api, into(rule(prometheus, 9090), rule(anybody, 8080))];
  const pairs = [[ANYBODY, API, '8080/TCP'], [PROMETHEUS, API, '8080/TCP, 9090/TCP']];

  test('connlist', () => {
    expect(linesOf(objects, { target: calico }).lines).toEqual([`${ANYBODY} => ${API} : TCP 8080`, `${PROMETHEUS} => ${API} : TCP 8080,9090`]);
  });

  test('json', () => {
    const { connections, parties } = JSON.parse(draw('json', objects, { target: calico })) as { connections: { from: string; to: string }[]; parties: object[] };
    expect(connections.map(({ from, to }) => [from, to])).toEqual(pairs.map(pair => pair.slice(0, 2)));
    expect(parties).toContainEqual({ id: PROMETHEUS, type: 'pods', name: 'monitoring/app=prometheus', kind: 'Pods' });
    expect(parties).toContainEqual({ id: ANYBODY, type: 'pods', name: 'any other namespace', kind: 'Pods' });
  });

  test('csv', () => {
    expect(readCsv(draw('csv', objects, { target: calico })).slice(1).map(row => row.slice(0, 3))).toEqual(pairs);
  });

  test('markdown', () => {
    expect(readMarkdownTable(draw('markdown', objects, { target: calico })).slice(1)).toEqual(pairs);
  });

  test('table', () => {
    expect(draw('table', objects, { target: calico })).toBe(`${pairs.map(([from, to, ports]) => `${from}\n  => ${to}  ${ports}\n`).join('\n')}`);
  });

  test('pictures tell of them outside of the namespaces, and what any other pod may do as well once', () => {
    const chart = readMermaid(draw('mermaid', objects, { target: calico }));
    expect(chart.groups.map(({ label }) => label)).toEqual(['shop']);
    expect(chart.outside.map(({ label }) => label)).toEqual(['any other namespace', 'monitoring/app=prometheus']);
    expect(chart.edges.map(({ from, to, label }) => [from, to, label]))
      .toEqual([['any other namespace', 'api', '8080/TCP'], ['monitoring/app=prometheus', 'api', '9090/TCP']]);
    expect(readDot(draw('dot', objects, { target: calico })).edges.map(({ from, to, attributes: { label } }) => [from, to, label]))
      .toEqual([[ANYBODY, API, '8080/TCP'], [PROMETHEUS, API, '9090/TCP']]);
    expect(readSvg(draw('svg', objects, { target: calico })).arrows.map(({ title }) => title).sort())
      .toEqual([`${ANYBODY} to ${API}: 8080/TCP`, `${PROMETHEUS} to ${API}: 9090/TCP`]);
  });
});

test('a picture tells how many one stands for, and what is said of the namespace besides its name', () => {
  const values = Array.from({ length: 50 }, (_, index) => `v${index + 10}`);
  const many = { ...prometheus, podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values }] } };
  const labelled = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra', 'team': 'x' } } };
  const chart = readMermaid(draw('mermaid', [api, into(rule(many, 9090), rule(labelled, 8080))], { target: calico }));
  expect(chart.outside.map(({ label }) => label)).toEqual(['infra,team=x/*', 'monitoring/app=v10 +49']);
});

const edges = (objects: readonly object[], target?: PlatformFacts) =>
  readMermaid(draw('mermaid', objects, { target })).edges.map(({ from, to, label }) => `${from} => ${to} : ${label}`);

describe('the edge of a stranger in a picture', () => {
  test('is not there where any other pod may do the same', () => {
    expect(edges([api, into(rule(prometheus, 8080), rule(anybody, 8080))], calico)).toEqual(['any other namespace => api : 8080/TCP']);
    expect(draw('svg', [api, into(rule(prometheus, 8080), rule(anybody, 8080))], { target: calico })).not.toContain('prometheus');
  });

  test('is whole where no other pod may do anything', () => {
    expect(edges([api, into(rule(prometheus, 8080))], calico)).toEqual(['monitoring/app=prometheus => api : 8080/TCP']);
  });

  test('is told by workload: what any other pod may do elsewhere takes nothing away', () => {
    const web = workload('Deployment', 'web', 'web', {});
    const elsewhere = policy('web', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [rule(anybody, 8080)] });
    expect(edges([api, web, into(rule(prometheus, 8080)), elsewhere], calico)).toEqual(expect.arrayContaining(['monitoring/app=prometheus => api : 8080/TCP']));
  });

  test('leaves ports beyond those of any other pod', () => {
    expect(edges([api, into(rule(prometheus), { from: [anybody], ports: [{ port: 1, endPort: 1000 }] })], calico))
      .toContain('monitoring/app=prometheus => api : 1001-65535/TCP, any UDP, any SCTP, any ICMP, any ICMPv6');
  });

  test('is told of destinations too', () => {
    const out = policy('shop', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        { to: [prometheus], ports: [{ port: 9090 }] }, { to: [anybody], ports: [{ port: 8080 }] },
      ],
    });
    expect(edges([api, out], calico)).toEqual(['api => any other namespace : 8080/TCP', 'api => monitoring/app=prometheus : 9090/TCP']);
  });

  const http = (peer: object, ...paths: string[]) => ({
    fromEndpoints: [peer], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }], rules: { http: paths.map(path => ({ method: 'GET', path })) } }],
  });
  const scraper = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'monitoring', 'k8s:app': 'prometheus' } };
  const every = { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] };
  const alone = policy('shop', { podSelector: {}, policyTypes: ['Egress'] }, 'alone');

  test('leaves requests that any other pod may not make', () => {
    const guarded = cnp('shop', { endpointSelector: {}, ingress: [http(scraper, '/metrics'), http(every, '/health')] });
    expect(edges([api, guarded, alone])).toEqual(['any other namespace => api : 8080/TCP GET /health', 'monitoring/app=prometheus => api : 8080/TCP GET /metrics']);
    const same = cnp('shop', { endpointSelector: {}, ingress: [http(scraper, '/health'), http(every, '/health')] });
    expect(edges([api, same, alone])).toEqual(['any other namespace => api : 8080/TCP GET /health']);
  });

  test('is whole where any other pod may make some requests and it may make all', () => {
    const all = { fromEndpoints: [scraper], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] };
    const guarded = cnp('shop', { endpointSelector: {}, ingress: [all, http(every, '/health')] });
    expect(edges([api, guarded, alone])).toEqual(['any other namespace => api : 8080/TCP GET /health', 'monitoring/app=prometheus => api : 8080/TCP']);
  });
});
