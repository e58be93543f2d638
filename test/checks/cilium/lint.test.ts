import { clusterPolicy, findings, names, policy } from './finds';

const path = (text: string) => policy(`ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: POST, path: '${text}' }] } }] }]`);

describe('a path is a regular expression for the whole target', () => {
  test.each(['^/api/v1/', '/api/v1/', '^/api', '/foo/*', '/api/v1*', '/api/**', '^/[a-z]+/'])('%s looks like less', (text) => {
    expect(names(path(text)).filter(name => name !== 'InvalidHttpRegex')).toEqual(['PathMatchesWholeTarget']);
  });

  test.each([
    '/', '^/$', '/api/v1/.*', '^/api/v1/.*$', '/api/v1(/.*)?', '/users/[0-9]+', '/users/\\d*', '/a[bc]*', '/(a|b)*', '/path1$', '.*', '/api/{{ name }}/', '/x/[^/*]+',
  ])('%s is meant', text => expect(names(path(text))).toEqual([]));

  test.each(['api/.*', 'http://example.com/'])('%s matches nothing', text => expect(names(path(text))).toContain('HttpRuleNeverMatches'));
});

describe('toFQDNs need DNS rules', () => {
  const fqdn = (name: string) => `{ toFQDNs: [{ ${name} }], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }`;
  const dns = (...asked: string[]) => `{ toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [${asked.map(name => `{ ${name} }`).join(', ')}] } }] }`;
  const together = (name: string, ...asked: string[]) => policy(`egress: [${fqdn(name)}, ${dns(...asked)}]`);

  test.each([
    ['of another name', together('matchName: a.example.com', 'matchName: b.example.com', 'matchPattern: "*.svc.cluster.local"')],
    ['of one level less', together('matchName: a.b.example.com', 'matchPattern: "*.example.com"')],
    ['of other pods', `${policy(`egress: [${fqdn('matchName: a.io')}]`)}---\n${policy(`egress: [${dns('matchPattern: "*"')}]`).replace('app: api', 'app: web')}`],
    ['of another namespace', `${policy(`egress: [${fqdn('matchName: a.io')}]`)}---\n${policy(`egress: [${dns('matchPattern: "*"')}]`).replace('shop', 'bank')}`],
  ])('and do not get them %s', (_, yaml) => expect(names(yaml)).toContain('FqdnWithoutDns'));

  test.each([
    ['by the name', together('matchName: a.example.com', 'matchName: A.example.com')],
    ['by a pattern', together('matchPattern: "*.example.com"', 'matchPattern: "*.example.com"')],
    ['of the whole namespace', `${policy(`egress: [${fqdn('matchName: a.io')}]`)}---\n${policy(`egress: [${dns('matchPattern: "*"')}]`).replace('matchLabels: { app: api }', '')}`],
    ['of the whole cluster', `${policy(`egress: [${fqdn('matchName: a.io')}]`)}---\n${clusterPolicy(`endpointSelector: {}, enableDefaultDeny: { egress: false }, egress: [${dns('matchPattern: "*"')}]`)}`],
    ['where the name is a template', together('matchName: "{{ .Values.host }}"', 'matchName: b.io')],
  ])('and get them %s', (_, yaml) => expect(names(yaml)).not.toContain('FqdnWithoutDns'));
});

describe('lint', () => {
  const service = '\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }\n---';
  const pods = (namespace: string, app: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${app}, namespace: ${namespace}, labels: { app: ${app} } }
spec: { containers: [{ name: ${app}, image: example.com/${app}:1, ports: [{ name: http, containerPort: 8080 }] }] }
---`;
  const nodes = (spec: string) => clusterPolicy(`nodeSelector: {}, ${spec}`);

  test.each([
    ['DenyIsolates', policy('ingressDeny: [{ fromEntities: [world] }]')],
    ['DenyIsolates', policy('enableDefaultDeny: { egress: false }, ingressDeny: [{ fromCIDR: [10.0.0.0/8] }]')],
    ['EmptyListDeniesNothing', policy('enableDefaultDeny: { egress: true }, ingress: [{}]')],
    ['EmptyPeerList', policy('egress: [{ toFQDNs: [], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }]')],
    ['ClusterwideHitsSystem', clusterPolicy('endpointSelector: { matchLabels: {} }, egress: [{ toEntities: [cluster] }]')],
    ['SplitItem', policy('egress: [{ toEndpoints: [{ matchLabels: { app: db } }] }, { toPorts: [{ ports: [{ port: "5432", protocol: TCP }] }] }]')],
    ['ApiServerByAddress', policy('egress: [{ toCIDR: [192.168.1.10/32], toPorts: [{ ports: [{ port: "6443", protocol: TCP }] }] }]')],
    ['ApiServerByAddress', policy('egress: [{ toServices: [{ k8sService: { serviceName: kubernetes, namespace: default } }] }]')],
    ['NodePolicyLocksOut', nodes('egress: [{ toEntities: [world], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }]')],
    ['ServicePort', `${service}${policy('egress: [{ toEndpoints: [{ matchLabels: { app: web } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]')}`],
    ['ServicePort', `${service}${policy('ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]').replace('app: api', 'app: web')}`],
    ['ServicePort', `${service}${policy('egress: [{ toServices: [{ k8sService: { serviceName: web, namespace: shop } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]')}`],
    ['ServicePort', `${service.replace('namespace: shop', 'namespace: shop, labels: { tier: front }')}${policy('egress: [{ toServices: [{ k8sServiceSelector: { selector: { matchLabels: { tier: front } } } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]')}`],
    ['UnknownNamedPort', `${pods('shop', 'api')}${policy('ingress: [{ toPorts: [{ ports: [{ port: metrics, protocol: TCP }] }] }]')}`],
    ['PeerWithoutNamespace', `${pods('shop', 'api')}${pods('bank', 'web')}${policy('ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }]')}`],
    ['DnsDoubleWildcard', policy('egress: [{ toPorts: [{ ports: [{ port: "53" }], rules: { dns: [{ matchPattern: "**.a.io" }] } }] }]')],
    ['L7OnTlsPort', policy('egress: [{ toEntities: [world], toPorts: [{ ports: [{ port: https, protocol: TCP }], rules: { http: [{}] } }] }]')],
    ['NeedsAgentOption', policy('ingress: [{ toPorts: [{ ports: [{ port: "36412", protocol: SCTP }] }] }]')],
    ['PortRangeIgnored', policy('ingress: [{ toPorts: [{ ports: [{ port: "9000", endPort: 80, protocol: TCP }] }] }]')],
  ])('finds %s in %s', (name, yaml) => expect(names(yaml)).toContain(name));

  test.each([
    ['rules for nodes of which one lets the others through', nodes('ingress: [{ fromEntities: [remote-node] }]').replace(/^spec: (.*)$/m, 'specs: [$1, { nodeSelector: { matchLabels: { a: b } }, ingress: [{ fromEntities: [world] }] }]')],
    ['a deny of everything', policy('ingressDeny: [{ fromEntities: [all] }]')],
    ['a deny beside an allow', policy('ingress: [{ fromEntities: [cluster] }], ingressDeny: [{ fromCIDR: [10.0.0.0/8] }]')],
    ['a default deny that is written', policy('enableDefaultDeny: { ingress: true, egress: true }, ingress: [{}], egress: [{}]')],
    ['DNS for everybody after pods', policy('egress: [{ toEndpoints: [{ matchLabels: { app: db } }] }, { toPorts: [{ ports: [{ port: "53", protocol: UDP }] }] }]')],
    ['ports for everybody before pods', policy('ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }, { fromEndpoints: [{ matchLabels: { app: web } }] }]')],
    ['a cluster-wide policy without system namespaces', clusterPolicy('endpointSelector: { matchExpressions: [{ key: "k8s:io.kubernetes.pod.namespace", operator: NotIn, values: [kube-system] }] }, ingress: [{ fromEntities: [cluster] }]')],
    ['a cluster-wide allow of everything beside a deny', clusterPolicy('endpointSelector: {}, ingress: [{ fromEntities: [all] }], ingressDeny: [{ fromEntities: [world] }]')],
    ['a private database by address', policy('egress: [{ toCIDR: [10.1.2.3/32], toPorts: [{ ports: [{ port: "5432", protocol: TCP }] }] }]')],
    ['nodes that let nodes in by address', nodes('ingress: [{ fromCIDR: [192.168.1.0/24] }]')],
    ['the port of the pods', `${service}${policy('egress: [{ toEndpoints: [{ matchLabels: { app: web } }], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]')}`],
    ['the port of the pods behind a Service that is named', `${service}${policy('egress: [{ toServices: [{ k8sService: { serviceName: web, namespace: shop } }], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]')}`],
    ['the port of another Service than the one that is named', `${service}${policy('egress: [{ toServices: [{ k8sService: { serviceName: web, namespace: bank } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]')}`],
    ['the Service port of pods that are not meant', `${service}${policy('egress: [{ toEndpoints: [{ matchLabels: { app: db } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]')}`],
    ['a named port of the pods', `${pods('shop', 'api')}${policy('ingress: [{ toPorts: [{ ports: [{ port: http, protocol: TCP }] }] }]')}`],
    ['a peer that is not in the set', `${pods('shop', 'api')}${policy('ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }]')}`],
    ['a peer of a namespace whose pods are not in the set', `${pods('bank', 'web')}${policy('ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }]')}`],
    ['a group where the set has none', policy('ingress: [{ fromCIDRSet: [{ cidrGroupRef: office }] }]')],
    ['DNS rules that see everything', policy('egress: [{ toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }, { matchName: a.io }] } }] }]')],
    ['everything but private networks', policy('egress: [{ toCIDRSet: [{ cidr: 0.0.0.0/0, except: [10.0.0.0/8] }] }]')],
  ])('leaves alone %s', (_, yaml) => expect(names(yaml)).toEqual([]));
});

describe('an L7 rule is not void', () => {
  const l7 = policy('ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: "/a/.*" }] } }] }]');
  const beside = (item: string) => `${l7}---\n${policy(`ingress: [${item}]`).replace('name: api', 'name: other')}`;

  test.each([
    ['an icmps item', '{ fromEndpoints: [{ matchLabels: { app: web } }], icmps: [{ fields: [{ type: 8 }] }] }'],
    ['a list of no ports', '{ fromEndpoints: [{ matchLabels: { app: web } }], toPorts: [{ ports: [] }] }'],
    ['peers that are a template', '{ fromEndpoints: "{{ .Values.peers }}", toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }'],
    ['an item for nobody', '{ }'],
  ])('beside %s', (_, item) => expect(names(beside(item))).not.toContain('L7RuleVoided'));

  test('but beside a plain allow in specs it is', () => {
    const plain = policy('ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }]').replace(/spec: (.*)/, 'specs: [$1]').replace('name: api', 'name: other');
    expect(names(`${l7}---\n${plain}`)).toContain('L7RuleVoided');
  });
});

test('Services beside ports are refused up to 1.16, doubtful on 1.17 and taken from 1.18', () => {
  const yaml = policy('egress: [{ toServices: [{ k8sService: { serviceName: db, namespace: data } }], toPorts: [{ ports: [{ port: "5432", protocol: TCP }] }] }]');
  expect(['1.16', '1.17', '1.18'].map(cilium => findings(yaml, { cilium }).map(({ id, severity }) => `${severity} ${id}`))).toEqual([
    ['error cilium/ServicesWithPorts'], ['warning cilium/ServicesWithPortsDoubtful'], [],
  ]);
});

describe('pods on the network of the host', () => {
  const onHost = (labels: string, name = 'probe') =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop, labels: { ${labels} } }\nspec: { hostNetwork: true, containers: [{ name: a, image: "a.io/a:1" }] }\n---\n`;
  const inPod = (labels: string) => onHost(labels, 'web').replace('hostNetwork: true, ', '');
  const byPeer = policy('ingress: [{ fromEndpoints: [{ matchLabels: { app: probe } }] }]');
  const bySubject = policy('ingress: [{}]').replace('app: api', 'app: probe');
  const everywhere = clusterPolicy('endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": shop, app: probe } }, ingress: [{ fromEntities: [cluster] }]');

  test.each([['as peers', byPeer], ['as subjects', bySubject], ['of a cluster-wide policy', everywhere]])('are no endpoints: %s', (_, yaml) => {
    expect(names(`${onHost('app: probe')}${yaml}`)).toContain('HostNetworkSelected');
  });

  test.each([
    ['that others match besides', `${onHost('app: probe')}${inPod('app: probe, x: y')}${byPeer}`],
    ['of other labels', `${onHost('app: other')}${byPeer}`],
    ['of another namespace', `${onHost('app: probe').replace('shop', 'bank')}${bySubject}`],
    ['whom no label is asked of', `${onHost('app: probe')}${policy('ingress: [{ fromEndpoints: [{}] }]')}`],
  ])('are passed over where it is about pods %s', (_, yaml) => expect(names(yaml)).not.toContain('HostNetworkSelected'));
});
