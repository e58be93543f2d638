import { documents, findings, names } from '../kubernetes/finds';

const finds = (...objects: string[]) => names('reach', documents(...objects));
const pod = (namespace: string, name: string, ports = '') => `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }, `
  + `spec: { containers: [{ name: c, image: c${ports && `, ports: [${ports}]`} }] } }`;
const namespace = (name: string, labels = '') => `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: { kubernetes.io/metadata.name: ${name}${labels} } } }`;
const policy = (name: string, own: string, spec: string) => `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: ${name}, namespace: ${own} }, spec: { ${spec} } }`;
const every = 'podSelector: {}';
const only = (app: string) => `podSelector: { matchLabels: { app: ${app} } }`;
const deny = (own: string) => policy('deny', own, `${every}, policyTypes: [Ingress, Egress]`);
const ingress = (name: string, app: string, peer: string, port = '8080') => (
  policy(name, 'shop', `${only(app)}, policyTypes: [Ingress], ingress: [{ from: [${peer}], ports: [{ port: ${port} }] }]`));
const egress = (name: string, app: string, peer: string, port = '8080') => (
  policy(name, 'shop', `${only(app)}, policyTypes: [Egress], egress: [{ to: [${peer}], ports: [{ port: ${port} }] }]`));
const [web, api] = [pod('shop', 'web'), pod('shop', 'api', '{ name: http, containerPort: 8080 }')];

describe('a flow that one end allows and the other denies', () => {
  const [toApi, fromWeb] = [egress('to-api', 'web', `{ ${only('api')} }`), ingress('from-web', 'api', `{ ${only('web')} }`)];

  test.each<[string, string[], string[]]>([
    ['egress only', [deny('shop'), toApi], ['HalfOpenFlow']],
    ['ingress only', [deny('shop'), fromWeb], ['HalfOpenFlow']],
    ['both on other ports', [deny('shop'), toApi, ingress('from-web', 'api', `{ ${only('web')} }`, '9090')], ['HalfOpenFlow']],
    ['both', [deny('shop'), toApi, fromWeb], []],
    ['the other end is not isolated', [toApi], []],
    ['the peer is not in the set', [deny('shop'), egress('to-db', 'web', `{ ${only('db')} }`)], []],
    ['the peer is an address', [deny('shop'), egress('out', 'web', '{ ipBlock: { cidr: 192.0.2.0/24 } }')], []],
    ['the peers are of namespaces of which the set may not have all', [
      deny('shop'), ingress('from-prod', 'api', '{ namespaceSelector: { matchLabels: { env: prod } } }'), namespace('infra', ', env: prod'), pod('infra', 'web'), deny('infra'),
    ], []],
    ['one of two peers gets through', [
      deny('shop'), pod('shop', 'job'), fromWeb, policy('out', 'shop', `${every}, policyTypes: [Egress], egress: [{ to: [{ ${only('api')} }] }]`),
    ], []],
  ])('%s', (_name, policies, expected) => {
    expect(finds(web, api, ...policies)).toEqual(expected);
  });
});

describe('a flow among replicas that one half allows', () => {
  const pg = (kind: string, spec: string) => `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: pg, namespace: shop }, spec: { ${spec}template: { metadata: { labels: { app: pg } }, spec: { containers: [{ name: c, image: c }] } } } }`;
  const [from, to] = [ingress('from-pg', 'pg', `{ ${only('pg')} }`), egress('to-pg', 'pg', `{ ${only('pg')} }`)];

  test.each<[string, string, string[], string[]]>([
    ['ingress', pg('StatefulSet', 'replicas: 3, '), [deny('shop'), from], ['HalfOpenFlow']],
    ['egress', pg('Deployment', ''), [deny('shop'), to], ['HalfOpenFlow']],
    ['both', pg('StatefulSet', 'replicas: 3, '), [deny('shop'), from, to], []],
    ['ingress, of a single replica', pg('StatefulSet', 'replicas: 1, '), [deny('shop'), from], []],
    ['ingress, of a pod', pod('shop', 'pg'), [deny('shop'), from], []],
  ])('%s', (_name, workload, policies, expected) => {
    expect(finds(workload, ...policies)).toEqual(expected);
  });
});

describe('a policy that changes nothing', () => {
  const wide = policy('wide', 'shop', `${every}, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }]`);
  const narrow = ingress('narrow', 'api', `{ ${only('web')} }`);

  test.each<[string, string[], string[]]>([
    ['a wider one allows all of it', [wide, narrow], ['PolicyChangesNothing']],
    ['two that are the same: one of them', [wide, wide.replace('name: wide', 'name: again')], ['PolicyChangesNothing']],
    ['it isolates by itself', [narrow], []],
    ['it asks more of the peers of others', [wide, `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: requires, namespace: shop }
spec:
  endpointSelector: {}
  ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }], fromRequires: [{ matchLabels: { app: web } }] }]
`], []],
    ['it lets somebody else in', [wide, ingress('narrow', 'api', '{ namespaceSelector: {} }')], []],
    ['the wider one has other ports', [ingress('wide', 'api', '{ podSelector: {} }', '9090'), narrow], []],
    ['it is about a port by a name that pods may get', [ingress('open', 'api', '{ podSelector: {} }', '8080'), ingress('scrape', 'api', '{ podSelector: {} }', 'metrics')], []],
    ['the name is that of a port which is open', [ingress('open', 'api', '{ podSelector: {} }', '8080'), ingress('again', 'api', '{ podSelector: {} }', 'http')], ['PolicyChangesNothing']],
    ['it is about nobody in the set', [wide, ingress('narrow', 'other', `{ ${only('web')} }`)], []],
    ['it denies by default', [wide, deny('shop')], []],
  ])('%s', (_name, policies, expected) => {
    expect(finds(web, api, ...policies).filter(name => name === 'PolicyChangesNothing')).toEqual(expected);
  });
});

describe('a rule that changes nothing', () => {
  const rules = (direction: 'ingress' | 'egress', ...items: string[]) => policy('rules', 'shop',
    `${only('api')}, policyTypes: [${direction === 'ingress' ? 'Ingress' : 'Egress'}], ${direction}: [${items.join(', ')}]`);
  const to = (cidr: string, rest = '') => `{ to: [{ ipBlock: { cidr: ${cidr} } }]${rest} }`;
  const from = (peer: string, port: number | string = 8080) => `{ from: [${peer}], ports: [{ port: ${port} }] }`;
  const [anybody, fromWeb] = ['{ podSelector: {} }', `{ ${only('web')} }`];
  const l7 = (...items: string[]) => '{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: l7, namespace: shop }, '
    + `spec: { endpointSelector: { matchLabels: { app: api } }, ingress: [${items.join(', ')}] } }`;

  test.each<[string, string[], string[]]>([
    ['a block in a wider one', [rules('egress', to('198.51.0.0/16'), to('198.51.100.0/24'))], ['/spec/egress/1']],
    ['a wider block behind it', [rules('egress', to('198.51.100.0/24'), to('198.51.0.0/16'))], ['/spec/egress/0']],
    ['a block that the wider one leaves out', [rules('egress', to('198.51.100.0/24'), to('198.51.0.0/16, except: [198.51.100.0/25]'))], []],
    ['a block of another family', [rules('egress', to('0.0.0.0/0'), to('2001:db8::/32'))], []],
    ['a block on other ports', [rules('egress', to('198.51.0.0/16', ', ports: [{ port: 53 }]'), to('198.51.100.0/24', ', ports: [{ port: 443 }]'))], []],
    ['the same twice: one of them', [rules('ingress', from(fromWeb), from(fromWeb))], ['/spec/ingress/1']],
    ['some of those who are let in anyway', [rules('ingress', from(anybody), from(fromWeb))], ['/spec/ingress/1']],
    ['some on a port more', [rules('ingress', from(anybody), from(fromWeb, 9090))], []],
    ['what another policy allows', [ingress('wide', 'api', anybody), rules('ingress', from(fromWeb), from(fromWeb, 9090))], ['/spec/ingress/0']],
    ['what another policy allows to fewer subjects', [
      ingress('wide', 'api', anybody), policy('rules', 'shop', `${every}, policyTypes: [Ingress], ingress: [${from(fromWeb)}, ${from(fromWeb, 9090)}]`),
    ], []],
    ['what is told of the policy as a whole', [ingress('wide', 'api', anybody), rules('ingress', from(fromWeb))], []],
    ['all of it in the one rule', [rules('ingress', from(fromWeb))], []],
    ['requests beside all requests, which another rule tells', [l7('{ fromEndpoints: [{}] }',
      '{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ method: GET }] } }] }')], []],
  ])('%s', (_name, objects, pointers) => {
    const found = findings('reach', documents(web, api, ...objects)).filter(({ id }) => id === 'reach/RuleChangesNothing');
    expect(found.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe('policies of Cilium that say the same', () => {
  const infra = [namespace('infra'), pod('infra', 'web')];
  const cilium = (name: string, rule: string, kind = 'CiliumNetworkPolicy', subject = 'api') => (
    `{ apiVersion: cilium.io/v2, kind: ${kind}, metadata: { name: ${name}${kind === 'CiliumNetworkPolicy' ? ', namespace: shop' : ''} }, `
    + `spec: { endpointSelector: { matchLabels: { app: ${subject} } }, ${rule} } }`);
  const everywhere = (name: string, rule: string) => cilium(name, rule, 'CiliumClusterwideNetworkPolicy');
  const fromWeb = 'ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }]';
  const from = (entity: string) => `ingress: [{ fromEntities: [${entity}] }]`;
  const toGroup = (group: string) => `egress: [{ toGroups: [{ aws: { securityGroupsIds: [${group}] } }] }]`;
  const hostPod = pod('shop', 'agent').replace('spec: {', 'spec: { hostNetwork: true,');

  test.each<[string, string[], string[]]>([
    ['by the same words about other namespaces', [cilium('own', fromWeb), everywhere('any', fromWeb)], ['own']],
    ['by the same words about the same', [everywhere('one', fromWeb), everywhere('other', fromWeb)], ['other']],
    ['of one namespace, and of all that the set may not have', [
      cilium('own', 'ingress: [{ fromEntities: [cluster] }]'), everywhere('any', 'ingress: [{ fromEntities: [cluster] }]'),
    ], ['own']],
    ['of other groups of the cloud', [cilium('one', toGroup('sg-1')), cilium('other', toGroup('sg-2'))], []],
    ['of the same group of the cloud', [cilium('one', toGroup('sg-1')), cilium('other', toGroup('sg-1'))], ['other']],
    ['of nodes, where the API server may be outside', [hostPod, cilium('nodes', from('host, remote-node')), cilium('server', from('kube-apiserver'))], []],
    ['of nodes, which are part of the cluster', [hostPod, cilium('cluster', from('cluster')), cilium('nodes', from('host, remote-node'))], ['nodes']],
  ])('%s', (_name, policies, expected) => {
    const found = findings('reach', documents(web, api, ...infra, ...policies)).filter(({ id }) => id === 'reach/PolicyChangesNothing');
    expect(found.map(({ object: { object } }) => object.metadata.name)).toEqual(expected);
  });
});

describe('exposure', () => {
  const block = (cidr: string) => ingress('open', 'api', `{ ipBlock: { cidr: ${cidr} } }`);
  const cilium = (item: string, rest = '') => (
    `{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: a, namespace: shop }, spec: { endpointSelector: {}, ${rest}ingress: [{ ${item} }] } }`);

  test.each<[string, string, string[]]>([
    ['every address', block('0.0.0.0/0'), ['ExposedToWorld']],
    ['anybody', policy('open', 'shop', `${only('api')}, policyTypes: [Ingress], ingress: [{}]`), ['ExposedToWorld']],
    ['the world as an entity', cilium('fromEntities: [world]'), ['ExposedToWorld']],
    ['some addresses', block('192.0.2.0/24'), []],
    ['every pod', ingress('open', 'api', '{ namespaceSelector: {} }'), ['ExposedToCluster']],
    ['every pod, as the cluster', cilium('fromEntities: [cluster]'), ['ExposedToCluster']],
    ['every pod with some label', ingress('open', 'api', '{ namespaceSelector: {}, podSelector: { matchLabels: { role: client } } }'), []],
    ['every pod of some namespaces', ingress('open', 'api', '{ namespaceSelector: { matchLabels: { env: prod } } }'), []],
    ['every pod that authenticates', cilium('fromEntities: [cluster], authentication: { mode: required }'), []],
    ['every pod, some of which are denied', cilium('fromEntities: [cluster]', 'ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: web } }] }], '), []],
    ['every pod and every address', cilium('fromEntities: [cluster, world]'), ['ExposedToWorld']],
  ])('to %s', (_name, open, expected) => {
    expect(finds(api, open)).toEqual(expected);
  });

  test('is told of each of those that no policy tells apart', () => {
    const again = api.replace('name: api', 'name: again');
    expect(findings('reach', documents(api, again, block('0.0.0.0/0'))).map(({ found }) => found))
      .toEqual(['shop/api[Pod]', 'shop/again[Pod]'].map(title => `${title}, which every address reaches on 8080/TCP`));
  });

  test('to the cluster is what the platform itself is for', () => {
    const open = ingress('open', 'api', '{ namespaceSelector: {} }');
    expect(names('reach', documents(api, open), { systemNamespaces: ['shop'] })).toEqual([]);
  });

  test('is not told of whoever no policy isolates: that is another finding', () => {
    expect(finds(api, ingress('other', 'web', '{ ipBlock: { cidr: 0.0.0.0/0 } }'))).toEqual([]);
  });
});

describe('the DNS server', () => {
  const server = '{ apiVersion: v1, kind: Pod, metadata: { name: dns, namespace: kube-system, labels: { k8s-app: kube-dns } }, spec: { containers: [{ name: c, image: c }] } }';
  const lets = (peer: string, protocol = 'UDP') => policy('dns', 'kube-system',
    `podSelector: { matchLabels: { k8s-app: kube-dns } }, policyTypes: [Ingress], ingress: [{ from: [${peer}], ports: [{ port: 53, protocol: ${protocol} }] }]`);

  test.each<[string, string[], string[]]>([
    ['lets in another namespace only', [lets('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: bank } } }')], ['DnsUnreachable']],
    ['lets in on TCP only', [lets('{ namespaceSelector: {} }', 'TCP')], ['DnsUnreachable']],
    ['is that of OpenShift, which listens on another port', [
      server.replace('kube-system', 'openshift-dns').replace('k8s-app: kube-dns', 'dns.operator.openshift.io/daemonset-dns: default'),
      lets('{ namespaceSelector: {} }').replace('kube-system', 'openshift-dns').replace('matchLabels: { k8s-app: kube-dns }', '').replace('port: 53', 'port: 5353'),
    ], []],
    ['lets everybody in', [lets('{ namespaceSelector: {} }')], []],
    ['is not isolated', [deny('shop')], []],
  ])('%s', (_name, policies, expected) => {
    expect(finds(server, namespace('shop'), web, ...policies)).toEqual(expected);
  });
});

describe('the DNS server that lets nobody in', () => {
  test('is told of at each of those that no policy tells apart', () => {
    const server = pod('kube-system', 'dns').replace('app: dns', 'k8s-app: kube-dns');
    const found = findings('reach', documents(server, policy('deny', 'kube-system', `${every}, policyTypes: [Ingress]`), web, web.replace('name: web', 'name: again')));
    expect(found.filter(({ id }) => id === 'reach/DnsUnreachable').map(({ object: { object } }) => object.metadata.name).sort()).toEqual(['again', 'web']);
  });
});

describe('a Service', () => {
  const service = (port: string) => `{ apiVersion: v1, kind: Service, metadata: { name: api, namespace: shop }, spec: { selector: { app: api }, ports: [{ ${port} }] } }`;
  const fromWeb = `{ ${only('web')} }`;
  const open = ingress('open', 'api', fromWeb);

  test.each<[string, string[], string[]]>([
    ['whose port is opened instead of that of the pods', [service('port: 80, targetPort: http'), ingress('open', 'api', fromWeb, '80')], ['ServiceUnreachable']],
    ['whose target port is opened', [service('port: 80, targetPort: http'), open], []],
    ['whose port is that of the pods', [service('port: 8080'), open], []],
    ['whose pods are meant to be left alone', [service('port: 80'), deny('shop')], []],
    ['whose pods no policy isolates', [service('port: 80')], []],
    ['without pods in the set', [service('port: 80').replace('app: api', 'app: other'), open], []],
  ])('%s', (_name, objects, expected) => {
    expect(finds(api, ...objects)).toEqual(expected);
  });
});

describe('tenants', () => {
  const managed = (name: string) => [namespace(name, `, platform.io/managed: "true", platform.io/team: ${name}`), pod(name, 'app')];
  const three = ['shop', 'bank', 'club'].flatMap(managed);

  test.each<[string, string, string[]]>([
    ['every namespace', '{ namespaceSelector: {} }', ['CrossTenantFlow', 'ExposedToCluster']],
    ['a label that several have', '{ namespaceSelector: { matchLabels: { platform.io/managed: "true" } } }', ['CrossTenantFlow']],
    ['one other', '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: bank } } }', []],
    ['the own namespace', '{ podSelector: {} }', []],
  ])('let in by %s', (_name, peer, expected) => {
    expect(finds(...three, ingress('open', 'app', peer))).toEqual(expected);
  });
});
