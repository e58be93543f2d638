import * as fc from 'fast-check';
import { ccnp, cnp, policy } from './support/ask';
import { cilium, named, randomCluster } from './support/random-clusters';
import { anyPolicy } from './support/random-policies';
import { Cluster, diff, type ManifestOptions, type Party, titleOf } from '../../src/reach';
import { runFlowTable } from '../../src/reach/flow-table';
import { isOfSet } from '../../src/reach/party';
import { readFlowTable } from '../../src/reach/read-flow-table';
import { flowRowsOf } from '../../src/reach/write-flow-table';
import { namespace, pod } from '../support/reach';

const RUNS = Number(process.env.REACH_RUNS ?? 12);
const deny = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'deny');
const base = [
  namespace('shop'), pod('shop', { app: 'web' }, { name: 'web' }), pod('shop', { app: 'api' }, { name: 'api', ports: [{ name: 'http', containerPort: 80 }] }), deny,
];
const calico: ManifestOptions = { target: { cni: 'calico' } };
const cilium118: ManifestOptions = { target: { cni: 'cilium', cilium: { version: '1.18' } } };

/** Rows that fail, by name and what was found. */
function failures(rows: readonly object[], objects: readonly object[], options: ManifestOptions = cilium118): string[] {
  const table = readFlowTable({ nothingElse: true, flows: rows }, 'flows.yaml');
  return runFlowTable(table, Cluster.fromManifests(objects, options)).filter(({ passed }) => !passed).map(({ name, found }) => `${name}: ${found}`);
}

const http = (...rules: object[]) => [
  cnp('shop', { endpointSelector: { matchLabels: { app: 'web' } }, egress: [{ toEndpoints: [{ matchLabels: { app: 'api' } }] }] }, 'out'),
  cnp('shop', {
    endpointSelector: { matchLabels: { app: 'api' } },
    ingress: [{ fromEndpoints: [{ matchLabels: { app: 'web' } }], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: rules } }] }],
  }, 'in'),
];
const v1 = { method: 'GET', path: '/v1' };
const admin = { method: 'GET', path: '/admin' };

describe('when nothing else may pass, a row about a request', () => {
  const row = { from: 'shop/web', to: 'shop/api', port: 80, http: v1 };

  test('lets that request pass and no other', () => {
    expect(failures([row], [...base, ...http(v1)])).toEqual([]);
    expect(failures([row, { ...row, http: admin }], [...base, ...http(v1, admin)])).toEqual([]);
    expect(failures([row], [...base, ...http(v1, admin)])).toEqual([
      'shop/web[Pod] to shop/api[Pod] is in the table: more passes on 80/TCP than the rows allow; '
      + 'a row for 80/tcp with `only: [GET /admin, GET /v1]` would allow just that',
    ]);
  });

  test.each<[string, object, object]>([
    ['a prefix', {}, { method: 'GET', path: '/v1.*' }],
    ['a dot that stands for any character', { path: '/a.b' }, { method: 'GET', path: '/a.b' }],
    ['any method', {}, { path: '/v1' }],
    ['any host', { host: 'api' }, v1],
  ])('does not let %s pass', (_, asked, rule) => {
    expect(failures([{ ...row, http: { ...v1, ...asked } }], [...base, ...http(rule)]).join()).toContain('more passes on 80/TCP');
  });

  test('is closed by a row with all that passes, as the failure writes it', () => {
    const objects = [...base, ...http(v1, { method: 'GET', path: '/a\\.b' })];
    const [, only = '[]'] = /only: (\[.*\])/.exec(failures([row], objects).join()) ?? [];
    expect(only).toBe('["GET /a\\\\.b", GET /v1]');
    expect(failures([row, { from: 'shop/web', to: 'shop/api', port: 80, only: ['GET /a\\.b', 'GET /v1'] }], objects)).toEqual([]);
  });

  test('does not let the port pass under a condition', () => {
    const byHash = policy('shop', {
      podSelector: { matchLabels: { 'app': 'api', 'pod-template-hash': 'abc' } }, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }],
    }, 'hash');
    const api = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api2', namespace: 'shop' }, spec: { template: { metadata: { labels: { app: 'api' } }, spec: {} } } };
    const objects = [namespace('shop'), base[1]!, api, byHash];
    const world = { from: 'world', to: 'shop/api2', port: 80, expect: 'depends' };
    const surprise = (one: object) => failures([one], objects, calico).find(text => text.startsWith('any address to shop/api2'));
    expect(surprise(world)).toMatch(/more passes on 1-79\/TCP, 81-65535\/TCP, /);
    expect(surprise({ ...world, http: {} })).toContain('more passes on any port');
  });

  test('says nothing of addresses of which more passes than of the world', () => {
    const rule = (cidr: string, rules: object[]) => ({ toCIDR: [cidr], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: rules } }] });
    const objects = [...base, cnp('shop', { endpointSelector: { matchLabels: { app: 'web' } }, egress: [rule('0.0.0.0/0', [v1]), rule('192.0.2.0/24', [admin])] })];
    const world = { from: 'shop/web', to: 'world', port: 80, only: ['GET /v1'], expect: 'depends' };
    expect(failures([world], objects).join()).toContain('shop/web[Pod] to 192.0.2.0/24 is in the table: more passes on 80/TCP');
    expect(failures([world, { ...world, to: '192.0.2.0/24', only: ['GET /admin', 'GET /v1'], expect: 'allowed' }], objects)).toEqual([]);
  });
});

describe('a row about a range asks on each port that is treated in a way of its own', () => {
  const web = cnp('shop', {
    endpointSelector: { matchLabels: { app: 'api' } },
    ingress: [{ fromEntities: ['world'], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }] }],
  }, 'in');
  const service = (name: string, more: object = {}) => ({
    apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector: { app: 'api' }, ports: [{ name: 'a', port: 80, targetPort: 9090 }, { name: 'b', port: 81, targetPort: 8080 }], ...more },
  });
  const objects = [...base.slice(0, 3), web, service('api'), service('headless', { clusterIP: 'None' })];
  const found = (row: object) => {
    const table = readFlowTable({ flows: [{ from: 'world', ...row }] }, 'flows.yaml');
    return runFlowTable(table, Cluster.fromManifests(objects, cilium118)).map(result => result.found).join();
  };
  const admin8080 = 'world => shop/api[Pod] : 8080/TCP is allowed';

  test.each(['8000-9000', '8080', 'tcp', 'any'])('a request on %s', port => {
    expect(found({ to: 'shop/api', port, expect: 'denied', http: admin })).toBe(admin8080);
    expect(found({ to: 'shop/api', port, expect: 'denied', http: { method: 'POST' } })).toBe('');
  });

  test('what is expected to pass has to on each', () => {
    expect(found({ to: 'shop/api', port: '8080', http: admin })).toBe('');
    expect(found({ to: 'shop/api', port: '8079-8080', http: admin })).toBe('world => shop/api[Pod] : 8079/TCP is denied');
  });

  test('every port of a Service that is meant', () => {
    expect(found({ to: 'shop/api[Service]', port: '80-81', expect: 'denied' })).toBe(admin8080);
    expect(found({ to: 'shop/api[Service]', port: 'any', expect: 'denied', http: admin })).toBe(admin8080);
    expect(found({ to: 'shop/api[Service]', port: '80', expect: 'denied' })).toBe('');
    expect(found({ to: 'shop/headless[Service]', port: '8000-9000', expect: 'denied' })).toBe(admin8080);
    expect(() => found({ to: 'shop/api[Service]', port: '82-90', expect: 'denied' })).toThrow("given '82-90/tcp' of shop/api[Service]; allowed: a port of the Service");
  });
});

test('where nothing else may pass, somebody has to be there', () => {
  expect(() => failures([], [namespace('shop')])).toThrow('given a set without workloads; allowed: a set with somebody in it');
  expect(failures([], [deny])).toEqual([]);
});

describe('a row for the world means its parts too', () => {
  const open = policy('shop', { podSelector: { matchLabels: { app: 'api' } }, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 80 }] }] });
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' }, spec: { selector: { app: 'api' }, ports: [{ port: 8080, targetPort: 'http' }] } };

  test.each([['shop/api', 'http'], ['shop/api[Service]', 8080]])('to %s on %s', (to, port) => {
    const rows = [{ from: 'world', to, port }, { from: 'shop/web', to: 'shop/api', port: 80, expect: 'denied' }];
    expect(failures(rows, [...base, open, service])).toEqual([]);
    expect(failures(rows.slice(1), [...base, open, service]).join()).toContain('0.0.0.0/0 to shop/api[Pod]');
  });
});

describe('the table that holds now', () => {
  const internet = (except: string[], ...more: object[]) => [...base, policy('shop', {
    podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except } }], ports: [{ port: 443 }] }],
  }, 'internet'), ...more];
  const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];
  const rowsOf = (objects: object[], options = calico) => [...flowRowsOf(Cluster.fromManifests(objects, options))];

  test.each([['calico', calico], ['Cilium', cilium118]])('tells a block without some as the world and what is denied, with %s', (_, options) => {
    const rows = rowsOf(internet(PRIVATE), options).filter(({ to }) => !to.includes('shop/'));
    expect(rows).toEqual([
      { from: 'shop/web', to: 'world', port: '443/tcp', expect: 'allowed' },
      ...[...PRIVATE, '::/0'].map(to => ({ from: 'shop/web', to, port: 'any', expect: 'denied' })),
    ]);
  });

  test('fails when one of them is no exception any more, or IPv6 opens', () => {
    const rows = rowsOf(internet(PRIVATE));
    expect(failures(rows, internet(PRIVATE), calico)).toEqual([]);
    expect(failures(rows, internet(PRIVATE.slice(1)), calico).join()).toContain('10.0.0.0/8 on any is denied');
    const v6 = policy('shop', { podSelector: { matchLabels: { app: 'web' } }, egress: [{ to: [{ ipBlock: { cidr: '2001:db8::/32' } }] }] }, 'v6');
    expect(failures(rows, internet(PRIVATE, v6), calico).join()).toContain('::/0 on any is denied');
  });

  test('tells everybody without some public addresses in few rows, which hold', () => {
    const denied = ['169.254.169.254/32', '198.51.100.0/24'];
    const objects = [namespace('shop'), pod('shop', { app: 'web' }, { name: 'web' }), cnp('shop', {
      endpointSelector: {}, enableDefaultDeny: { egress: false, ingress: false }, egressDeny: [{ toCIDR: denied }],
    })];
    const rows = rowsOf(objects, cilium118);
    expect(rows.filter(({ from, to }) => from === 'shop/web' && !to.includes('[Pods]')).map(({ to }) => to)).toEqual([`0.0.0.0/0 except ${denied.join(', ')}`, '::/0']);
    expect(failures(rows, objects)).toEqual([]);
    const open = objects.slice(0, 2);
    expect(failures(rows, open)).toEqual([expect.stringContaining('shop/web[Pod] to 169.254.169.254/32, 198.51.100.0/24 is in the table')]);
  });

  test('fails in few rows where the world is let in', () => {
    const rows = rowsOf(base, cilium118);
    const world = cnp('shop', { endpointSelector: { matchLabels: { app: 'api' } }, ingress: [{ fromEntities: ['world'] }, { fromCIDR: ['198.51.100.0/24'] }] });
    expect(failures(rows, [...base, world])).toEqual([expect.stringContaining('any address to shop/api[Pod] is in the table')]);
  });

  test('tells a few addresses as they are, those that belong together as one', () => {
    const some = policy('shop', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }, { ipBlock: { cidr: '192.0.2.128/25' } }], ports: [{ port: 443 }] }],
    });
    expect(rowsOf([...base, some])).toEqual([{ from: 'shop/web', to: '192.0.2.0/24', port: '443/tcp', expect: 'allowed' }]);
  });

  test('asks of exceptions that a DNS name may lead to whether they still depend on that', () => {
    const objects = [...base, cnp('shop', {
      endpointSelector: { matchLabels: { app: 'web' } },
      egress: [
        { toCIDRSet: [{ cidr: '0.0.0.0/0', except: PRIVATE }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
        { toFQDNs: [{ matchName: 'db.example.com' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
        { toEndpoints: [{}], toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }] },
      ],
    })];
    const rows = rowsOf(objects, cilium118);
    expect(rows).toContainEqual({ from: 'shop/web', to: '10.0.0.0/8', port: '443/tcp', expect: 'depends' });
    expect(failures(rows, objects)).toEqual([]);
  });

  const target = fc.oneof(fc.constant(calico), cilium.map(facts => ({ target: facts })));

  test('holds', () => {
    fc.assert(fc.property(randomCluster(), target, ({ base: world, policies }, options) => {
      const cluster = Cluster.fromManifests([...world, ...policies], { ...options, refused: new Map() });
      expect(runFlowTable({ flows: [...flowRowsOf(cluster)], nothingElse: true }, cluster).filter(({ passed }) => !passed)).toEqual([]);
    }), { numRuns: RUNS });
  });

  test('fails whenever more passes than when it was written', () => {
    fc.assert(fc.property(randomCluster(), fc.array(anyPolicy, { maxLength: 2 }), target, ({ base: world, policies }, others, options) => {
      const [before, after] = [policies, [...policies.slice(1), ...named(others, 'q')]]
        .map(own => Cluster.fromManifests([...world, ...own], { ...options, refused: new Map() }));
      // Whom no policy means any more is in no map; of pods elsewhere that no policy is about any more, the set says nothing.
      const parties = after!.map([4, 6]).parties;
      const [known, own] = [parties, parties.filter(isOfSet)].map(some => new Set(some.map(titleOf)));
      const table = { flows: [...flowRowsOf(before!)], nothingElse: true };
      // What any other pod may do, some may; that the own node reaches its pods goes without saying.
      const anybody = { from: new Set<string>(), to: new Set<string>() };
      for (const { from, to } of table.flows) {
        if (to === '*/*[Pods]') anybody.from.add(from);
        if (from === '*/*[Pods]') anybody.to.add(to);
      }
      const isStranger = (party: Party) => party.type === 'workload' && party.endpoint.stranger;
      const nameOf = (party: Party) => titleOf(party).replace(/\[(?!Pods).*/, '');
      const asAnybody = (from: Party, to: Party) => (
        (isStranger(to) && anybody.from.has(nameOf(from))) || (isStranger(from) && anybody.to.has(nameOf(to)))
      );
      const opened = diff(before!, after!).filter(({ from, to }) => !asAnybody(from, to) && titleOf(from) !== 'host')
        .filter(({ more, from, to }) => !more.isEmpty() && [from, to].some(party => own!.has(titleOf(party)))
          && [from, to].every(party => party.type === 'addresses' || known!.has(titleOf(party))));
      if (opened.length > 0) expect(runFlowTable(table, after!).filter(({ passed }) => !passed)).not.toEqual([]);
    }), { numRuns: RUNS });
  });
});

test('a table about nodes fails when nothing shuts them any more', () => {
  const options: ManifestOptions = { target: { cni: 'cilium', cilium: { version: '1.18', hostFirewall: true } } };
  const ssh = { fromCIDR: ['203.0.113.0/24'], toPorts: [{ ports: [{ port: '22', protocol: 'TCP' }] }] };
  const firewall = ccnp({ nodeSelector: {}, ingress: [{ fromEntities: ['cluster'] }, ssh] }, 'nodes');
  const rows = [...flowRowsOf(Cluster.fromManifests([...base, firewall], options))];
  expect(rows).toContainEqual({ from: '203.0.113.0/24', to: 'remote-node', port: '22/tcp', expect: 'allowed' });
  const table = { flows: rows, nothingElse: true };
  const failed = (...policies: object[]) => runFlowTable(table, Cluster.fromManifests([...base, ...policies], options))
    .filter(({ passed }) => !passed).map(({ name }) => name);
  expect(failed(firewall)).toEqual([]);
  expect(failed()).toContainEqual(expect.stringContaining('to remote-node is in the table'));
});

describe('a change that opens nothing fails no table', () => {
  const open = pod('legacy', { app: 'legacy' }, { name: 'legacy' });
  const rowsOf = (...policies: object[]) => [...flowRowsOf(Cluster.fromManifests([...base, open, ...policies], cilium118))];
  const denyServer = cnp('shop', { endpointSelector: {}, egressDeny: [{ toEntities: ['kube-apiserver', 'remote-node'] }] }, 'deny-server');
  const fromGrafana = cnp('shop', {
    endpointSelector: { matchLabels: { app: 'api' } },
    ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'monitoring', 'app': 'grafana' } }] }],
  }, 'grafana');
  const toStripe = cnp('shop', {
    endpointSelector: { matchLabels: { app: 'web' } },
    egress: [
      { toFQDNs: [{ matchName: 'api.stripe.com' }] },
      { toEndpoints: [{}], toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }] },
    ],
  }, 'stripe');
  const about = (text: string, found: string[]) => found.filter(line => line.includes(text));

  test.each([
    ['entities that a policy begins to name', denyServer], ['pods that a policy begins to name', fromGrafana], ['a name that a policy begins to name', toStripe],
  ])('of somebody whom no policy isolates: %s', (_, added) => {
    expect(about('legacy', failures(rowsOf(), [...base, open, added]))).toEqual([]);
  });

  test('nor does the own node, which reaches its pods anyway', () => {
    const quarantine = ccnp({ endpointSelector: { matchLabels: { quarantine: 'true' } }, egressDeny: [{ toEntities: ['all'] }] }, 'quarantine');
    expect(about('host to', failures(rowsOf(), [...base, open, quarantine]))).toEqual([]);
  });

  test('but what a policy opens to pods it names does', () => {
    expect(about('app=grafana', failures(rowsOf(), [...base, open, fromGrafana])).join()).toContain('monitoring/app=grafana[Pods] to shop/api[Pod] is in the table');
  });
});
