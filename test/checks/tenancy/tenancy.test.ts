import { documents, findings, names, pod } from '../kubernetes/finds';

const finds = (...objects: string[]) => names('tenancy', documents(...objects));
const namespace = (labels: string) => `{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { ${labels} } } }`;
const object = (kind: string, spec: string, name = 'a') => `{ apiVersion: v1, kind: ${kind}, metadata: { name: ${name}, namespace: shop }, spec: { ${spec} } }`;
const ENFORCE = 'pod-security.kubernetes.io/enforce';

describe('a tenant\'s namespace', () => {
  const quota = object('ResourceQuota', 'hard: {}');
  const limits = object('LimitRange', 'limits: []');

  test.each(['platform.io/managed: "true"', 'toolkit.fluxcd.io/tenant: shop'])('%s should hold its tenant', label => {
    expect(finds(namespace(label))).toEqual(['NoLimitRange', 'NoPodSecurity', 'NoQuota']);
    expect(finds(namespace(`${label}, ${ENFORCE}: baseline`), quota, limits)).toEqual([]);
    expect(finds(namespace(`${label}, ${ENFORCE}: privileged`), quota, limits)).toEqual(['NoPodSecurity']);
  });

  test('is one by label only', () => {
    expect(finds(namespace('platform.io/managed: "false"'))).toEqual([]);
    expect(finds(namespace(''))).toEqual([]);
  });

  test('may get its quota from a generator', () => {
    const generator = (kind: string) => `{ apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: { name: a }, spec: { rules: [{ generate: { kind: ${kind}, name: b } }] } }`;
    expect(finds(namespace('platform.io/managed: "true"'), generator('ResourceQuota'), generator('LimitRange'))).toEqual(['NoPodSecurity']);
    expect(finds(namespace('platform.io/managed: "true"'), '{ apiVersion: policies.kyverno.io/v1, kind: GeneratingPolicy, metadata: { name: a } }')).toEqual(['NoPodSecurity']);
  });

  test.each([
    ['platform.io/managed: "true"', 'cluster-admin', ['ClusterAdminBinding']],
    ['platform.io/managed: "true"', 'edit', ['BroadRole']],
    ['toolkit.fluxcd.io/tenant: a', 'cluster-admin', ['BroadRole']],
    ['toolkit.fluxcd.io/tenant: a', 'view', []],
    ['team: a', 'cluster-admin', []],
  ])('%s with somebody as %s', (label, role, expected) => {
    const binding = `{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: a, namespace: shop }, roleRef: { kind: ClusterRole, name: ${role} } }`;
    const given = label.startsWith('team') ? label : `${label}, ${ENFORCE}: baseline`;
    expect(finds(namespace(given), quota, limits, binding)).toEqual(expected);
  });
});

describe('Pod Security', () => {
  const refuses = (level: string, spec: string) => finds(namespace(`${ENFORCE}: ${level}`), object('Pod', spec)).length > 0;
  const container = (text: string) => `containers: [{ name: a, image: b, ${text} }]`;
  const GOOD = 'allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: [ALL] }, seccompProfile: { type: RuntimeDefault }';

  test.each([
    'hostNetwork: true, containers: []',
    'hostPID: true, containers: []',
    'volumes: [{ name: a, hostPath: { path: / } }], containers: []',
    'securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }, containers: []',
    'securityContext: { seccompProfile: { type: Unconfined } }, containers: []',
    'securityContext: { windowsOptions: { hostProcess: true } }, containers: []',
    container('securityContext: { privileged: true }'),
    container('securityContext: { capabilities: { add: [NET_ADMIN] } }'),
    container('securityContext: { procMount: Unmasked }'),
    container('securityContext: { seLinuxOptions: { type: spc_t } }'),
    container('ports: [{ containerPort: 1, hostPort: 1 }]'),
    `initContainers: [{ name: a, image: b, securityContext: { privileged: true } }], ${container('tty: true')}`,
  ])('baseline refuses %s', spec => expect(refuses('baseline', spec)).toBe(true));

  test.each([
    container('securityContext: { privileged: false, runAsUser: 0, capabilities: { add: [CHOWN] } }'),
    container('ports: [{ containerPort: 1, hostPort: 0 }]'),
    'securityContext: { sysctls: [{ name: net.ipv4.tcp_syncookies, value: "1" }] }, containers: []',
    'volumes: [{ name: a, nfs: { server: a, path: / } }], containers: []',
    'hostNetwork: "{{ .Values.hostNetwork }}", containers: []',
  ])('baseline takes %s', spec => expect(refuses('baseline', spec)).toBe(false));

  test.each([
    container('tty: true'),
    container('securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: [ALL] } }'),
    container(`securityContext: { ${GOOD.replace('ALL', 'all')} }`),
    container(`securityContext: { ${GOOD.replace('drop: [ALL]', 'drop: [ALL], add: [CHOWN]')} }`),
    container(`securityContext: { ${GOOD}, runAsUser: 0 }`),
    `securityContext: { runAsNonRoot: true }, ${container(`securityContext: { ${GOOD.replace('runAsNonRoot: true', 'runAsNonRoot: false')} }`)}`,
    `volumes: [{ name: a, nfs: { server: a, path: / } }], ${container(`securityContext: { ${GOOD} }`)}`,
  ])('restricted refuses %s', spec => expect(refuses('restricted', spec)).toBe(true));

  test.each([
    container(`securityContext: { ${GOOD} }`),
    container(`securityContext: { ${GOOD.replace('drop: [ALL]', 'drop: [ALL], add: [NET_BIND_SERVICE]')} }`),
    'securityContext: { runAsNonRoot: true, seccompProfile: { type: Localhost, localhostProfile: a } }, '
      + container('securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }'),
    container('securityContext: "{{ toYaml .Values.securityContext }}"'),
    `volumes: [{ name: a, emptyDir: {} }], ${container(`securityContext: { ${GOOD} }`)}`,
    `os: { name: windows }, ${container('securityContext: { runAsNonRoot: true }')}`,
  ])('restricted takes %s', spec => expect(refuses('restricted', spec)).toBe(false));

  test('is for the namespaces that enforce it, and waits for what a policy may put in', () => {
    const bare = object('Pod', container('tty: true'));
    expect(finds(namespace('pod-security.kubernetes.io/warn: restricted'), bare)).toEqual([]);
    expect(finds(bare)).toEqual([]);
    const mutates = '{ apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: { name: a }, spec: { rules: [{ mutate: {} }] } }';
    expect(finds(namespace(`${ENFORCE}: restricted`), bare, mutates)).toEqual([]);
  });

  test('points into the pod template', () => {
    const cron = '{ apiVersion: batch/v1, kind: CronJob, metadata: { name: a, namespace: shop }, '
      + 'spec: { jobTemplate: { spec: { template: { spec: { hostIPC: true, containers: [] } } } } } }';
    expect(findings('tenancy', documents(namespace(`${ENFORCE}: baseline`), cron)))
      .toMatchObject([{ pointer: '/spec/jobTemplate/spec/template/spec/hostIPC' }]);
  });
});

describe('quota', () => {
  const quota = (hard: string, more = '') => object('ResourceQuota', `hard: { ${hard} }${more}`);
  const deployment = (name: string, replicas: number | string, resources: string) =>
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: shop }, spec: { replicas: ${replicas}, template: { spec: { containers: [{ name: a, resources: { ${resources} } }] } } } }`;
  const one = 'requests: { memory: 1Gi }';

  test.each([
    ['replicas times a pod', [quota('requests.memory: 2Gi'), deployment('a', 3, one)]],
    ['memory, short for its requests', [quota('memory: 2Gi'), deployment('a', 3, one)]],
    ['a limit, which is the request too', [quota('requests.memory: 2Gi'), deployment('a', 3, 'limits: { memory: 1Gi }')]],
    ['two workloads together', [quota('requests.memory: 3Gi'), deployment('a', 2, one), deployment('b', 2, one)]],
    ['the number of pods', [quota('pods: 2'), deployment('a', 3, one)]],
    ['a pod of its own', [quota('requests.memory: 512Mi'), pod('a', 'a: b').replace('image: x', `image: x, resources: { ${one} }`)]],
  ])('is exceeded by %s', (_, objects) => expect(finds(...objects)).toEqual(['QuotaExceeded']));

  test.each([
    ['just enough', [quota('requests.memory: 3Gi'), deployment('a', 3, one)]],
    ['none at all', [quota('requests.memory: 1Gi'), deployment('a', 0, one)]],
    ['an autoscaler', [quota('requests.memory: 2Gi'), deployment('a', 3, one), '{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: a, namespace: shop } }']],
    ['a quota for some pods', [quota('requests.memory: 2Gi', ', scopes: [BestEffort]'), deployment('a', 3, one)]],
    ['a template', [quota('requests.memory: 2Gi'), deployment('a', '"{{ .Values.replicas }}"', one)]],
    ['the same object twice', [quota('requests.memory: 2Gi'), deployment('a', 2, one), deployment('a', 2, one)]],
  ])('holds with %s', (_, objects) => expect(finds(...objects)).toEqual([]));

  test('wants what it counts in every container, unless a LimitRange fills it in', () => {
    const without = [quota('limits.cpu: 4'), deployment('a', 1, one)];
    const limits = (amounts: string) => object('LimitRange', `limits: [{ type: Container, ${amounts} }]`);
    expect(finds(...without)).toEqual(['QuotaNeedsResources']);
    expect(finds(...without, limits('default: { memory: 1Gi }'))).toEqual(['QuotaNeedsResources']);
    expect(finds(...without, limits('default: { cpu: 1 }'))).toEqual([]);
    expect(finds(...without, limits('max: { cpu: 1 }'))).toEqual([]);
    expect(finds(quota('count/pods: 4'), deployment('a', 1, one))).toEqual([]);
  });
});

describe('limit range', () => {
  const range = (amounts: string) => object('LimitRange', `limits: [{ type: Container, ${amounts} }]`, 'limits');
  const asks = (resources: string) => object('Pod', `containers: [{ name: a, image: b, resources: { ${resources} } }]`);

  test.each([
    ['a limit above the max', 'max: { cpu: 1 }', 'limits: { cpu: 2 }'],
    ['a request above the max', 'max: { cpu: 1 }', 'requests: { cpu: 2 }, limits: { cpu: 3 }'],
    ['a request below the min', 'min: { cpu: 100m }', 'requests: { cpu: 50m }'],
    ['a request above the default limit', 'default: { cpu: 500m }', 'requests: { cpu: 1 }'],
    ['a request above the max, which is the default limit', 'max: { cpu: 500m }', 'requests: { cpu: 1 }'],
  ])('%s is refused', (_, amounts, resources) => expect(finds(range(amounts), asks(resources))).toEqual(['LimitRangeViolated']));

  test.each([
    ['at the bounds', 'min: { cpu: 1 }, max: { cpu: 1 }', 'requests: { cpu: 1 }, limits: { cpu: 1 }'],
    ['nothing, so that the defaults hold', 'default: { cpu: 1 }, max: { cpu: 1 }', ''],
    ['a limit of its own above the default', 'default: { cpu: 500m }', 'requests: { cpu: 1 }, limits: { cpu: 1 }'],
    ['another resource', 'max: { cpu: 1 }', 'limits: { memory: 2Gi }'],
  ])('%s is taken', (_, amounts, resources) => expect(finds(range(amounts), asks(resources))).toEqual([]));

  test('is that of the own namespace', () => {
    expect(finds(range('max: { cpu: 1 }').replace('namespace: shop', 'namespace: bank'), asks('limits: { cpu: 2 }'))).toEqual([]);
  });
});

describe('two owners', () => {
  const generator = (match: string, { namespace: target = '"{{ request.object.metadata.name }}"', exclude = '' } = {}) =>
    `{ apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: { name: add }, spec: { rules: [{ match: ${match}, ${exclude} generate: { apiVersion: v1, kind: ConfigMap, name: ca, namespace: ${target} } }] } }`;
  const ca = '{ apiVersion: v1, kind: ConfigMap, metadata: { name: ca, namespace: shop } }';
  const any = '{ any: [{ resources: { kinds: [Namespace] } }] }';
  const selected = '{ any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { team: a } } } }] }';

  test.each([
    ['a rule for every namespace', [generator(any)]],
    ['the older form of match', [generator('{ resources: { kinds: [Namespace] } }')]],
    ['a namespace by name', [generator('{ any: [{ resources: { kinds: [Namespace], names: [shop] } }] }')]],
    ['a namespace by label', [generator(selected), namespace('team: a')]],
    ['a fixed target', [generator(any, { namespace: 'shop' })]],
    ['an exclusion of others', [generator(any, { exclude: 'exclude: { any: [{ resources: { kinds: [Namespace], names: [kube-system] } }] },' })]],
    ['the kind with its version', [generator('{ any: [{ resources: { kinds: [v1/Namespace] } }] }')]],
    ['a pattern for names', [generator('{ any: [{ resources: { kinds: [Namespace], names: ["s*"] } }] }')]],
    ['the own name of the Namespace', [generator('{ any: [{ resources: { kinds: [Namespace], namespaces: [shop] } }] }')]],
    ['an exclusion by other labels', [generator(any, { exclude: 'exclude: { any: [{ resources: { selector: { matchLabels: { team: b } } } }] },' }), namespace('team: a')]],
    ['filters that all hold', [generator('{ all: [{ resources: { kinds: [Namespace] } }, { resources: { kinds: [Namespace], names: [shop] } }] }')]],
  ])('are found with %s', (_, objects) => expect(finds(ca, ...objects)).toEqual(['TwoOwners']));

  test.each([
    ['another label', [generator(selected), namespace('team: b')]],
    ['labels that nobody knows', [generator(selected)]],
    ['another fixed target', [generator(any, { namespace: 'bank' })]],
    ['another trigger', [generator('{ any: [{ resources: { kinds: [Pod] } }] }')]],
    ['the namespace excluded', [generator(any, { exclude: 'exclude: { any: [{ resources: { kinds: [Namespace], names: [shop] } }] },' })]],
    ['an exclusion by user', [generator(any, { exclude: 'exclude: { any: [{ clusterRoles: [cluster-admin] }] },' })]],
    ['a pattern for other names', [generator('{ any: [{ resources: { kinds: [Namespace], names: ["b*"] } }] }')]],
    ['an exclusion by name', [generator(any, { exclude: 'exclude: { any: [{ resources: { namespaces: ["sh*"] } }] },' })]],
    ['an exclusion by label', [generator(any, { exclude: 'exclude: { any: [{ resources: { selector: { matchLabels: { team: a } } } }] },' }), namespace('team: a')]],
    ['an exclusion by labels that nobody knows', [generator(any, { exclude: 'exclude: { any: [{ resources: { selector: { matchLabels: { team: a } } } }] },' })]],
    ['a selector of namespaces, which no Namespace is in', [generator('{ any: [{ resources: { kinds: [Namespace], namespaceSelector: { matchLabels: { team: a } } } }] }'), namespace('team: a')]],
    ['a filter that does not hold', [generator('{ all: [{ resources: { kinds: [Namespace] } }, { resources: { kinds: [Namespace], names: [bank] } }] }')]],
    ['a wildcard in a label', [generator('{ any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { team: "*" } } } }] }'), namespace('team: a')]],
    ['deletions only', [generator('{ any: [{ resources: { kinds: [Namespace], operations: [DELETE] } }] }')]],
    ['a condition', [generator(any, { exclude: 'preconditions: { all: [] },' })]],
  ])('are not, with %s', (_, objects) => expect(finds(ca, ...objects)).toEqual([]));

  const guard = (apiVersion: string, kind: string, spec: string, rule = '') =>
    `{ apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: { name: add }, spec: { rules: [{ match: ${any}, ${rule} generate: { apiVersion: ${apiVersion}, kind: ${kind}, name: made, namespace: "{{request.object.metadata.name}}", data: { spec: ${spec} } } }] } }`;
  const owned = (apiVersion: string, kind: string, spec: string) => `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: own, namespace: shop }, spec: ${spec} }`;
  const deny = '{ podSelector: {}, policyTypes: [Ingress] }';
  const range = '{ limits: [{ type: Container, default: { cpu: 1 }, defaultRequest: { cpu: 1 } }] }';
  const others = 'exclude: { any: [{ resources: { namespaces: [shop] } }] },';

  test.each([
    ['a quota', 'v1', 'ResourceQuota', '{ hard: { pods: "5", services: "1" } }', '{ hard: { pods: "9" } }'],
    ['a limit range', 'v1', 'LimitRange', range, range],
    ['a default deny', 'networking.k8s.io/v1', 'NetworkPolicy', deny, deny],
  ])('are %s from Git and one that is generated under another name', (_, apiVersion, kind, own, made) => {
    const owners = (rule: string, labels = 'a: b') =>
      finds(namespace(labels), owned(apiVersion, kind, own), guard(apiVersion, kind, made, rule)).filter(id => id === 'TwoOwners');
    expect(owners('')).toEqual(['TwoOwners']);
    expect(owners(others)).toEqual([]);
  });

  test.each([
    ['quotas that count different things', 'v1', 'ResourceQuota', '{ hard: { pods: "5" } }', '{ hard: { services: "9" } }'],
    ['a quota for some pods', 'v1', 'ResourceQuota', '{ hard: { pods: "5" }, scopes: [BestEffort] }', '{ hard: { pods: "9" } }'],
    ['a default deny and an allow', 'networking.k8s.io/v1', 'NetworkPolicy', deny, '{ podSelector: {}, policyTypes: [Egress], egress: [{}] }'],
    ['a deny for some pods', 'networking.k8s.io/v1', 'NetworkPolicy', '{ podSelector: { matchLabels: { a: b } }, policyTypes: [Ingress] }', deny],
    ['a limit range that is computed', 'v1', 'LimitRange', range, '{ limits: "{{ request.object.metadata.labels.limits }}" }'],
  ])('are not %s', (_, apiVersion, kind, own, made) => {
    expect(finds(namespace('a: b'), owned(apiVersion, kind, own), guard(apiVersion, kind, made)).filter(id => id === 'TwoOwners')).toEqual([]);
  });
});
