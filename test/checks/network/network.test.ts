import { DEFAULT_DENY, documents, findings, names, pod, policy } from '../kubernetes/finds';

const finds = (...objects: string[]) => names('network', documents(...objects));
const ingress = (rule: string, options = {}) => policy(`policyTypes: [Ingress], ingress: [${rule}]`, options);
const egress = (rule: string, options = {}) => policy(`policyTypes: [Egress], egress: [${rule}]`, options);
const DNS = '{ ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }] }';
const allowDns = egress(DNS, { name: 'allow-dns', subject: '{}' });
const web = pod('web', 'app: web');

describe('a policy that selects nothing', () => {
  const guarded = [DEFAULT_DENY, allowDns];

  test('is found, and the Deployment that bears the labels itself is named', () => {
    const deployment = '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop, labels: { app: web } }, '
      + 'spec: { template: { metadata: { labels: { name: web } }, spec: {} } } }';
    const [found] = findings('network', documents(...guarded, deployment, ingress('{ from: [{ podSelector: {} }] }')));
    expect(found).toMatchObject({ id: 'network/PolicySelectsNothing', pointer: '/spec/podSelector', found: expect.stringContaining('Deployment shop/web') });
  });

  test.each([
    ['its workload is there', [web]],
    ['no workload of the namespace is there', []],
    ['a Helm release may make it', [pod('db', 'app: db'), '{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: { name: a, namespace: shop } }']],
    ['an object of an unknown kind may make it', [pod('db', 'app: db'), '{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: a, namespace: shop } }']],
    ['labels are templates', [pod('db', 'app: "{{ .Release.Name }}"')]],
  ])('is not, where %s', (_, objects) => {
    expect(finds(...guarded, ...objects, ingress('{ from: [{ podSelector: {} }] }'))).toEqual([]);
  });

  describe('for a label that a controller adds', () => {
    const db = '{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: db, namespace: shop }, spec: { template: { metadata: { labels: { app: db } }, spec: {} } } }';
    const about = (labels: string, target = {}) => findings('network', documents(...guarded, db, policy('policyTypes: [Ingress]', { subject: `{ matchLabels: { ${labels} } }` })), target)
      .filter(({ id }) => id === 'network/PolicySelectsNothing').map(({ found }) => found);
    const CALICO = { cni: 'Calico', cilium: undefined };

    test.each([
      'statefulset.kubernetes.io/pod-name: db-0', 'app: db, apps.kubernetes.io/pod-index: "0"', 'controller-revision-hash: db-5f',
    ])('is not, as %s may be a pod of the set', labels => expect(about(labels, CALICO)).toEqual([]));

    test.each([
      'statefulset.kubernetes.io/pod-name: web-0', 'app: web, apps.kubernetes.io/pod-index: "0"', 'pod-template-hash: 5f',
    ])('is, as %s is no pod of the set', labels => expect(about(labels, CALICO)).toEqual([expect.stringContaining('no workload with')]));

    test('is on Cilium, whose identities do not have it', () => {
      expect(about('statefulset.kubernetes.io/pod-name: db-0')).toEqual(['a selector on statefulset.kubernetes.io/pod-name, which Cilium leaves out of the labels that it selects by']);
      expect(about('app: db, kubernetes.io/part: store')).toEqual([expect.stringContaining('a selector on kubernetes.io/part')]);
      expect(about('app: db')).toEqual([]);
    });
  });

  test('is never said of an empty selector, nor of another group', () => {
    expect(finds(...guarded, web, '{ apiVersion: crd.projectcalico.org/v1, kind: NetworkPolicy, metadata: { name: a, namespace: shop }, spec: { podSelector: { matchLabels: { a: b } } } }'))
      .toEqual([]);
  });
});

describe('a peer that selects nothing', () => {
  const from = (peer: string) => finds(DEFAULT_DENY, allowDns, web, ingress(`{ from: [${peer}] }`));

  test('is found in the own namespace and in one that is named', () => {
    expect(from('{ podSelector: { matchLabels: { app: proxy } } }')).toEqual(['PeerSelectsNothing']);
    expect(from('{ podSelector: { matchLabels: { app: proxy } }, namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }')).toEqual(['PeerSelectsNothing']);
  });

  test.each([
    '{ podSelector: { matchLabels: { app: web } } }',
    '{ podSelector: { matchExpressions: [{ key: tier, operator: NotIn, values: [db] }] } }',
    '{ podSelector: { matchLabels: { app: proxy } }, namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: infra } } }',
    '{ podSelector: { matchLabels: { app: proxy } }, namespaceSelector: {} }',
  ])('is not, for %s', peer => expect(from(peer)).toEqual([]));

  test('is not for a label that a controller adds, except on Cilium, whose identities do not have it', () => {
    const db = '{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: db, namespace: shop }, spec: { template: { metadata: { labels: { app: db } }, spec: {} } } }';
    const yaml = documents(DEFAULT_DENY, allowDns, web, db, ingress('{ from: [{ podSelector: { matchLabels: { statefulset.kubernetes.io/pod-name: db-0 } } }] }'));
    expect(names('network', yaml, { cni: 'Calico', cilium: undefined })).toEqual([]);
    expect(findings('network', yaml)).toMatchObject([{ id: 'network/PeerSelectsNothing', found: expect.stringContaining('which Cilium leaves out') }]);
  });
});

describe('default deny', () => {
  test('is missed per direction, at the Namespace where that is among the objects', () => {
    const namespace = '{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }';
    const yaml = documents(namespace, web, policy('policyTypes: [Ingress]', { subject: '{}' }));
    expect(findings('network', yaml)).toMatchObject([{ id: 'network/NoDefaultDeny', object: { object: { kind: 'Namespace' } }, found: expect.stringContaining('for egress') }]);
  });

  test.each([
    ['system namespaces', web.replace('shop', 'kube-system')],
    ['objects without a namespace', web.replace('namespace: shop, ', '')],
  ])('is not missed in %s', (_, object) => expect(finds(object)).toEqual([]));

  test('may come from Cilium or a generator', () => {
    const cilium = '{ apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: { name: deny }, spec: { endpointSelector: {}, ingress: [{}], egress: [{}] } }';
    const kyverno = '{ apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: { name: deny }, spec: { rules: [{ generate: { kind: NetworkPolicy } }] } }';
    expect(finds(web, cilium)).toEqual([]);
    expect(finds(web, kyverno)).toEqual([]);
  });

  test('is what an allow should come with', () => {
    const allow = ingress('{ from: [{ podSelector: {} }] }');
    expect(finds(web, allow)).toEqual(['AllowIsolates', 'NoDefaultDeny']);
    expect(finds(web, allow, policy('policyTypes: [Ingress]', { subject: '{}', name: 'deny' }))).toEqual(['NoDefaultDeny']);
    expect(finds(allow)).toEqual([]);
  });
});

test('a workload that no policy selects is found beside others that are guarded, unless it is on the host\'s network', () => {
  const others = [web, ingress('{ from: [{ podSelector: {} }] }')];
  expect(finds(...others, pod('db', 'app: db'))).toContain('UnprotectedWorkload');
  expect(finds(...others, pod('db', 'app: db', 'hostNetwork: true'))).not.toContain('UnprotectedWorkload');
});

describe('DNS', () => {
  const db = '{ to: [{ podSelector: { matchLabels: { app: db } } }] }';
  const system = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }';

  test.each([
    ['no rule', [egress(db)], 'UDP or TCP'],
    ['UDP only', [egress(`${db}, { to: [${system}], ports: [{ port: 53, protocol: UDP }] }`)], 'TCP'],
    ['a port without protocol', [egress(`${db}, { ports: [{ port: 53 }] }`)], 'UDP'],
    ['a resolver looked for in the own namespace', [egress(`${db}, { to: [{ podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ port: 53, protocol: UDP }, { port: 53 }] }`)], 'UDP or TCP'],
    ['another namespace', [egress(`${db}, { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: infra } } }] }`)], 'UDP or TCP'],
    ['DNS for other pods', [egress(db), egress(DNS, { name: 'dns', subject: '{ matchLabels: { app: db } }' })], 'UDP or TCP'],
    ['a namespace cut off', [DEFAULT_DENY], 'UDP or TCP'],
  ])('is missed with %s', (_, objects, protocols) => {
    expect(findings('network', documents(...objects))).toMatchObject([{ id: 'network/EgressWithoutDns', found: expect.stringMatching(`by ${protocols}$`) }]);
  });

  const cilium = (selector: string) => `{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: dns, namespace: shop }, spec: { endpointSelector: ${selector}, `
    + 'egress: [{ toEndpoints: [{ matchLabels: { k8s-app: kube-dns } }], toPorts: [{ ports: [{ port: "53", protocol: ANY }] }] }] } }';

  test.each([
    ['both protocols to anyone', [egress(`${db}, ${DNS}`)]],
    ['any port of kube-system', [egress(`${db}, { to: [${system}] }`)]],
    ['5353, where OpenShift listens', [egress(`${db}, { to: [{ namespaceSelector: {} }], ports: [{ port: 5353, protocol: UDP }, { port: 5353 }] }`)]],
    ['named ports', [egress(`${db}, { to: [${system}], ports: [{ port: dns, protocol: UDP }, { port: dns-tcp }] }`)]],
    ['a range', [egress(`${db}, { ports: [{ port: 1, endPort: 65535 }, { port: 50, endPort: 60, protocol: UDP }] }`)]],
    ['NodeLocal DNSCache', [egress(`${db}, { to: [{ ipBlock: { cidr: 169.254.20.10/32 } }], ports: [{ port: 53, protocol: UDP }, { port: 53 }] }`)]],
    ['an allow for the whole namespace', [egress(db), allowDns]],
    ['an allow of Cilium for the whole namespace', [egress(db), cilium('{}')]],
    ['an allow that selects the same workloads otherwise', [egress(db), egress(DNS, { name: 'dns', subject: '{ matchExpressions: [{ key: app, operator: In, values: [web] }] }' }), web, pod('db', 'app: db'), DEFAULT_DENY]],
    ['only addresses to go to', [egress('{ to: [{ ipBlock: { cidr: 192.0.2.1/32 } }] }')]],
    ['pods that are cut off on purpose', [policy('policyTypes: [Egress]')]],
    ['a policy for ingress', [ingress('{ from: [{ podSelector: {} }] }')]],
  ])('is not missed with %s', (_, objects) => expect(finds(...objects)).not.toContain('EgressWithoutDns'));
});

describe('ports', () => {
  const listening = pod('web', 'app: web').replace('image: x', 'image: x, ports: [{ name: http, containerPort: 8080 }]');
  const service = (port: string) => `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: { selector: { app: web }, ports: [${port}] } }`;
  const allow = (port: string) => ingress(`{ from: [{ podSelector: {} }], ports: [{ ${port} }] }`);
  const base = [DEFAULT_DENY, allowDns, listening];

  test.each([
    ['an unknown name', [allow('port: https')], ['UnmatchedNamedPort']],
    ['a name with another protocol', [allow('port: http, protocol: UDP')], ['UnmatchedNamedPort']],
    ['a known name', [allow('port: http')], []],
    ['the port of a Service', [allow('port: 80'), service('{ port: 80, targetPort: http }')], ['ServicePort']],
    ['the targetPort', [allow('port: 8080'), service('{ port: 80, targetPort: 8080 }')], []],
    ['a port that the Service does not translate', [allow('port: 80'), service('{ port: 80 }')], []],
    ['a headless Service', [allow('port: 80'), service('{ port: 80, targetPort: 8080 }').replace('spec: {', 'spec: { clusterIP: None,')], []],
    ['another protocol', [allow('port: 80, protocol: UDP'), service('{ port: 80, targetPort: 8080 }')], []],
  ])('%s', (_, objects, expected) => expect(finds(...base, ...objects)).toEqual(expected));

  test('a name means nothing to an address, but the pod\'s own port for ingress', () => {
    expect(finds(egress('{ to: [{ ipBlock: { cidr: 192.0.2.1/32 } }], ports: [{ port: https }] }'))).toEqual(['NamedPortToAddress']);
    expect(finds(ingress('{ from: [{ ipBlock: { cidr: 192.0.2.1/32 } }], ports: [{ port: https }] }'))).toEqual([]);
  });

  test('a database for everyone is found, for the pods of a namespace it is not', () => {
    expect(finds(ingress('{ ports: [{ port: 5432 }] }'))).toEqual(['SensitivePortOpen']);
    expect(finds(ingress('{ from: [{ namespaceSelector: {} }], ports: [{ port: 6000, endPort: 6400 }] }'))).toEqual(['SensitivePortOpen']);
    expect(finds(ingress('{ from: [{ podSelector: {} }], ports: [{ port: 5432 }] }'))).toEqual([]);
    expect(finds(ingress('{ ports: [{ port: 5432, protocol: UDP }] }'))).toEqual([]);
  });
});

describe('rules', () => {
  test.each([
    ['no policyTypes', policy('ingress: []'), ['PolicyTypesMissing']],
    ['rules of a direction left out', policy('policyTypes: [Egress], ingress: [{ from: [{ podSelector: {} }] }]'), ['RulesWithoutType']],
    ['an empty list of a direction left out', policy('policyTypes: [Ingress], egress: []'), []],
    ['everything', ingress('{}'), ['AllowsEverything']],
    ['everything, as null', ingress('null'), ['AllowsEverything']],
    ['everyone on a port', ingress('{ ports: [{ port: 8443 }] }'), []],
    ['the internet', ingress('{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }'), ['OpenToInternet']],
    ['half of the internet', ingress('{ from: [{ ipBlock: { cidr: 128.0.0.0/1 } }] }'), ['OpenToInternet']],
    ['the internet of IPv6', ingress('{ from: [{ ipBlock: { cidr: "::/0" } }] }'), ['OpenToInternet']],
    ['a public network', ingress('{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }'), []],
    ['a network with host bits', ingress('{ from: [{ ipBlock: { cidr: 10.1.2.3/8 } }] }'), ['HostBits']],
    ['a namespace by its name', ingress('{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: a } } }] }'), []],
    ['a namespace by a label', ingress('{ from: [{ namespaceSelector: { matchLabels: { team: a } } }] }'), ['NamespaceLabel']],
    ['a revision', policy('policyTypes: [Ingress]', { subject: '{ matchLabels: { pod-template-hash: abc } }' }), ['ControllerLabel']],
    ['pods of any revision', policy('policyTypes: [Ingress]', { subject: '{ matchExpressions: [{ key: pod-template-hash, operator: Exists }] }' }), []],
    ['requirements that exclude each other', policy('policyTypes: [Ingress]', { subject: '{ matchLabels: { a: b }, matchExpressions: [{ key: a, operator: DoesNotExist }] }' }), ['ContradictorySelector']],
    ['NotIn beside In', policy('policyTypes: [Ingress]', { subject: '{ matchExpressions: [{ key: a, operator: In, values: [b, c] }, { key: a, operator: NotIn, values: [b] }] }' }), []],
  ])('%s', (_, yaml, expected) => expect(finds(yaml)).toEqual(expected));

  test('egress to the world without ports opens the metadata service too, with ports it may not', () => {
    expect(finds(egress(`${DNS}, { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }`))).toEqual(['MetadataReachable', 'OpenToInternet']);
    expect(finds(egress(`${DNS}, { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }`))).toEqual([]);
    expect(finds(egress(`${DNS}, { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 80 }] }`))).toEqual(['MetadataReachable']);
    expect(finds(egress(`${DNS}, { to: [{ ipBlock: { cidr: 169.254.169.254/32 } }], ports: [{ port: 80 }] }`))).toEqual([]);
  });

  test('what one cloud has for metadata is found where it is, and where a rule opens little else', () => {
    const rule = (cidr: string, port = 80) => egress(`${DNS}, { to: [{ ipBlock: { cidr: ${cidr}, except: [169.254.0.0/16] } }], ports: [{ port: ${port} }] }`);
    const azure = (yaml: string) => names('network', documents(yaml), { cni: 'Azure CNI with Calico' });
    expect(finds(rule('0.0.0.0/0'))).toEqual([]);
    expect([azure(rule('0.0.0.0/0')), azure(rule('0.0.0.0/0', 32526)), azure(rule('0.0.0.0/0', 443))]).toEqual([['MetadataReachable'], ['MetadataReachable'], []]);
    expect([finds(rule('168.63.0.0/16').replace(', except: [169.254.0.0/16]', '')), finds(rule('100.64.0.0/10').replace(', except: [169.254.0.0/16]', ''))])
      .toEqual([['MetadataReachable'], ['MetadataReachable']]);
  });

  test('the API server by address is found on Cilium only', () => {
    const api = documents(egress(`${DNS}, { to: [{ ipBlock: { cidr: 192.0.2.1/32 } }], ports: [{ port: 6443 }] }`));
    expect(names('network', api)).toEqual(['IpBlockForApiServer']);
    expect(names('network', api, { cni: 'Calico', cilium: undefined })).toEqual([]);
  });

  test('policies are the same whatever the order of their labels, and not when one rule differs', () => {
    const subject = '{ matchLabels: { app: web, tier: a } }';
    const again = { name: 'again', subject: '{ matchLabels: { tier: a, app: web } }' };
    expect(finds(ingress('{ from: [{ podSelector: {} }] }', { subject }), ingress('{ from: [{ podSelector: {} }] }', again))).toEqual(['SameRulesTwice']);
    expect(finds(ingress('{ from: [{ podSelector: {} }] }', { subject }), ingress('{ from: [{ namespaceSelector: {} }] }', again))).toEqual([]);
    expect(finds(ingress('{ from: [{ podSelector: "{{ x }}" }] }', { subject }), ingress('{ from: [{ podSelector: "{{ y }}" }] }', again))).toEqual([]);
  });
});

describe('an accidental or', () => {
  const two = (namespaces: string, pods: string) => ingress(`{ from: [{ namespaceSelector: ${namespaces} }, { podSelector: ${pods} }] }`);
  const infra = '{ matchLabels: { kubernetes.io/metadata.name: infra } }';

  test('is a namespaceSelector and a podSelector with a dash each', () => {
    expect(finds(two(infra, '{ matchLabels: { app: proxy } }'))).toEqual(['AccidentalOr']);
  });

  test('is none where both are plainly meant', () => {
    expect(finds(two(infra, '{}'))).toEqual([]);
    expect(finds(two('{}', '{ matchLabels: { app: proxy } }'))).toEqual([]);
    expect(finds(two(infra, '{ matchLabels: { app: web } }'), web, DEFAULT_DENY, allowDns)).toEqual([]);
  });
});

test('a pod on the network of the host is found only where a policy names it', () => {
  const host = pod('web', 'app: web', 'hostNetwork: true');
  expect(finds(host, DEFAULT_DENY, allowDns)).toEqual([]);
  expect(finds(host, DEFAULT_DENY, allowDns, policy('policyTypes: [Ingress]'))).toEqual(['HostNetworkSelected']);
});
