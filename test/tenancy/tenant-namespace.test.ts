import { Chart, JsonPatch } from 'cdk8s';
import { clusterObjects, identities, makeTenant, only, tenantObjects } from './support';
import { AllowSameNamespace, PodSecurityLevel, RemovalPolicy, TenantNamespace, type TenantNamespaceProps, Workload } from '../../src';
import { testChart } from '../support/synth';

const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

describe('TenantNamespace', () => {
  test('makes everything that keeps a tenant apart, each with a name of its own and in the namespace', () => {
    expect(identities(tenantObjects())).toEqual([
      'LimitRange payments/tenant',
      'Namespace payments',
      'NetworkPolicy payments/allow-dns',
      'NetworkPolicy payments/default-deny',
      'ResourceQuota payments/tenant',
      'RoleBinding payments/deployer',
      'ServiceAccount payments/default',
      'ServiceAccount payments/deployer',
    ]);
  });

  test('stays clear of a chart whose namespace is another one', () => {
    const objects = clusterObjects({}, ({ node }) => {
      const chart = new Chart(node.root as Chart, 'elsewhere', { namespace: 'elsewhere' });
      new TenantNamespace(chart, 'payments', { team: 'payments', removal: RemovalPolicy.DELETE, sameNamespace: true });
    });
    expect(only(objects, 'Namespace').metadata.namespace).toBeUndefined();
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set([undefined, 'payments']));
  });

  test('takes its name from the id, or from `name`', () => {
    expect(makeTenant().name).toBe('payments');
    const objects = tenantObjects({ name: 'payments-prod' });
    expect(only(objects, 'Namespace').metadata.name).toBe('payments-prod');
    expect(only(objects, 'ResourceQuota').metadata.namespace).toBe('payments-prod');
    expect(only(objects, 'RoleBinding').subjects[0].namespace).toBe('payments-prod');
  });

  test('is the namespace of what is created below it', () => {
    const tenant = makeTenant();
    expect(new Workload(tenant, 'api', { labels: { app: 'api' } }).namespace).toBe('payments');
    expect(tenant.workload('web', { labels: { app: 'web' } })).toMatchObject({ name: 'web', namespace: 'payments' });
    expect(tenant.workload('job', { labels: { app: 'job' }, name: 'nightly' }).name).toBe('nightly');
    expect(new Workload(new Chart(tenant, 'plain'), 'a', { labels: { app: 'a' } }).namespace).toBe('payments');
    expect(new Workload(new Chart(tenant, 'tools', { namespace: 'tools' }), 'b', { labels: { app: 'b' } }).namespace).toBe('tools');
    expect(tenant.allPods).toMatchObject({ name: 'all-pods', namespace: 'payments' });
  });

  test.each([
    ['Payments', /tenants\/payments \(TenantNamespace\): name: given "Payments"; allowed: .*1 to 63 characters. Write 'payments'/],
    ['kube-system', /name: given "kube-system"; allowed: .*platform's own: .*kube-system.*`systemNamespaces` of Platform/],
    ['default', /name: given "default"/],
  ])('refuses the name %s', (name, message) => {
    expect(() => makeTenant({ name })).toThrow(message);
  });

  test('takes the name of a system namespace that the platform does not count as one', () => {
    expect(makeTenant({ name: 'kyverno' }, { systemNamespaces: ['kube-system'] }).name).toBe('kyverno');
  });

  test.each<[Partial<Record<keyof TenantNamespaceProps, unknown>>, RegExp]>([
    [{ team: undefined }, /team: given nothing; allowed: a text/],
    [{ size: 'huge' }, /size: given "huge"; allowed: TenantSize.SMALL or TenantSize.MEDIUM or TenantSize.LARGE. Name one of them/],
    [{ podSecurity: 'strict' }, /podSecurity: given "strict"; allowed: PodSecurityLevel\./],
    [{ egress: 'HTTPS' }, /egress: given "HTTPS"; allowed: TenantEgress.CLOSED or TenantEgress.HTTPS/],
  ])('refuses %j, which a compiler would have', (props, message) => {
    expect(() => makeTenant(props as Partial<TenantNamespaceProps>)).toThrow(message);
  });

  test('refuses to be made of nothing', () => {
    expect(() => new TenantNamespace(testChart(), 'a', undefined as any)).toThrow(/test\/a \(TenantNamespace\): props: given nothing; allowed: an object with team, removal/);
    expect(() => TenantNamespace.adopt(testChart(), 'a', undefined as any)).toThrow(/TenantNamespace.adopt: props: given nothing; allowed: an object with team/);
  });

  test.each([
    ['', /team: given ""; allowed: the name of a team/],
    ['team payments', /team: given "team payments"; .*Write 'team-payments'/],
  ])('refuses the team "%s"', (team, message) => {
    expect(() => makeTenant({ team })).toThrow(message);
  });
});

describe('the labels of the namespace', () => {
  test('say who owns it and that the policies of the platform hold', () => {
    expect(only(tenantObjects(), 'Namespace').metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'cdk8s-guardrails',
      'platform.io/managed': 'true',
      'platform.io/team': 'payments',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'latest',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'latest',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'latest',
      'toolkit.fluxcd.io/tenant': 'payments',
    });
  });

  test('have a prefix of the platform, and stay managed', () => {
    const { labels } = only(tenantObjects({
      labelPrefix: 'acme.example', environment: 'prod', costCenter: 'cc-42', labels: { 'acme.example.org/tier': 'gold', 'istio-injection': 'enabled' },
    }), 'Namespace').metadata;
    expect(labels).toMatchObject({
      'acme.example/team': 'payments',
      'acme.example/environment': 'prod',
      'acme.example/cost-center': 'cc-42',
      'acme.example.org/tier': 'gold',
      'istio-injection': 'enabled',
      'platform.io/managed': 'true',
    });
    expect(labels).not.toHaveProperty(['platform.io/team']);
  });

  test.each([
    ['platform.io/managed', 'platform.io/managed'],
    ['platform.io/team', 'platform.io/'],
    ['platform.io/anything', 'platform.io/'],
    ['kubernetes.io/metadata.name', 'kubernetes.io/'],
    ['pod-security.kubernetes.io/enforce', 'pod-security.kubernetes.io/'],
    ['toolkit.fluxcd.io/tenant', 'toolkit.fluxcd.io/'],
    ['kustomize.toolkit.fluxcd.io/name', 'kustomize.toolkit.fluxcd.io/'],
    ['app.kubernetes.io/managed-by', 'app.kubernetes.io/managed-by'],
  ])('cannot be %s, which somebody else decides on', (key, owner) => {
    expect(() => makeTenant({ labels: { [key]: 'x' } }))
      .toThrow(new RegExp(`tenants/payments \\(TenantNamespace\\): labels: given ${key};.*${owner} is reserved.*prefix of your own`));
  });

  test('cannot be `platform.io/managed` under another prefix either', () => {
    expect(() => makeTenant({ labelPrefix: 'acme.example', labels: { 'platform.io/managed': 'false' } })).toThrow(/platform.io\/managed is reserved/);
    expect(() => makeTenant({ labelPrefix: 'acme.example', labels: { 'platform.io/tier': 'gold' } })).not.toThrow();
  });

  test.each(['app.kubernetes.io/part-of', 'platform.io.example/team', 'kubernetes.io', 'team'])('can be %s', key => {
    expect(only(tenantObjects({ labels: { [key]: 'x' } }), 'Namespace').metadata.labels).toHaveProperty([key], 'x');
  });

  test.each([
    [{ labels: { 'my team': 'x' } }, /labels: given "my team"/],
    [{ labels: { tier: 'gold!' } }, /labels: given \{"tier":"gold!"\}/],
    [{ environment: 'pre prod' }, /labels: given \{"platform.io\/environment":"pre prod"\}/],
    [{ costCenter: '-1' }, /labels: given \{"platform.io\/cost-center":"-1"\}/],
    [{ labelPrefix: 'Acme' }, /labelPrefix: given "Acme\/team"/],
    [{ labelPrefix: '' }, /labelPrefix: given "\/team"/],
    [{ labelPrefix: 'pod-security.kubernetes.io' }, /labelPrefix: given "pod-security.kubernetes.io"; allowed: a domain of your own/],
    [{ labelPrefix: 'toolkit.fluxcd.io' }, /labelPrefix: given "toolkit.fluxcd.io"/],
    [{ annotations: { 'two words': 'x' } }, /annotations: given "two words"/],
    [{ annotations: { owner: 7 as any } }, /annotations\.owner: given 7; allowed: a text\. Quote it: '7'/],
  ])('%j is refused as the API server would', (props, message) => {
    expect(() => makeTenant(props)).toThrow(message);
  });
});

describe('Pod Security', () => {
  test.each(Object.values(PodSecurityLevel))('%s holds for enforce, audit and warn', level => {
    const { labels } = only(tenantObjects({ podSecurity: level, podSecurityVersion: 'v1.33' }), 'Namespace').metadata;
    for (const mode of ['enforce', 'audit', 'warn']) {
      expect(labels).toMatchObject({ [`pod-security.kubernetes.io/${mode}`]: level, [`pod-security.kubernetes.io/${mode}-version`]: 'v1.33' });
    }
  });

  test.each(['1.33', 'v1', 'v1.33.2', 'newest', ''])('the version %j is refused', podSecurityVersion => {
    expect(() => makeTenant({ podSecurityVersion })).toThrow(/podSecurityVersion: given ".*"; allowed: latest, or a version such as v1.33/);
  });
});

describe('what happens when the tenant leaves the repository', () => {
  test('RETAIN keeps the namespace from being pruned, beside the annotations that are given', () => {
    const { annotations } = only(tenantObjects({ annotations: { owner: 'payments' } }), 'Namespace').metadata;
    expect(annotations).toEqual({ owner: 'payments', [PRUNE]: 'disabled' });
  });

  test('RETAIN keeps it isolated, since its pods run on; DELETE has nothing to isolate', () => {
    const deny = (removal: RemovalPolicy) => only(tenantObjects({ removal }), 'NetworkPolicy', 'default-deny').metadata.annotations;
    expect([deny(RemovalPolicy.RETAIN), deny(RemovalPolicy.DELETE)]).toEqual([{ [PRUNE]: 'disabled' }, undefined]);
  });

  test('has to be said, from plain JavaScript too', () => {
    expect(() => makeTenant({ removal: undefined as unknown as RemovalPolicy })).toThrow(/removal: given nothing; allowed: RemovalPolicy.RETAIN or/);
  });

  test('DELETE leaves the namespace to Flux', () => {
    const { annotations } = only(tenantObjects({ removal: RemovalPolicy.DELETE, annotations: { owner: 'payments' } }), 'Namespace').metadata;
    expect(annotations).toEqual({ owner: 'payments' });
  });

  test('an annotation cannot say otherwise', () => {
    expect(() => makeTenant({ removal: RemovalPolicy.DELETE, annotations: { [PRUNE]: 'disabled' } }))
      .toThrow(/annotations: given kustomize.toolkit.fluxcd.io\/prune;.*`removal` stands for. Say RemovalPolicy.RETAIN or/);
    expect(() => makeTenant({ annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' } })).not.toThrow();
  });

  test.each(Object.values(RemovalPolicy))('the default service account, which the cluster makes, is never pruned (%s)', removal => {
    const objects = tenantObjects({ removal });
    expect(only(objects, 'ServiceAccount', 'default').metadata.annotations).toEqual({ [PRUNE]: 'disabled' });
    const others = objects.filter(({ kind, metadata }) => kind !== 'Namespace' && !['default', 'default-deny'].includes(metadata.name));
    expect(others.map(({ metadata }) => metadata.annotations?.[PRUNE])).toEqual(Array(5).fill(undefined));
  });
});

describe('TenantNamespace.adopt', () => {
  const adopted = (props = {}) => clusterObjects({}, chart => TenantNamespace.adopt(chart, 'payments', { team: 'payments', ...props }))
    .filter(({ kind }) => kind !== 'ClusterRole');

  test('makes the same but for the namespace', () => {
    const removal = RemovalPolicy.RETAIN;
    expect(adopted()).toEqual(tenantObjects({ removal }).filter(({ kind }) => kind !== 'Namespace'));
  });

  test('leaves the namespace isolated as RETAIN does, since its pods run on, and nothing open', () => {
    const kept = adopted({ gatewayPorts: [], sameNamespace: true }).filter(({ metadata }) => metadata.annotations?.[PRUNE] === 'disabled');
    expect(identities(kept)).toEqual(['NetworkPolicy payments/default-deny', 'ServiceAccount payments/default']);
  });

  test.each(['removal', 'labels', 'podSecurity'])('has no %s: the namespace is not its own', key => {
    expect(() => adopted({ [key]: undefined })).not.toThrow();
    expect(() => adopted({ [key]: 'retain' })).toThrow(new RegExp(`TenantNamespace.adopt: props: given \`${key}\`; allowed: team, `));
  });

  test('lives beside whoever makes the namespace', () => {
    const objects = clusterObjects({}, chart => {
      new TenantNamespace(chart, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN });
      TenantNamespace.adopt(chart, 'legacy', { team: 'payments', name: 'legacy-shop' });
    });
    expect(identities(objects).filter(identity => identity.startsWith('Namespace'))).toEqual(['Namespace payments']);
    expect(identities(objects)).toContain('NetworkPolicy legacy-shop/default-deny');
  });

  test('is a TenantNamespace: constructs below it live in the namespace', () => {
    const tenant = TenantNamespace.adopt(testChart(), 'payments', { team: 'payments' });
    expect(tenant).toBeInstanceOf(TenantNamespace);
    expect(tenant.workload('api', { labels: { app: 'api' } }).namespace).toBe('payments');
  });

  test('refuses what TenantNamespace refuses, in its name', () => {
    expect(() => adopted({ name: 'kube-system' })).toThrow(/tenants\/payments \(TenantNamespace\): name: given "kube-system"/);
    expect(() => adopted({ role: 'cluster-admin' })).toThrow(/role: given "cluster-admin"/);
    expect(() => adopted({ team: '' })).toThrow(/team: given ""/);
  });

  test('a second tenant of one namespace is refused, and both are named', () => {
    expect(() => clusterObjects({}, chart => {
      new TenantNamespace(chart, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN });
      TenantNamespace.adopt(chart, 'again', { team: 'payments', name: 'payments' });
    })).toThrow(/tenants\/again \(TenantNamespace\).*ResourceQuota payments\/tenant, which tenants\/payments \(TenantNamespace\) makes already/);
  });
});

describe('the objects of a tenant', () => {
  test.each([
    ['made', (chart: Chart, gitops: object) => new TenantNamespace(chart, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN, ...gitops })],
    ['adopted', (chart: Chart, gitops: object) => TenantNamespace.adopt(chart, 'payments', { team: 'payments', ...gitops })],
  ])('can be patched where it is %s, but for those that come below it later', (_, build) => {
    const objects = clusterObjects({}, chart => {
      const tenant = build(chart, { gitops: { git: { url: 'https://git.example.com/a', branch: 'main' } } });
      new AllowSameNamespace(tenant, 'later');
      tenant.apiObjects.forEach(object => object.addJsonPatch(JsonPatch.add('/metadata/labels', { patched: 'yes' })));
      expect(tenant.gitops!.apiObjects.map(({ kind }) => kind).sort()).toEqual(['GitRepository', 'Kustomization']);
    }).filter(({ kind }) => kind !== 'ClusterRole');
    expect(identities(objects.filter(({ metadata }) => metadata.labels?.patched !== 'yes'))).toEqual(['NetworkPolicy payments/allow-same-namespace']);
    expect(objects.length).toBeGreaterThan(8);
  });
});
