import { clusterPolicy, names, policy } from './finds';

/** The rules of severity error, and what the agent of a version does with a policy. */
const http = 'rules: { http: [{ method: GET }] }';
const dns = 'rules: { dns: [{ matchPattern: "*" }] }';
const port = (more: string, item = 'fromEntities: [cluster]') => `ingress: [{ ${item}, toPorts: [{ ${more} }] }]`;
const egressPort = (more: string) => `egress: [{ toEntities: [cluster], toPorts: [{ ${more} }] }]`;

describe('the agent refuses', () => {
  test.each([
    ['L7NeedsTcp', 'a UDP port in the list of an HTTP rule', policy(port(`ports: [{ port: "80", protocol: TCP }, { port: "80", protocol: UDP }], ${http}`))],
    ['L7OnPortZero', 'DNS rules on port 0', policy(egressPort(`ports: [{ port: "0", protocol: UDP }], ${dns}`))],
    ['DnsRulesNeedPort', 'DNS rules on a range', policy(egressPort(`ports: [{ port: "53", endPort: 54, protocol: UDP }], ${dns}`))],
    ['InvalidPort', 'a number that is too large', policy(port('ports: [{ port: "70000", protocol: TCP }]'))],
    ['InvalidPort', 'a port with its protocol', policy(port('ports: [{ port: "80/TCP" }]'))],
    ['InvalidPort', 'a name that begins with a dash', policy(port('ports: [{ port: "-http" }]'))],
    ['InvalidPort', 'no port at all', policy(port('ports: [{ protocol: TCP }]'))],
    ['InvalidSelector', 'Exists with values', policy('ingress: [{ fromEndpoints: [{ matchExpressions: [{ key: app, operator: Exists, values: [a] }] }] }]')],
    ['InvalidSelector', 'a key with two slashes', policy('egress: [{ toEndpoints: [{ matchLabels: { a/b/c: x } }] }]')],
    ['InvalidSelector', 'a group selector without values', policy('ingress: [{ fromCIDRSet: [{ cidrGroupSelector: { matchExpressions: [{ key: a, operator: In }] } }] }]')],
    ['CombinedPeers', 'both ways to write networks', policy('ingress: [{ fromCIDR: [10.0.0.0/8], fromCIDRSet: [{ cidr: 192.168.0.0/16 }] }]')],
    ['CombinedPeers', 'DNS names with entities', policy('egress: [{ toFQDNs: [{ matchName: a.io }], toEntities: [world] }]')],
    ['IcmpWithPorts', 'icmps and ports', policy(port('ports: [{ port: "80", protocol: TCP }]', 'icmps: [{ fields: [{ type: 8 }] }]'))],
    ['InvalidHttpRegex', 'a glob as a method', policy(port('ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: "*" }] }'))],
    ['InvalidHttpRegex', 'lookahead', policy(port('ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: "/(?!admin).*" }] }'))],
    ['ExceptOutsideCidr', 'another family', policy('egress: [{ toCIDRSet: [{ cidr: 10.0.0.0/8, except: ["fd00::/8"] }] }]')],
    ['ListenerMisplaced', 'a listener beside rules', policy(egressPort(`ports: [{ port: "80", protocol: TCP }], listener: { name: a, envoyConfig: { name: a } }, ${http}`))],
    ['ListenerMisplaced', 'a namespaced listener for the cluster', clusterPolicy(`endpointSelector: { matchLabels: { a: b } }, ${egressPort('ports: [{ port: "80", protocol: TCP }], listener: { name: a, envoyConfig: { kind: CiliumEnvoyConfig, name: a } }')}`)],
    ['DenyHasNoL7', 'DNS names in a deny', policy('enableDefaultDeny: { egress: false }, egressDeny: [{ toFQDNs: [{ matchName: a.io }] }]')],
    ['L7InNodePolicy', 'HTTP rules for nodes', clusterPolicy(`nodeSelector: {}, ${port(`ports: [{ port: "80", protocol: TCP }], ${http}`)}`)],
    ['NodeSelectorInNamespace', 'nodes in one of specs', policy('ingress: [{}]').replace(/spec: (.*)/, 'specs: [$1, { nodeSelector: {}, ingress: [{}] }]')],
    ['ForeignNamespaceSubject', 'another namespace by expression', policy('ingress: [{}]').replace('matchLabels: { app: api }', 'matchExpressions: [{ key: "k8s:io.kubernetes.pod.namespace", operator: In, values: [bank, farm] }]')],
  ])('%s: %s', (name, _, yaml) => expect(names(yaml)).toContain(name));

  test.each([
    ['1.18', 'EmptyListDeniesNothing'],
    ['1.19', 'NoItems'],
  ])('in %s, empty lists are found as %s', (cilium, name) => {
    expect(names(policy('ingress: [], egress: []'), { cilium })).toEqual([name]);
  });

  test.each([
    ['1.18', []],
    ['1.19', ['CombinedPeers']],
  ])('in %s, of the items of a deny %j', (cilium, expected) => {
    const deny = 'enableDefaultDeny: { ingress: false }, ingressDeny: [{ fromEntities: [world], fromCIDR: [10.0.0.0/8] }]';
    expect(names(policy(deny), { cilium })).toEqual(expected);
  });

  test.each([
    ['1.18', ['L7InNodePolicy']],
    ['1.19', []],
  ])('in %s, of DNS rules for nodes %j', (cilium, expected) => {
    const egress = `egress: [{ toEntities: [remote-node] }, { toEntities: [world], toPorts: [{ ports: [{ port: "53", protocol: UDP }], ${dns} }] }]`;
    expect(names(clusterPolicy(`nodeSelector: {}, ${egress}`), { cilium })).toEqual(expected);
  });
});

describe('the agent takes', () => {
  test.each([
    ['a name with digits', policy(port('ports: [{ port: http-8080, protocol: TCP }]'))],
    ['hexadecimal, which is a name', policy(port('ports: [{ port: "0x10", protocol: TCP }]'))],
    ['port 0 for every port', policy(port('ports: [{ port: "0", protocol: TCP }]'))],
    ['a template as a port', policy(port('ports: [{ port: "{{ .Values.port }}", protocol: TCP }]'))],
    ['an empty list of one kind beside another', policy('ingress: [{ fromEntities: [cluster] }]')],
    ['DNS rules on any protocol', policy(egressPort(`ports: [{ port: "53", protocol: ANY }], ${dns}`))],
    ['DNS rules on another port', policy(egressPort(`ports: [{ port: "5353", protocol: UDP }], ${dns}`))],
    ['HTTP rules on a range', policy(port('ports: [{ port: "8000", endPort: 9000, protocol: TCP }], rules: { http: [{}] }'))],
    ['sources before keys', policy('ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:app": web, "any:tier": front, "reserved:ingress": "" } }] }]')],
    ['a key of the cidr source', policy('egress: [{ toEndpoints: [{ matchLabels: { "cidr:10.0.0.0/8": "" } }] }]')],
    ['an except within the network, with bits beyond', policy('egress: [{ toCIDRSet: [{ cidr: 10.0.0.0/8, except: [10.1.2.3/16] }] }]')],
    ['what an own namespace is called', policy('ingress: [{ fromEndpoints: [{}] }]').replace('app: api', '"k8s:io.kubernetes.pod.namespace": shop')],
    ['two port rules of one protocol', policy(`egress: [{ toEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], ${http} }, { ports: [{ port: "80", protocol: TCP }], ${http} }] }]`)],
    ['server names with TLS terminated', policy(egressPort(`ports: [{ port: "443", protocol: TCP }], serverNames: [a.io], terminatingTLS: { secret: { name: a } }, ${http}`))],
    ['what is of another group', policy('ingress: []').replace('cilium.io/v2', 'example.com/v1')],
  ])('%s', (_, yaml) => expect(names(yaml, { cilium: '1.19' })).toEqual([]));
});
