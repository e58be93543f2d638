import { ccnp, cnp, policy, workload } from './support/ask';
import { answerText, Cluster, connectionText, type Question, titleOf } from '../../src/reach';
import { namespace, pod } from '../support/reach';

const objects = [
  namespace('shop'), namespace('pay'),
  workload('Deployment', 'shop', 'web', { app: 'web', tier: 'front' }),
  workload('Deployment', 'shop', 'api', { app: 'api' }),
  workload('StatefulSet', 'shop', 'api', { app: 'api', role: 'db' }),
  pod('pay', { app: 'ledger' }, { name: 'ledger', ip: '10.0.0.9', ports: [{ name: 'http', containerPort: 8080 }] }),
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } },
  policy('pay', { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }], ports: [{ port: 8080 }] }] }, 'in'),
];
const cluster = Cluster.fromManifests(objects);
const endsOf = (question: Partial<Question>) => cluster.queryAll({ from: '*', to: '*', port: 8080, ...question }).map(({ from, to }) => `${from} ${to}`);

describe('places', () => {
  test.each<[Partial<Question>, string[]]>([
    [{ from: 'shop/web', to: 'pay/ledger' }, ['shop/web[Deployment] pay/ledger[Pod]']],
    [{ from: 'shop/api[StatefulSet]', to: 'pay/ledger' }, ['shop/api[StatefulSet] pay/ledger[Pod]']],
    [{ from: 'shop/api', to: 'pay/ledger' }, ['shop/api[Deployment] pay/ledger[Pod]', 'shop/api[StatefulSet] pay/ledger[Pod]']],
    [{ from: 'shop/app=web', to: 'pay/*' }, ['shop/web[Deployment] pay/ledger[Pod]']],
    [{ from: 'shop/app in (web,db),tier', to: 'pay/ledger' }, ['shop/web[Deployment] pay/ledger[Pod]']],
    [{ from: 'pay/*', to: 'shop/app!=web' }, ['pay/ledger[Pod] shop/api[Deployment]', 'pay/ledger[Pod] shop/api[StatefulSet]']],
    [{ from: '10.0.0.9', to: 'shop/web' }, ['pay/ledger[Pod] shop/web[Deployment]']],
    [{ from: '10.0.0.0/30', to: 'shop/web' }, ['10.0.0.0-10.0.0.3 shop/web[Deployment]']],
    [{ from: 'shop/web', to: 'api.example.com' }, ['shop/web[Deployment] api.example.com']],
    [{ from: 'node:n1', to: 'shop/web' }, ['n1[Node] shop/web[Deployment]']],
    [{ from: 'kube-apiserver', to: 'shop/web' }, ['kube-apiserver shop/web[Deployment]']],
  ])('%j', (question, expected) => {
    expect(endsOf(question)).toEqual(expected);
  });

  test('all pairs leave out a workload to itself', () => {
    expect(endsOf({})).toHaveLength(4 * 3);
  });

  test.each([
    ['shop/wep', 'Perhaps shop/'], ['web', 'Perhaps shop/web'], ['shopp/web', 'Perhaps shop/web'], ['node:n2', 'a Node of the set: n1'],
    ['shop/app=nobody', 'a workload of the set'], ['shop/app in (web', 'terms like app=web'], ['shop/app=!', 'terms like app=web'],
  ])('nobody is %s', (from, message) => {
    expect(() => cluster.query({ from, to: 'pay/ledger', port: 80 })).toThrow(message);
  });

  describe('in the cluster that look like places outside', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' }, spec: { clusterIP: '10.96.5.5', clusterIPs: ['10.96.5.5', 'fd00::5'], selector: { app: 'api' }, ports: [{ port: 80 }] } };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n2' }, status: { addresses: [{ type: 'InternalIP', address: '10.0.0.5' }, { type: 'Hostname', address: 'n2' }] } };
    const inside = Cluster.fromManifests([...objects, service, node, cnp('pay', { endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: 'api.shop.svc' }] }] }, 'out')]);
    const toOf = (to: string) => inside.query({ from: 'pay/ledger', to, port: 80 }).to;

    test('are the node that has the address', () => {
      expect(toOf('10.0.0.5')).toBe('n2[Node]');
      expect([toOf('10.0.0.5/32'), toOf('10.0.0.6'), toOf('10.0.0.0/24')]).toEqual(['10.0.0.5', '10.0.0.6', '10.0.0.0-10.0.0.255']);
    });

    test.each(['10.96.5.5', 'fd00::5', 'api.shop.svc.cluster.local', 'api.shop.svc', 'api.shop', 'API.Shop', 'api-0.api.shop.svc.cluster.local.'])('are an error that names the Service: %s', to => {
      expect(() => toOf(to)).toThrow('shop/api[Service] as a destination, with a port of the Service');
    });

    test('stay what they are where nothing of the set has them', () => {
      expect([toOf('api.bank.svc.cluster.local'), toOf('api.bank'), toOf('api.example.com'), toOf('dns:api.shop')]).toEqual(['api.bank.svc.cluster.local', 'api.bank', 'api.example.com', 'api.shop']);
    });
  });

  test('a query is about one pair', () => {
    expect(() => cluster.query({ from: 'shop/api', to: 'pay/ledger', port: 80 })).toThrow('Name one of shop/api[Deployment] => pay/ledger[Pod]');
  });

  test.each<[string, Partial<Question>, string]>([
    ['a port of zero', { port: 0 }, 'a port from 1 to 65535'],
    ['half a port', { port: 80.5 }, 'a port from 1 to 65535'],
    ['a name that the destination does not have', { port: 'grpc' }, 'the name of one of its ports: http'],
    ['a protocol in small letters', { protocol: 'tcp' as 'TCP' }, 'TCP, UDP, SCTP'],
  ])('%s is an error', (_, question, message) => {
    expect(() => cluster.query({ from: 'shop/web', to: 'pay/ledger', port: 80, ...question })).toThrow(message);
  });

  test('a port may be a name, or a number as text', () => {
    expect(cluster.query({ from: 'shop/web', to: 'pay/ledger', port: 'http' }).port).toBe('8080/TCP');
    expect(cluster.query({ from: 'shop/web', to: 'pay/ledger', port: '8080' }).port).toBe('8080/TCP');
  });
});

describe('answers', () => {
  test('say what allowed it, with the place in the policy', () => {
    const { ingress } = cluster.query({ from: 'shop/web', to: 'pay/ledger', port: 8080 });
    expect(ingress.reasons).toEqual([expect.objectContaining({
      effect: 'allows', policy: 'NetworkPolicy pay/in', pointer: '/spec/ingress/0', list: 'ingress', index: 0, ports: '8080/TCP',
    })]);
  });

  test('say who isolates, and the nearest miss first', () => {
    const far = policy('pay', { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'x' } } }], ports: [{ port: 1 }] }] }, 'a-far-one');
    const { ingress } = Cluster.fromManifests([...objects, far]).query({ from: 'shop/web', to: 'pay/ledger', port: 8081 });
    expect(ingress.verdict).toBe('denied');
    expect(ingress.reasons.map(({ effect, policy: title }) => `${effect} ${title}`)).toEqual([
      'isolates NetworkPolicy pay/in', 'isolates NetworkPolicy pay/a-far-one', 'misses NetworkPolicy pay/in', 'misses NetworkPolicy pay/a-far-one',
    ]);
    expect(ingress.reasons[2]?.text).toContain('the peer matches, the port does not: only 8080/TCP');
  });

  test('say which rule denies', () => {
    const deny = ccnp({ endpointSelector: {}, ingressDeny: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] }] }, 'no');
    const text = answerText(Cluster.fromManifests([...objects, deny]).query({ from: 'shop/web', to: 'pay/ledger', port: 8080 }));
    expect(text).toContain('is denied');
    expect(text).toContain('CiliumClusterwideNetworkPolicy no denies it: ingressDeny[0], every endpoint, 8080/TCP');
  });

  test('name the file and line where they are known', () => {
    const located = { object: objects.at(-1), source: { file: 'pay.yaml', line: 3 } };
    const text = answerText(Cluster.fromManifests([...objects.slice(0, -1), located]).query({ from: 'shop/web', to: 'pay/ledger', port: 8080 }));
    expect(text).toContain('(pay.yaml');
  });
});

test('the map has every pair between which something passes, in the order of the titles', () => {
  const closed = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 443 }] }] }, 'deny');
  const lines = [...Cluster.fromManifests([...objects, closed]).map()].map(({ from, to, connection }) => `${titleOf(from)} => ${titleOf(to)} : ${connectionText(connection)}`);
  expect(lines).toEqual([
    'pay/ledger[Pod] => */*[Pods] : any port',
    'pay/ledger[Pod] => 0.0.0.0-203.0.112.255 : any port',
    'pay/ledger[Pod] => 203.0.113.0-203.0.113.255 : any port',
    'pay/ledger[Pod] => 203.0.114.0-255.255.255.255 : any port',
    'shop/api[Deployment] => 203.0.113.0-203.0.113.255 : 443/TCP',
    'shop/api[StatefulSet] => 203.0.113.0-203.0.113.255 : 443/TCP',
    'shop/web[Deployment] => 203.0.113.0-203.0.113.255 : 443/TCP',
  ]);
});

test('where it is not known whether anything isolates, what a rule lets through passes for sure, and the rest perhaps', () => {
  const nightly = workload('CronJob', 'shop', 'nightly', { app: 'nightly' });
  const rules = { http: [{ method: 'GET' }] };
  const limited = cnp('shop', {
    endpointSelector: { matchLabels: { app: 'nightly' } },
    enableDefaultDeny: { ingress: false },
    ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules }] }],
  }, 'get');
  const isolating = cnp('shop', { endpointSelector: { matchLabels: { 'job-name': 'nightly-1' } }, ingress: [{}] }, 'isolate');
  const unsure = Cluster.fromManifests([...objects, nightly, limited, isolating]);
  const question = { from: 'shop/web', to: 'shop/nightly', port: 80 };
  expect(unsure.query(question)).toMatchObject({ verdict: 'allowed', requests: ['GET any path'] });
  expect(unsure.query({ ...question, http: { method: 'POST' } })).toMatchObject({
    verdict: 'depends', conditions: ['labels that the manifests do not tell match job-name=nightly-1'],
  });
  const entry = [...unsure.map()].find(({ from, to }) => titleOf(from) === 'shop/web[Deployment]' && titleOf(to) === 'shop/nightly[CronJob]');
  expect(connectionText(entry!.connection)).toMatch(/^80\/TCP only GET any path; perhaps /);
});

test('a name that may be asked for under a condition is reached under it', () => {
  const nightly = workload('CronJob', 'shop', 'nightly', { app: 'nightly' });
  const dns = cnp('shop', {
    endpointSelector: { matchLabels: { 'job-name': 'nightly-1' } },
    egress: [{ toEntities: ['all'], toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }] }],
  }, 'dns');
  const name = cnp('shop', { endpointSelector: { matchLabels: { app: 'nightly' } }, egress: [{ toFQDNs: [{ matchName: 'api.example.com' }] }] }, 'name');
  const question = { from: 'shop/nightly', to: 'api.example.com', port: 443 };
  expect(Cluster.fromManifests([...objects, nightly, dns, name]).query(question).verdict).toBe('depends');
  expect(Cluster.fromManifests([...objects, nightly, name]).query(question).verdict).toBe('denied');
});

test('pod templates of custom kinds are read where they are said to be', () => {
  const rollout = { ...workload('Rollout', 'shop', 'canary', { app: 'canary' }), apiVersion: 'argoproj.io/v1alpha1' };
  const place = { from: 'shop/canary', to: 'pay/ledger', port: 8080 };
  expect(() => Cluster.fromManifests([...objects, rollout]).query(place)).toThrow("given 'shop/canary'");
  expect(Cluster.fromManifests([...objects, rollout], { podTemplates: { Rollout: 'spec.template' } }).query(place).verdict).toBe('allowed');
  expect(Cluster.fromManifests([...objects, rollout], { target: { podTemplates: { Rollout: 'spec.template' } } }).query(place).verdict).toBe('allowed');
});

test('the dataplane is that of the CNI unless it is said', () => {
  expect(Cluster.fromManifests([]).dataplane).toBe('cilium');
  expect(Cluster.fromManifests([], { target: { cni: 'calico' } }).dataplane).toBe('kubernetes');
  expect(Cluster.fromManifests([], { target: { cni: 'flannel' } }).dataplane).toBe('none');
  expect(Cluster.fromManifests([], { target: { cni: 'flannel' }, dataplane: 'kubernetes' }).dataplane).toBe('kubernetes');
});

test('what is no object is passed over, and a target that is not known is an error', () => {
  expect(Cluster.fromManifests([null, 'text', { kind: 'Pod' }, ...objects]).queryAll({ from: '*', to: '*', port: 1 })).toHaveLength(12);
  expect(() => Cluster.fromManifests([], { target: { cni: 'nonesuch' } })).toThrow('nonesuch');
});
