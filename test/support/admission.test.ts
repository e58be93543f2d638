import { Admission, Review, Unsupported } from './admission';

const team = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a', labels: { 'platform.io/managed': 'true' } } };
const pod = (container: object = {}, metadata: object = {}): any => (
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'team-a', ...metadata }, spec: { containers: [{ name: 'a', ...container }] } }
);
const deployment = (container: object = {}): any => (
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'team-a' }, spec: { template: { spec: pod(container).spec } } }
);
const kinds = (...names: string[]): object => ({ any: [{ resources: { kinds: names } }] });
const policy = (rules: object[], spec: object = {}, name = 'p'): object => (
  { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name }, spec: { ...spec, rules } }
);
const validate = (rule: object, name = 'r'): object => ({ name, match: kinds('Pod'), validate: { message: 'No.', failureAction: 'Enforce', ...rule } });
const notLatest = { pattern: { spec: { containers: [{ image: '!*:latest' }] } } };

const latest = { image: 'a:latest' };
const pinned = { image: 'a:1' };

describe('the policies of the source articles', () => {
  const limits = policy([{
    name: 'check-container-limits',
    match: { any: [{ resources: { kinds: ['Pod'], namespaceSelector: { matchExpressions: [{ key: 'platform.io/managed', operator: 'In', values: ['true'] }] } } }] },
    validate: {
      message: 'All containers must have CPU and memory limits.',
      pattern: { spec: { containers: [{ '(name)': '*', 'resources': { limits: { memory: '?*', cpu: '?*' } } }] } },
    },
  }], { validationFailureAction: 'Enforce' }, 'require-resource-limits');
  const limited = { resources: { limits: { memory: '1Gi', cpu: '1' } } };

  test('limits are wanted from pods and from the templates of controllers in managed namespaces only', () => {
    const admission = new Admission([limits], { namespaces: [team] });
    expect(admission.allows({ object: pod(limited) })).toBe(true);
    expect(admission.review({ object: pod() }).denied)
      .toEqual(['require-resource-limits/check-container-limits: All containers must have CPU and memory limits.']);
    expect(admission.review({ object: deployment() }).denied)
      .toEqual(['require-resource-limits/autogen-check-container-limits: All containers must have CPU and memory limits.']);
    expect(admission.allows({ object: pod(), namespaceLabels: {} })).toBe(true);
  });

  test('a managed namespace gets its default deny', () => {
    const generator = policy([{
      name: 'create-default-deny',
      match: { any: [{ resources: { kinds: ['Namespace'], selector: { matchLabels: { 'platform.io/managed': 'true' } } } }] },
      generate: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        name: 'default-deny-all',
        namespace: '{{request.object.metadata.name}}',
        synchronize: true,
        data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
      },
    }], {}, 'generate-default-deny');
    const { generated, allowed } = new Admission([generator]).review({ object: team });
    expect(allowed).toBe(true);
    expect(generated).toEqual([{
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: expect.objectContaining({ name: 'default-deny-all', namespace: 'team-a' }),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    }]);
    expect(generated[0].metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'kyverno', 'generate.kyverno.io/policy-name': 'generate-default-deny',
    });
    expect(new Admission([generator]).review({ object: { ...team, metadata: { name: 'x' } } }).generated).toEqual([]);
  });
});

describe('actions', () => {
  const review = (rules: object[], spec: object = {}, kyvernoVersion = '1.19'): Review => (
    new Admission([policy(rules, spec)], { kyvernoVersion }).review({ object: pod(latest) })
  );
  const bare = (name: string, failureAction?: string): object => validate({ ...notLatest, failureAction }, name);

  test('Enforce denies, Audit only reports', () => {
    expect(review([bare('r', 'Enforce')])).toMatchObject({ allowed: false, denied: ['p/r: No.'], warned: [] });
    expect(review([bare('r', 'Audit')])).toMatchObject({ allowed: true, denied: [], warned: ['p/r: No.'] });
  });

  test('the action of the rule comes before that of the policy, and nothing said is Audit', () => {
    expect(review([bare('r')]).allowed).toBe(true);
    expect(review([bare('r')], { validationFailureAction: 'Enforce' }).allowed).toBe(false);
    expect(review([bare('r', 'Audit')], { validationFailureAction: 'enforce' }).allowed).toBe(true);
  });

  test('up to 1.18 the first rule decides for all, from 1.19 each for itself', () => {
    const rules = [bare('a', 'Audit'), bare('b', 'Enforce')];
    expect(review(rules, {}, '1.18').denied).toEqual([]);
    expect(review(rules, {}, '1.19').denied).toEqual(['p/b: No.']);
  });

  test('an override holds for its namespaces', () => {
    const overriding = (namespaces: string[]): object => (
      validate({ ...notLatest, failureAction: 'Audit', failureActionOverrides: [{ action: 'Enforce', namespaces }] })
    );
    expect(review([overriding(['team-*'])]).allowed).toBe(false);
    expect(review([overriding(['other'])]).allowed).toBe(true);
  });

  test('applyRules One stops at the first rule that applies', () => {
    expect(review([bare('a', 'Enforce'), bare('b', 'Enforce')]).denied).toHaveLength(2);
    expect(review([bare('a', 'Enforce'), bare('b', 'Enforce')], { applyRules: 'One' }).denied).toHaveLength(1);
  });

  test('a policy that is off at admission says nothing', () => {
    expect(review([bare('r', 'Enforce')], { admission: false }).allowed).toBe(true);
  });
});

describe('errors', () => {
  const broken = validate({ deny: { conditions: { any: [{ key: '{{ request.object.spec.nothing }}', operator: 'Equals', value: 'x' }] } } });

  test('a missing key blocks where the policy enforces and fails closed', () => {
    expect(new Admission([policy([broken])]).review({ object: pod() }).denied).toEqual(["p/r: error: unknown key 'nothing'"]);
    const open = new Admission([policy([broken], { webhookConfiguration: { failurePolicy: 'Ignore' } })]).review({ object: pod() });
    expect(open).toMatchObject({ allowed: true, warned: ["p/r: error: unknown key 'nothing'"] });
  });

  test('in an Audit policy it is only reported', () => {
    const audited = { ...broken, validate: { ...(broken as any).validate, failureAction: 'Audit' } };
    expect(new Admission([policy([audited])]).allows({ object: pod() })).toBe(true);
  });
});

describe('deny', () => {
  const onDelete = (resources: object = {}): Admission => new Admission([policy([{
    name: 'r',
    match: { any: [{ resources: { kinds: ['NetworkPolicy'], ...resources } }] },
    validate: {
      failureAction: 'Enforce',
      deny: { conditions: { all: [{ key: '{{ request.object.metadata.name }}', operator: 'Equals', value: 'default-*' }] } },
    },
  }])]);
  const object = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'default-deny', namespace: 'team-a' } };

  test('also speaks on DELETE unless operations leave it out', () => {
    expect(onDelete().denies({ operation: 'DELETE', object })).toBe(true);
    expect(onDelete({ operations: ['CREATE'] }).denies({ operation: 'DELETE', object })).toBe(false);
    expect(onDelete().allows({ operation: 'DELETE', object: { ...object, metadata: { name: 'mine' } } })).toBe(true);
  });

  test('without conditions denies everything', () => {
    expect(new Admission([policy([validate({ deny: {} })])]).denies({ object: pod() })).toBe(true);
  });

  test('can tell who asks', () => {
    const admission = new Admission([policy([validate({
      deny: { conditions: { all: [{ key: '{{ serviceAccountName }}', operator: 'NotEquals', value: 'flux' }] } },
    })], { background: false })]);
    expect(admission.allows({ object: pod(), userInfo: { serviceAccount: { namespace: 'team-a', name: 'flux' } } })).toBe(true);
    expect(admission.denies({ object: pod(), userInfo: { username: 'jane' } })).toBe(true);
    expect(() => admission.review({ object: pod() })).toThrow(Unsupported);
  });
});

describe('patterns', () => {
  test('are not evaluated on DELETE', () => {
    const review = new Admission([policy([validate(notLatest)])]).review({ operation: 'DELETE', object: pod(latest) });
    expect(review).toMatchObject({ allowed: true, skipped: ['p/r: patterns are not evaluated on DELETE'] });
  });

  test('take variables', () => {
    const admission = new Admission([policy([validate({ pattern: { spec: { hostname: '{{ request.object.metadata.name }}' } } })])]);
    expect(admission.allows({ object: { ...pod(), spec: { hostname: 'p' } } })).toBe(true);
    expect(admission.denies({ object: { ...pod(), spec: { hostname: 'q' } } })).toBe(true);
  });

  test('let an update through that was already wrong, unless told not to', () => {
    const update = (before: object): any => ({ operation: 'UPDATE', object: pod(latest), oldObject: pod(before) });
    const tolerant = new Admission([policy([validate(notLatest)])]);
    expect(tolerant.allows(update(latest))).toBe(true);
    expect(tolerant.denies(update(pinned))).toBe(true);
    expect(new Admission([policy([validate({ ...notLatest, allowExistingViolations: false })])]).denies(update(latest))).toBe(true);
  });

  test('a message takes variables, and stays as it is where they do not resolve', () => {
    const denied = (message: string): string[] => {
      const admission = new Admission([policy([validate({ ...notLatest, message })])]);
      return admission.review({ object: pod(latest) }).denied;
    };
    expect(denied('{{ request.object.metadata.name }} is latest')).toEqual(['p/r: p is latest']);
    expect(denied('{{ request.object.metadata.nothing }}')).toEqual(['p/r: {{ request.object.metadata.nothing }}']);
  });

  test('preconditions skip', () => {
    const rule = { ...validate(notLatest), preconditions: { all: [{ key: '{{ request.operation }}', operator: 'Equals', value: 'UPDATE' }] } };
    expect(new Admission([policy([rule])]).review({ object: pod(latest) }))
      .toMatchObject({ allowed: true, skipped: ['p/r: preconditions not met'] });
  });
});

describe('foreach', () => {
  const each = (entry: object): Admission => new Admission([policy([validate({
    foreach: [{ list: 'request.object.spec.[initContainers, containers][]', ...entry }],
  })])]);

  test('holds patterns against each element', () => {
    expect(each({ pattern: { image: '!*:latest' } }).allows({ object: pod(pinned) })).toBe(true);
    expect(each({ pattern: { image: '!*:latest' } }).denies({ object: pod(latest) })).toBe(true);
    expect(each({ pattern: { image: '!*:latest' } }).denies({ object: deployment(latest) })).toBe(true);
  });

  test('knows the element in conditions and preconditions', () => {
    const deny = { conditions: { any: [{ key: '{{ element.image }}', operator: 'Equals', value: '*:latest' }] } };
    expect(each({ deny }).denies({ object: pod(latest) })).toBe(true);
    expect(each({ deny }).allows({ object: pod(pinned) })).toBe(true);
    const preconditions = { all: [{ key: '{{ elementIndex }}', operator: 'GreaterThan', value: 0 }] };
    expect(each({ deny, preconditions }).review({ object: pod(latest) }).skipped).toEqual(['p/r: foreach met no item']);
  });

  test('nests', () => {
    const deny = { conditions: { all: [{ key: '{{ element1.hostPort || `0` }}', operator: 'GreaterThan', value: 0 }] } };
    const nested = { foreach: [{ list: 'element.ports', deny }] };
    expect(each(nested).denies({ object: pod({ ports: [{ hostPort: 80 }] }) })).toBe(true);
    expect(each(nested).allows({ object: pod({ ports: [{ containerPort: 80 }] }) })).toBe(true);
    expect(each(nested).allows({ object: pod() })).toBe(true);
  });

  test('holds patterns against the object where elementScope is off', () => {
    const entry = { elementScope: false, pattern: { metadata: { labels: { image: '{{ element.image }}' } } } };
    expect(each(entry).allows({ object: pod(pinned, { labels: { image: 'a:1' } }) })).toBe(true);
    expect(each(entry).denies({ object: pod(pinned) })).toBe(true);
  });

  test('an error shows only on the last element', () => {
    const deny = { conditions: { any: [{ key: '{{ element.image }}', operator: 'Equals', value: '*:latest' }] } };
    const two = (first: object, second: object): any => ({ ...pod(), spec: { containers: [first, second] } });
    expect(each({ deny }).allows({ object: two({ name: 'a' }, pinned) })).toBe(true);
    expect(each({ deny }).denies({ object: two(pinned, { name: 'a' }) })).toBe(true);
  });
});

describe('podSecurity', () => {
  test('finds the pod spec of pods and controllers', () => {
    const admission = new Admission([policy([validate({ podSecurity: { level: 'baseline', version: 'latest' } })])]);
    expect(admission.allows({ object: pod() })).toBe(true);
    expect(admission.denies({ object: pod({ securityContext: { privileged: true } }) })).toBe(true);
    expect(admission.denies({ object: deployment({ securityContext: { privileged: true } }) })).toBe(true);
  });
});

describe('mutation', () => {
  const label = { name: 'label', match: kinds('Namespace'), mutate: { patchStrategicMerge: { metadata: { labels: { '+(team)': 'none' } } } } };
  const wantsTeam = { ...validate({ pattern: { metadata: { labels: { team: '?*' } } } }, 'team'), match: kinds('Namespace') };

  test('comes before validation and returns the changed object', () => {
    const review = new Admission([policy([wantsTeam], {}, 'v'), policy([label], {}, 'm')]).review({ object: team });
    expect(review).toMatchObject({ allowed: true, object: { metadata: { labels: { 'team': 'none', 'platform.io/managed': 'true' } } } });
    expect(new Admission([policy([wantsTeam])]).denies({ object: team })).toBe(true);
  });

  test('is derived for controllers', () => {
    const automount = { name: 'r', match: kinds('Pod'), mutate: { patchStrategicMerge: { spec: { '+(automountServiceAccountToken)': false } } } };
    const { object } = new Admission([policy([automount])]).review({ object: deployment() });
    expect(object.spec.template.spec.automountServiceAccountToken).toBe(false);
  });

  test('walks a list', () => {
    const foreach = [{
      list: 'request.object.spec.containers',
      preconditions: { all: [{ key: '{{ element.image }}', operator: 'Equals', value: '*:latest' }] },
      patchStrategicMerge: { spec: { containers: [{ name: '{{ element.name }}', imagePullPolicy: 'Always' }] } },
    }];
    const object = { ...pod(), spec: { containers: [{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:latest' }] } };
    expect(new Admission([policy([{ name: 'r', match: kinds('Pod'), mutate: { foreach } }])]).review({ object }).object.spec.containers)
      .toEqual([{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:latest', imagePullPolicy: 'Always' }]);
  });

  test('an error blocks', () => {
    const broken = { ...label, mutate: { patchStrategicMerge: { metadata: { labels: { a: '{{ request.object.metadata.nothing }}' } } } } };
    expect(new Admission([policy([broken])]).review({ object: team })).toMatchObject({ allowed: false, object: team });
  });
});

describe('generation', () => {
  const generate = (spec: object): any => (
    new Admission([policy([{ name: 'g', match: kinds('Namespace'), generate: spec }])]).review({ object: team })
  );

  test('clones are markers', () => {
    const identity = { apiVersion: 'v1', kind: 'Secret', name: 'pull', namespace: '{{ request.object.metadata.name }}' };
    expect(generate({ ...identity, clone: { namespace: 'platform', name: 'pull' } }).generated[0])
      .toMatchObject({ kind: 'Secret', metadata: { name: 'pull', namespace: 'team-a' }, clonedFrom: { namespace: 'platform', name: 'pull' } });
    expect(generate({ namespace: 'team-a', cloneList: { namespace: 'platform', kinds: ['v1/Secret'] } }).generated[0])
      .toMatchObject({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'team-a' }, clonedFrom: { namespace: 'platform' } });
  });

  test('the name of the rule wins over that in data', () => {
    const data = { metadata: { name: 'other', labels: { a: 'b' } }, data: { who: '{{ request.object.metadata.name }}' } };
    expect(generate({ apiVersion: 'v1', kind: 'ConfigMap', name: 'c', namespace: 'team-a', data }).generated[0])
      .toMatchObject({ metadata: { name: 'c', labels: { a: 'b' } }, data: { who: 'team-a' } });
  });

  test('foreach makes one object per element', () => {
    const foreach = [{ list: "['a', 'b']", apiVersion: 'v1', kind: 'ConfigMap', name: '{{ element }}', namespace: 'team-a', data: {} }];
    expect(generate({ foreach }).generated.map(({ metadata }: any) => metadata.name)).toEqual(['a', 'b']);
  });

  test('an error makes nothing and lets the request through', () => {
    const review = generate({ apiVersion: 'v1', kind: 'ConfigMap', name: '{{ request.object.metadata.nothing }}', namespace: 'x', data: {} });
    expect(review).toMatchObject({ allowed: true, generated: [], warned: ["p/g: error: unknown key 'nothing'"] });
  });

  test('nothing is made for a request that is denied', () => {
    const denied = { ...validate({ deny: {} }), match: kinds('Namespace') };
    const generator = { name: 'g', match: kinds('Namespace'), generate: { apiVersion: 'v1', kind: 'ConfigMap', name: 'c', namespace: 'x', data: {} } };
    expect(new Admission([policy([denied], {}, 'v'), policy([generator], {}, 'g')]).review({ object: team }).generated).toEqual([]);
  });
});

describe('what is not covered is said', () => {
  test.each([
    validate({ cel: { expressions: [] } }),
    validate({ podSecurity: { level: 'baseline', version: 'v1.25' } }),
    { name: 'r', match: kinds('Pod'), mutate: { patchesJson6902: '[]' } },
    { name: 'r', match: kinds('Pod'), mutate: { targets: [], patchStrategicMerge: {} } },
  ])('%j', (rule) => {
    expect(() => new Admission([policy([rule])]).review({ object: pod() })).toThrow(Unsupported);
  });

  test('other policies and newer versions of Kyverno are refused', () => {
    expect(() => new Admission([{ apiVersion: 'policies.kyverno.io/v1', kind: 'ValidatingPolicy' }])).toThrow(/ValidatingPolicy/);
    expect(() => new Admission([policy([])], { kyvernoVersion: '1.20' })).toThrow(/up to 1.19/);
  });
});
