import { ask, cnp, workload } from './support/ask';
import { Cluster, diff } from '../../src/reach';

const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const get = { http: [{ method: 'GET', path: '/v1' }] };
const to443 = (serverNames: string[] | undefined, rules?: object) => cnp('shop', {
  endpointSelector: {},
  egress: [{
    toEntities: ['world'],
    toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }], serverNames, terminatingTLS: { secret: { namespace: 'shop', name: 'tls' } }, rules }],
  }],
});
const question = { from: 'shop/api', to: 'world', port: 443 };

test.each<[string, object, object, boolean, boolean]>([
  ['requests that are not asked for any more', to443(['api.example.com'], get), to443(['api.example.com']), true, false],
  ['server names that are not asked for any more', to443(['api.example.com'], get), to443(undefined, get), true, false],
  ['another server name', to443(['api.example.com'], get), to443(['api.example.com', 'www.example.com'], get), true, false],
  ['a request that is asked for too', to443(['api.example.com']), to443(['api.example.com'], get), false, true],
])('a server name and a request, of which both are asked for: %s', (_name, before, after, more, less) => {
  const [change] = diff(...[before, after].map(policy => Cluster.fromManifests([api, policy], { target: {} })) as [Cluster, Cluster]);
  expect([change?.more.has('TCP', 443), change?.less.has('TCP', 443)]).toEqual([more, less]);
});

test('an answer tells what is left to ask for', () => {
  const requests = (more: object) => ask([api, to443(['api.example.com'], get)], { ...question, ...more }).requests;
  expect(requests({})).toEqual(['sni api.example.com and GET /v1']);
  expect(requests({ sni: 'api.example.com', http: { path: '/v1' } })).toEqual([]);
});
