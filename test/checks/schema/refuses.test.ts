import { ciliumPolicy, clusterPolicy, findings, helmRelease, networkPolicy, object, pod, told } from './finds';

const port = (text: string) => ciliumPolicy(`ingress: [{ toPorts: [{ ports: [{ ${text} }] }] }]`);

describe('the API server refuses', () => {
  test.each([
    ['a field that nobody knows, deep inside', pod('containers: [{ name: a, livenessProbe: { httpGet: { port: 80, pth: / } } }]'),
      'UnknownField /spec/containers/0/livenessProbe/httpGet/pth: `pth`'],
    ['a field of the other list', networkPolicy('podSelector: {}, ingress: [{ to: [] }]'), 'UnknownField /spec/ingress/0/to: `to`'],
    ['an unknown field of the metadata of a custom resource', '{ apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: { name: a, label: {} }, spec: { externalCIDRs: [] } }',
      'UnknownField /metadata/label: `label`'],
    ['a field that is unknown and null', networkPolicy('podSelector: {}, ingres: null'), 'UnknownField /spec/ingres: `ingres`'],
    ['a number as a label', object('v1', 'ConfigMap', 'data: { a: 1 }'), 'WrongType /data/a: 1, a whole number; allowed: a text'],
    ['a list that is a mapping', networkPolicy('podSelector: {}, ingress: { from: [] }'), 'WrongType /spec/ingress: {"from":[]}, a mapping; allowed: a list'],
    ['a mapping that is a text', pod('containers: [web]'), 'WrongType /spec/containers/0: "web", a text; allowed: a mapping'],
    ['a boolean as text', pod('hostNetwork: "true", containers: []'), 'WrongType /spec/hostNetwork: "true", a text; allowed: true or false'],
    ['half a replica', object('apps/v1', 'Deployment', 'spec: { replicas: 1.5, selector: {}, template: {} }'),
      'WrongType /spec/replicas: 1.5, a number; allowed: a whole number'],
    ['a port of Cilium as a number', port('port: 80'), 'WrongType /spec/ingress/0/toPorts/0/ports/0/port: 80, a whole number; allowed: a text'],
    ['a list of a custom resource with nothing in it', ciliumPolicy('ingress: [null]'), 'WrongType /spec/ingress/0: null, which is nothing; allowed: a mapping'],
    ['a Pod without spec', '{ apiVersion: v1, kind: Pod, metadata: { name: a } }', 'MissingField : no `spec`'],
    ['a volume mount without a path', pod('containers: [{ name: a, volumeMounts: [{ name: b }] }]'), 'MissingField /spec/containers/0/volumeMounts/0: no `mountPath`'],
    ['a required field that is null', pod('containers: null'), 'MissingField /spec: no `containers`'],
    ['a rule without a name', object('kyverno.io/v1', 'ClusterPolicy', 'spec: { rules: [{ match: {} }] }'), 'MissingField /spec/rules/0: no `name`'],
    ['a protocol in lower case', port('port: "80", protocol: tcp'),
      'NotAllowedValue /spec/ingress/0/toPorts/0/ports/0/protocol: "tcp"; allowed: TCP, UDP, SCTP, ANY'],
    ['an entity that only the agent knows', ciliumPolicy('ingress: [{ fromEntities: [world-ipv4] }]'),
      'NotAllowedValue /spec/ingress/0/fromEntities/0: "world-ipv4"; allowed: all, world, cluster, host, init, ingress, unmanaged, remote-node, health, none, kube-apiserver'],
    ['a pull policy in lower case', pod('containers: [{ name: a, imagePullPolicy: always }]'),
      'NotAllowedValue /spec/containers/0/imagePullPolicy: "always"; allowed: Always, IfNotPresent, Never'],
    ['an action of a rule in lower case', clusterPolicy('validate: { failureAction: enforce, pattern: {} }'),
      'NotAllowedValue /spec/rules/0/validate/failureAction: "enforce"; allowed: Audit, Enforce'],
    ['an address where a network belongs', ciliumPolicy('egress: [{ toCIDR: [10.0.0.1] }]'),
      'BadFormat /spec/egress/0/toCIDR/0: "10.0.0.1"; allowed: a network such as 10.0.0.0/8'],
    ['a duration without a unit', helmRelease('chartRef: { kind: OCIRepository, name: a }, timeout: "5"'),
      'BadFormat /spec/timeout: "5"; allowed: a duration such as 5m or 1h30m'],
    ['an empty port', port('port: ""'), 'BadFormat /spec/ingress/0/toPorts/0/ports/0/port: ""; allowed: a port number or the name of a port'],
    ['a port above all ports', port('port: "80", endPort: 65536'), 'LimitExceeded /spec/ingress/0/toPorts/0/ports/0/endPort: 65536; allowed: at most 65535'],
    ['a number that 32 bits do not hold', pod('terminationGracePeriodSeconds: 1, activeDeadlineSeconds: 1, priority: 3000000000, containers: []'),
      'LimitExceeded /spec/priority: 3000000000; allowed: at most 2147483647'],
    ['a rule name of 64 characters', clusterPolicy('validate: { pattern: {} }').replace('name: r', `name: ${'r'.repeat(64)}`),
      `LimitExceeded /spec/rules/0/name: "${'r'.repeat(64)}"; allowed: at most 63 characters`],
    ['forty-one ports', ciliumPolicy(`ingress: [{ toPorts: [{ ports: [${'{ port: "1" }, '.repeat(41)}] }] }]`),
      'LimitExceeded /spec/ingress/0/toPorts/0/ports: 41 items; allowed: at most 40 items'],
    ['no rule for either direction', ciliumPolicy('description: none'), 'OneOf /spec: none of `ingress`, `ingressDeny`, `egress` and `egressDeny`'],
    ['pods and nodes at once', ciliumPolicy('nodeSelector: {}, ingress: [{}]'), 'OneOf /spec: `endpointSelector` and `nodeSelector` together'],
    ['any and all at once', object('kyverno.io/v1', 'ClusterPolicy', 'spec: { rules: [{ name: a, match: { any: [], all: [] } }] }'),
      'OneOf /spec/rules/0/match: `any` and `all` together'],
    ['a cluster by two references', helmRelease('chartRef: { kind: OCIRepository, name: a }, kubeConfig: { secretRef: { name: a }, configMapRef: { name: b } }'),
      'OneOf /spec/kubeConfig: `configMapRef` and `secretRef` together'],
    ['a cluster by no reference', helmRelease('chartRef: { kind: OCIRepository, name: a }, kubeConfig: {}'), 'OneOf /spec/kubeConfig: none of `configMapRef` and `secretRef`'],
    ['a service account for a plain Git server', object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'spec: { interval: 1m, url: "https://a", serviceAccountName: a }'),
      'FieldNotAllowedHere /spec: `serviceAccountName` beside no `provider`; allowed: `azure`'],
    ['the same finalizer twice', object('v1', 'ConfigMap', 'data: {}').replace('name: web', 'name: web, finalizers: [a/b, a/b]'),
      'DuplicateMergeKey /metadata/finalizers/1: "a/b" once more, after item 0'],
    ['a port of a Service twice', object('v1', 'Service', 'spec: { ports: [{ name: a, port: 80 }, { name: b, port: 80 }] }'),
      'DuplicateMergeKey /spec/ports/1: port and protocol of item 0 once more, 80 and the default'],
  ])('%s', (_, yaml, expected) => expect(told(yaml)).toEqual([expected]));

  test('a misspelt subject is told once, not as a missing one too', () => {
    expect(told(object('cilium.io/v2', 'CiliumNetworkPolicy', 'spec: { endpointSelectr: {}, ingress: [{}] }'))).toEqual([
      'UnknownField /spec/endpointSelectr: `endpointSelectr`',
    ]);
  });
});

describe('how to mend it', () => {
  test.each([
    ['another spelling', networkPolicy('podSelectr: {}'), 'Did you mean `podSelector`?'],
    ['another case', networkPolicy('podselector: {}'), 'Did you mean `podSelector`?'],
    ['one level up', ciliumPolicy('ingress: [{ fromEndpoints: [{ toPorts: [] }] }]'), '`toPorts` belongs one level up.'],
    ['one level down', object('networking.k8s.io/v1', 'NetworkPolicy', 'podSelector: {}, spec: {}'), '`podSelector` belongs in `spec`.'],
    ['another value', networkPolicy('podSelector: {}').replace('spec', 'metadata: { labels: { a: 1 } }, spec'), 'Put it in quotes: "1".'],
    ['a boolean that was a word', object('v1', 'ConfigMap', 'data: { a: true }'), 'Put it in quotes: without them, words such as yes, no, on, off, y and n are booleans.'],
    ['a number in quotes', object('apps/v1', 'Deployment', 'spec: { replicas: "3", selector: {}, template: {} }'), 'Write it without quotes.'],
    ['a value that is close', pod('restartPolicy: Allways, containers: []'), 'Did you mean Always?'],
  ])('%s', (_, yaml, mend) => {
    const duplicateMetadata = yaml.replace(/metadata: \{ name: web, namespace: shop \}, metadata/, 'metadata');
    expect(findings(duplicateMetadata).map(finding => finding.mend)).toEqual([mend]);
  });
});

test('a field beside the spec of a custom resource is a warning', () => {
  expect(findings(object('cilium.io/v2', 'CiliumNetworkPolicy', 'description: a, spec: { endpointSelector: {}, ingress: [{}] }'))
    .map(({ id, severity }) => [id, severity])).toEqual([['schema/UnknownTopField', 'warning']]);
});
