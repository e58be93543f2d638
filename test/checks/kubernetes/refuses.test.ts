import { documents, findings, names, policy } from './finds';

const finds = (yaml: string, target = {}) => names('kubernetes', yaml, target);

const named = (kind: string, name: string, apiVersion = 'v1', namespace = 'shop') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: "${name}", namespace: ${namespace} } }`;

describe('names', () => {
  test.each([
    ['capitals in a ConfigMap', named('ConfigMap', 'Web')],
    ['an underscore in a Deployment', named('Deployment', 'web_app', 'apps/v1')],
    ['a dot in a Service', named('Service', 'web.v1')],
    ['a Service that begins with a digit', named('Service', '1web')],
    ['a dot in a Namespace', '{ apiVersion: v1, kind: Namespace, metadata: { name: web.v1 } }'],
    ['a slash in a Role', named('Role', 'a/b', 'rbac.authorization.k8s.io/v1')],
    ['a CronJob of 53 characters', named('CronJob', 'a'.repeat(53), 'batch/v1')],
    ['a namespace that can be none', named('ConfigMap', 'web', 'v1', 'Web_Shop')],
  ])('%s is refused', (_, yaml) => expect(finds(yaml)).toEqual(['InvalidName']));

  test.each([
    ['a dot in a ConfigMap', named('ConfigMap', 'web.v1')],
    ['a colon and capitals in a Role', named('Role', 'system:Web', 'rbac.authorization.k8s.io/v1')],
    ['a template', named('ConfigMap', '{{ .Release.Name }}-Web')],
    ['a CronJob of 52 characters', named('CronJob', 'a'.repeat(52), 'batch/v1')],
    ['a kind that nobody knows', named('User', 'Anna@example.com', 'user.openshift.io/v1')],
    ['a name that the API server makes up', '{ apiVersion: v1, kind: Pod, metadata: { generateName: web-, namespace: shop } }'],
  ])('%s is taken', (_, yaml) => expect(finds(yaml)).toEqual([]));

  test('a Service may begin with a digit where the feature gate may be on', () => {
    expect(finds(named('Service', '1web'), { kubernetes: '1.35' })).toEqual([]);
  });

  test('without any name an object is refused, but a kustomization file has none', () => {
    expect(finds('{ apiVersion: v1, kind: Secret, metadata: { namespace: shop, name: null } }')).toEqual(['MissingName']);
    expect(finds('{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: [] }')).toEqual([]);
  });
});

test.each([
  ['a missing namespace', '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }', ['NamespaceMissing']],
  ['a namespace on a ClusterRole', named('ClusterRole', 'a', 'rbac.authorization.k8s.io/v1'), ['NamespaceOnClusterScoped']],
  ['a namespace on a ClusterPolicy', named('ClusterPolicy', 'a', 'kyverno.io/v1'), ['NamespaceOnClusterScoped']],
  ['a NetworkPolicy of Calico', '{ apiVersion: crd.projectcalico.org/v1, kind: NetworkPolicy, metadata: { name: a } }', []],
  ['a Namespace', '{ apiVersion: v1, kind: Namespace, metadata: { name: a } }', []],
])('scope: %s', (_, yaml, expected) => expect(finds(yaml)).toEqual(expected));

describe('labels and annotations', () => {
  const labelled = (labels: string, annotations = '') =>
    `{ apiVersion: v1, kind: Namespace, metadata: { name: a, labels: { ${labels} }, annotations: { ${annotations} } } }`;

  test.each(['"a b": c', 'a: "b c"', `a: ${'x'.repeat(64)}`, '"a/b/c": d', '"Example.com/a": b', 'a: "-b"'])('the label %s is refused', label => {
    expect(finds(labelled(label))).toEqual(['InvalidLabel']);
  });

  test.each(['a: ""', 'example.com/A_b: C.d', '"{{ key }}": "{{ value }}"', 'a: "${VALUE}"'])('the label %s is taken', label => {
    expect(finds(labelled(label))).toEqual([]);
  });

  test('a label of a pod template is refused, with its place', () => {
    const job = '{ apiVersion: batch/v1, kind: Job, metadata: { name: a, namespace: b }, spec: { template: { metadata: { labels: { "x/y": "é" } }, spec: {} } } }';
    expect(findings('kubernetes', job)).toMatchObject([{ id: 'kubernetes/InvalidLabel', pointer: '/spec/template/metadata/labels/x~1y' }]);
  });

  test('annotations take any value and capitals in a prefix, but no space in a key', () => {
    expect(finds(labelled('', 'Example.com/a: "anything at all"'))).toEqual([]);
    expect(finds(labelled('', '"a b": c'))).toEqual(['InvalidAnnotation']);
    expect(finds(labelled('', `a: ${'x'.repeat(256 * 1024)}`))).toEqual(['InvalidAnnotation']);
  });
});

describe('amounts', () => {
  const quota = (amount: string) => `{ apiVersion: v1, kind: ResourceQuota, metadata: { name: a, namespace: b }, spec: { hard: { memory: ${amount} } } }`;

  test.each(['4GB', '"1 Gi"', '-1', '1.5.5', '512mb'])('%s is refused', amount => expect(finds(quota(amount))).toEqual(['InvalidQuantity']));
  test.each(['4Gi', '0.5', '1e3', '" 1Gi "', '100m', '"{{ .Values.memory }}"', '12E'])('%s is taken', amount => expect(finds(quota(amount))).toEqual([]));

  const resources = (text: string) =>
    `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: b }, spec: { containers: [{ name: a, image: b, resources: ${text} }] } }`;

  test('a request above its limit is refused, an equal one in another unit is not', () => {
    expect(finds(resources('{ requests: { cpu: 2 }, limits: { cpu: 1500m } }'))).toEqual(['RequestAboveLimit']);
    expect(finds(resources('{ requests: { cpu: 1500m }, limits: { cpu: 1.5 } }'))).toEqual([]);
    expect(finds(resources('{ requests: { cpu: 2 }, limits: { memory: 1 } }'))).toEqual([]);
    expect(finds(resources('{ requests: { cpu: "{{ x }}" }, limits: { cpu: 1 } }'))).toEqual([]);
  });

  const range = (items: string) => `{ apiVersion: v1, kind: LimitRange, metadata: { name: a, namespace: b }, spec: { limits: [${items}] } }`;

  test.each([
    ['min above max', '{ type: Container, min: { cpu: 2 }, max: { cpu: 1 } }'],
    ['default above max', '{ type: Container, default: { cpu: 2 }, max: { cpu: 1 } }'],
    ['defaultRequest above default', '{ type: Container, defaultRequest: { cpu: 2 }, default: { cpu: 1 } }'],
    ['a default for pods', '{ type: Pod, default: { cpu: 2 } }'],
    ['a type twice', '{ type: Pod, max: { cpu: 2 } }, { type: Pod, max: { memory: 2 } }'],
  ])('a LimitRange with %s is refused', (_, items) => expect(finds(range(items))).toEqual(['LimitRangeOrder']));

  test('a LimitRange in order is taken', () => {
    expect(finds(range('{ type: Container, min: { cpu: 1 }, defaultRequest: { cpu: 1 }, default: { cpu: 1 }, max: { cpu: 1 } }, { type: Pod, max: { cpu: 2 } }'))).toEqual([]);
  });
});

describe('bindings', () => {
  const binding = (kind: string, roleRef: string, subject: string) =>
    `{ apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: { name: a${kind === 'RoleBinding' ? ', namespace: b' : ''} }, roleRef: { ${roleRef} }, subjects: [{ ${subject} }] }`;
  const view = 'apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view';
  const user = 'kind: User, name: anna';

  test.each([
    ['a ClusterRoleBinding of a Role', binding('ClusterRoleBinding', 'kind: Role, name: a', user), ['InvalidRoleRef', 'MissingRole']],
    ['a role of another group', binding('RoleBinding', 'apiGroup: v1, kind: ClusterRole, name: view', user), ['InvalidRoleRef']],
    ['a role of another kind', binding('RoleBinding', 'kind: role, name: view', user), ['InvalidRoleRef']],
    ['a group of the core', binding('RoleBinding', view, 'kind: Group, apiGroup: v1, name: a'), ['InvalidSubject']],
    ['an unknown kind', binding('RoleBinding', view, 'kind: Pod, name: a'), ['InvalidSubject']],
    ['a service account of a group', binding('RoleBinding', view, 'kind: ServiceAccount, apiGroup: rbac.authorization.k8s.io, name: a'), ['InvalidSubject']],
    ['a service account from nowhere', binding('ClusterRoleBinding', view, 'kind: ServiceAccount, name: a'), ['InvalidSubject']],
    ['a role that is not there', binding('RoleBinding', 'kind: ClusterRole, name: reader', user), ['MissingRole']],
    ['groups left out', binding('RoleBinding', 'kind: ClusterRole, name: view', user), []],
    ['a service account of the own namespace', binding('RoleBinding', view, 'kind: ServiceAccount, apiGroup: "", name: a'), []],
    ['a role of the system', binding('ClusterRoleBinding', 'kind: ClusterRole, name: "system:auth-delegator"', user), []],
  ])('%s', (_, yaml, expected) => expect(finds(yaml)).toEqual(expected));

  test('a Role of another namespace is not the one that is bound', () => {
    const role = (namespace: string) => `{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: reader, namespace: ${namespace} }, rules: [] }`;
    const bound = binding('RoleBinding', 'kind: Role, name: reader', user);
    expect(finds(documents(bound, role('c')))).toEqual(['MissingRole']);
    expect(finds(documents(bound, role('b')))).toEqual([]);
  });
});

describe('selectors', () => {
  const deployment = (selector: string, labels: string) =>
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a, namespace: b }, spec: { selector: ${selector}, template: { metadata: { labels: ${labels} }, spec: {} } } }`;

  test.each([
    ['another value', '{ matchLabels: { app: a } }', '{ app: b }'],
    ['no labels', '{ matchLabels: { app: a } }', 'null'],
    ['a label that must not be there', '{ matchExpressions: [{ key: app, operator: DoesNotExist }] }', '{ app: b }'],
    ['an empty selector', '{}', '{ app: a }'],
  ])('a template with %s is refused', (_, selector, labels) => expect(finds(deployment(selector, labels))).toEqual(['SelectorMissesTemplate']));

  test.each([
    ['more labels', '{ matchLabels: { app: a } }', '{ app: a, tier: b }'],
    ['templates', '{ matchLabels: { app: "{{ .Release.Name }}" } }', '{ app: a }'],
    ['no selector, as in a patch', 'null', '{ app: a }'],
  ])('a template with %s is taken', (_, selector, labels) => expect(finds(deployment(selector, labels))).toEqual([]));

  test.each([
    '{ matchExpressions: [{ key: a, operator: in, values: [b] }] }',
    '{ matchExpressions: [{ key: a, operator: In, values: [] }] }',
    '{ matchExpressions: [{ key: a, operator: NotIn }] }',
    '{ matchExpressions: [{ key: a, operator: DoesNotExist, values: [b] }] }',
    '{ matchLabels: { "a b": c } }',
    '{ matchLabels: { a: "b c" } }',
  ])('%s is refused', subject => {
    expect(finds(policy('policyTypes: [Ingress]', { subject }))).toEqual(['InvalidSelector']);
    expect(finds(policy(`policyTypes: [Ingress], ingress: [{ from: [{ namespaceSelector: ${subject} }] }]`))).toEqual(['InvalidSelector']);
  });
});

describe('containers', () => {
  const containers = (...list: string[]) => `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: b }, spec: { containers: [${list.join(', ')}] } }`;

  test.each([
    ['a capital in a name', ['{ name: Web }']],
    ['a name twice', ['{ name: web }', '{ name: web }']],
    ['a port name of 16 characters', ['{ name: web, ports: [{ name: abcdefghijklmnop, containerPort: 1 }] }']],
    ['a port name twice', ['{ name: web, ports: [{ name: http, containerPort: 1 }, { name: http, containerPort: 2 }] }']],
    ['port 0', ['{ name: web, ports: [{ containerPort: 0 }] }']],
  ])('%s is refused', (_, list) => expect(finds(containers(...list))).toEqual(['InvalidContainer']));

  test('one port name in two containers is a warning where the numbers differ', () => {
    const port = (name: string, number: number) => `{ name: ${name}, ports: [{ name: http, containerPort: ${number} }] }`;
    expect(finds(containers(port('a', 1), port('b', 2)))).toEqual(['DuplicatePortName']);
    expect(finds(containers(port('a', 1), port('b', 1)))).toEqual([]);
  });
});

describe('NetworkPolicy', () => {
  const ingress = (rule: string) => policy(`policyTypes: [Ingress], ingress: [{ ${rule} }]`);
  const port = (text: string) => ingress(`ports: [{ ${text} }]`);
  const cidr = (text: string) => ingress(`from: [{ ipBlock: { ${text} } }]`);

  test.each([
    ['PolicyTypes', policy('policyTypes: [ingress]')],
    ['PolicyTypes', policy('policyTypes: [Ingress, Egress, Ingress]')],
    ['InvalidPeer', ingress('from: [{}]')],
    ['InvalidPeer', ingress('from: [{ podSelector: null }]')],
    ['InvalidPeer', ingress('from: [{ podSelector: {}, ipBlock: { cidr: 10.0.0.0/8 } }]')],
    ['InvalidPolicyPort', port('port: 0')],
    ['InvalidPolicyPort', port('port: 65536')],
    ['InvalidPolicyPort', port('port: "8080"')],
    ['InvalidPolicyPort', port('port: HTTP')],
    ['InvalidPolicyPort', port('port: 80, protocol: tcp')],
    ['InvalidPolicyPort', port('protocol: ICMP')],
    ['InvalidPolicyPort', port('port: 80, endPort: 79')],
    ['InvalidPolicyPort', port('port: http, endPort: 90')],
    ['InvalidPolicyPort', port('endPort: 90')],
    ['InvalidPolicyPort', port('port: 80, endPort: 70000')],
    ['InvalidCidr', cidr('cidr: 10.0.0.1')],
    ['InvalidCidr', cidr('cidr: 10.0.0.0/33')],
    ['InvalidCidr', cidr('cidr: internet')],
    ['InvalidCidr', cidr('cidr: 10.0.0.0/8, except: [10.0.0.0/8]')],
    ['InvalidCidr', cidr('cidr: 10.0.0.0/16, except: [10.1.0.0/24]')],
    ['InvalidCidr', cidr('cidr: "::/0", except: [10.0.0.0/8]')],
  ])('%s: %s', (rule, yaml) => expect(finds(yaml)).toEqual([rule]));

  test.each([
    policy('ingress: [null]'),
    policy('policyTypes: [Egress], egress: [{ to: [], ports: [] }]'),
    port('port: 80, endPort: 80, protocol: SCTP'),
    port('port: http-metrics'),
    port('port: "{{ .Values.port }}"'),
    cidr('cidr: 10.1.2.3/8'),
    cidr('cidr: 010.0.0.0/8, except: [10.1.0.0/16]'),
    cidr('cidr: 10.0.0.5/16, except: [10.0.9.9/24]'),
    cidr('cidr: "2001:db8::/32", except: ["2001:db8:1::/48"]'),
    cidr('cidr: "${CIDR}"'),
  ])('takes %s', yaml => expect(finds(yaml)).toEqual([]));
});
