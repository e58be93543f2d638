import { admissionOf, MANAGED, objectsOf, policyOf } from './support';
import {
  KyvernoDefaultLimits, KyvernoGenerateDefaultDeny, KyvernoGenerateQuota, type KyvernoNamespaceOptions, KyvernoRequireLabels,
  KyvernoRequireLimits, LabelSelector, PolicyAction,
} from '../../src';

type Build = (options: KyvernoNamespaceOptions) => (chart: ConstructorParameters<typeof KyvernoRequireLimits>[0]) => unknown;

const INTENTS: [string, Build][] = [
  ['KyvernoRequireLimits', options => chart => new KyvernoRequireLimits(chart, 'intent', { action: PolicyAction.ENFORCE, ...options })],
  ['KyvernoRequireLabels', options => chart =>
    new KyvernoRequireLabels(chart, 'intent', { action: PolicyAction.ENFORCE, kinds: ['v1/Service'], labels: ['team'], ...options })],
  ['KyvernoDefaultLimits', options => chart => new KyvernoDefaultLimits(chart, 'intent', { defaults: { cpuLimit: '1' }, ...options })],
  ['KyvernoGenerateDefaultDeny', options => chart => new KyvernoGenerateDefaultDeny(chart, 'intent', { generateExisting: true, ...options })],
  ['KyvernoGenerateQuota', options => chart => new KyvernoGenerateQuota(chart, 'intent', { generateExisting: true, quota: { pods: '5' }, ...options })],
];

describe.each(INTENTS)('%s', (name, build) => {
  test.each([
    [{ excludeNamespaces: ['*'] }, 'excludeNamespaces: given "*"; allowed: names that leave some namespace over.'],
    [{ excludeNamespaces: ['edge', '?*'] }, 'excludeNamespaces: given "?*"'],
    [{ excludeNamespaces: [''] }, 'excludeNamespaces: given ""; allowed: lower-case letters'],
    [{ excludeNamespaces: ['Edge'] }, 'excludeNamespaces: given "Edge"'],
    [{ excludeNamespaces: 'edge' }, 'excludeNamespaces: given "edge"; allowed: a list'],
    [{ excludeNamespaces: [7] }, 'excludeNamespaces[0]: given 7'],
    [{ namespaceSelector: LabelSelector.labels({ 'k8s:team': 'a' }) }, 'namespaceSelector: given "k8s:team"; '],
    [{ namespaceSelector: { matchLabels: { team: 'a' } } }, 'namespaceSelector: given {"matchLabels":{"team":"a"}}; allowed: a LabelSelector'],
  ])('refuses %j', (options, message) => {
    expect(() => objectsOf(build(options as KyvernoNamespaceOptions))).toThrow(`chart/intent (${name}): ${message}`);
  });

  test('takes names, wildcards beside letters, and no name at all', () => {
    for (const excludeNamespaces of [['edge', 'kube-*', '*-system', 'team-?'], []]) {
      expect(() => policyOf(build({ excludeNamespaces }))).not.toThrow();
    }
  });

  test('leaves the platform\'s namespaces out, whatever is left out besides', () => {
    const platform = { systemNamespaces: ['flux-system', 'ops'] };
    const excluded = (options: KyvernoNamespaceOptions) => policyOf(build(options), platform).spec.rules
      .flatMap(({ exclude }: any) => exclude.any).flatMap(({ resources }: any) => resources.namespaces ?? []);
    expect(new Set(excluded({ excludeNamespaces: ['legacy', 'ops'] }))).toEqual(new Set(['flux-system', 'legacy', 'ops']));
    expect(new Set(excluded({ namespaceSelector: LabelSelector.all(), excludeNamespaces: [] }))).toEqual(new Set(['flux-system', 'ops']));
  });
});

test.each(INTENTS)('%s gives its objects, for JSON patches', (_name, build) => {
  const given: number[] = [];
  const objects = objectsOf(chart => {
    given.push((build({})(chart) as KyvernoRequireLimits).apiObjects.length);
  });
  expect(given).toEqual([objects.length]);
  expect(objects.map(({ kind }) => kind)).toContain('ClusterPolicy');
});

describe('what has no default is asked for in plain JavaScript too', () => {
  test.each<[string, (chart: any) => unknown, string]>([
    ['the action on limits', chart => new KyvernoRequireLimits(chart, 'a', {} as any),
      'chart/a (KyvernoRequireLimits): action: given nothing; allowed: PolicyAction.AUDIT or PolicyAction.ENFORCE. Name one of them.'],
    ['all of limits', chart => new KyvernoRequireLimits(chart, 'a', undefined as any), 'chart/a (KyvernoRequireLimits): props: given nothing; allowed: an object with action'],
    ['the spelling of the action', chart => new KyvernoRequireLimits(chart, 'a', { action: 'enforce' } as any), 'action: given "enforce"'],
    ['the spelling of a resource', chart => new KyvernoRequireLimits(chart, 'a', { action: 'Audit', resources: ['CPU'] } as any),
      'resources[0]: given "CPU"; allowed: LimitedResource.CPU or LimitedResource.MEMORY'],
    ['the action on labels', chart => new KyvernoRequireLabels(chart, 'a', { kinds: ['v1/Service'], labels: ['team'] } as any), 'action: given nothing'],
    ['the kinds', chart => new KyvernoRequireLabels(chart, 'a', { action: 'Audit', labels: ['team'] } as any), 'kinds: given nothing'],
    ['the defaults', chart => new KyvernoDefaultLimits(chart, 'a', undefined as any), 'chart/a (KyvernoDefaultLimits): props: given nothing; allowed: an object with defaults'],
    ['whether what exists is isolated', chart => new KyvernoGenerateDefaultDeny(chart, 'a', undefined as any),
      'chart/a (KyvernoGenerateDefaultDeny): props: given nothing; allowed: an object with generateExisting'],
    ['whether what exists gets a quota', chart => new KyvernoGenerateQuota(chart, 'a', { quota: { pods: '5' } } as any),
      'chart/a (KyvernoGenerateQuota): generateExisting: given nothing'],
  ])('%s', (_what, build, message) => {
    expect(() => objectsOf(build)).toThrow(message);
  });
});

describe('a namespace that TenantNamespace makes brings its own guard', () => {
  const OWN = { ...MANAGED, 'app.kubernetes.io/managed-by': 'cdk8s-guardrails' };
  const generators = INTENTS.filter(([name]) => name.startsWith('KyvernoGenerate'));

  test.each(generators)('%s makes nothing in it, whatever is selected', (_name, build) => {
    const every = { namespaceSelector: LabelSelector.all() };
    for (const options of [{}, every, { ...every, excludeNamespaces: [] }]) {
      const kyverno = admissionOf([policyOf(build(options))]);
      const shop = (labels: object) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
      const made = (labels: object) => kyverno.review({ object: shop(labels) }).generated;
      expect(made(OWN)).toEqual([]);
      expect(made(MANAGED)).not.toEqual([]);
      expect(made({ ...MANAGED, 'app.kubernetes.io/managed-by': 'Helm' })).not.toEqual([]);
    }
  });

  test.each(generators)('%s makes nothing in the platform\'s namespaces, also beside others that are left out', (_name, build) => {
    const kyverno = admissionOf([policyOf(build({ namespaceSelector: LabelSelector.all(), excludeNamespaces: ['legacy'] }))]);
    const made = (name: string) => kyverno.review({ object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } }).generated;
    expect(['flux-system', 'kyverno', 'default', 'legacy'].flatMap(made)).toEqual([]);
    expect(made('shop')).not.toEqual([]);
  });

  test.each(generators)('%s never uses the names of objects that come from Git', (name, build) => {
    expect(() => objectsOf(build({ namePrefix: '' } as KyvernoNamespaceOptions))).toThrow(
      `chart/intent (${name}): namePrefix: given ""; allowed: a prefix, since an object comes from Git or from Kyverno and never from both. Leave`,
    );
  });
});
