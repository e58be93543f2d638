import { admissionOf, deployment, MANAGED, objectsOf, pod, policyOf } from './support';
import { KyvernoRequireLabels, type KyvernoRequireLabelsProps } from '../../src/kyverno/kyverno-require-labels';
import { PolicyAction } from '../../src/kyverno/policy-action';
import { LabelSelector } from '../../src/values/label-selector';

const RULE = 'monitoring.coreos.com/v1/PrometheusRule';

const build = (props: Partial<KyvernoRequireLabelsProps>) => (chart: ConstructorParameters<typeof KyvernoRequireLabels>[0]) => {
  new KyvernoRequireLabels(chart, 'alerts', { action: PolicyAction.ENFORCE, kinds: [RULE], labels: ['team'], ...props });
};
const admission = (props: Partial<KyvernoRequireLabelsProps> = {}) => admissionOf([policyOf(build(props))]);
const alerts = (labels: object | undefined, namespace = 'tenant', apiVersion = 'monitoring.coreos.com/v1') => ({
  apiVersion, kind: 'PrometheusRule', metadata: { name: 'alerts', namespace, labels }, spec: {},
});

describe('PrometheusRules need the label', () => {
  test.each([
    ['with the label', alerts({ team: 'payments' })],
    ['with others beside it', alerts({ team: 'payments', tier: 'a' })],
    ['of another kind of API', alerts({}, 'tenant', 'acme.io/v1')],
    ['in a namespace that is not managed', alerts({}, 'other')],
    ['in a system namespace', alerts({}, 'kube-system')],
  ])('%s they get in', (_what, object) => {
    expect(admission().allows({ object })).toBe(true);
  });

  test.each([
    ['without labels', alerts(undefined)],
    ['without the label', alerts({ tier: 'a' })],
    ['with an empty label', alerts({ team: '' })],
    ['with a label like it', alerts({ 'Team': 'a', 'acme.io/team': 'a' })],
  ])('%s they do not', (_what, object) => {
    expect(admission().review({ object }).denied).toEqual([expect.stringContaining('Every PrometheusRule needs the label team.')]);
  });
});

test('a pattern bounds the value', () => {
  const kyverno = admission({ labels: ['team'], patterns: { tier: 'gold | silver-*' } });
  const verdicts = ['gold', 'silver-2', 'bronze', 'golden'].map(tier => kyverno.allows({ object: alerts({ team: 'a', tier }) }));
  expect(verdicts).toEqual([true, true, false, false]);
  expect(kyverno.allows({ object: alerts({ tier: 'gold' }) })).toBe(false);
});

describe('pods', () => {
  const kyverno = admission({ kinds: ['v1/Pod', RULE] });

  test('are judged by themselves and in the template of a Deployment', () => {
    expect(kyverno.allows({ object: pod({}, 'tenant', { team: 'a' }) })).toBe(true);
    expect(kyverno.denies({ object: pod({}, 'tenant') })).toBe(true);
    expect(kyverno.allows({ object: deployment({}, 'tenant', { team: 'a' }) })).toBe(true);
    expect(kyverno.denies({ object: deployment({}, 'tenant') })).toBe(true);
  });

  test('do not keep other kinds from being judged', () => {
    expect(kyverno.denies({ object: alerts({}) })).toBe(true);
  });

  test('stand bare and alone in their rule, without which Kyverno makes no rule for Deployments', () => {
    const policy = policyOf(build({ kinds: ['v1/Pod', RULE] }));
    expect(policy.spec.rules.map((rule: any) => rule.match.any[0].resources.kinds)).toEqual([[RULE], ['Pod']]);
    expect(policy.metadata.annotations).toEqual({
      'pod-policies.kyverno.io/autogen-controllers': 'DaemonSet,Deployment,Job,StatefulSet,CronJob',
    });
  });
});

test('a Deployment of its own kind is judged by its own labels', () => {
  const kyverno = admission({ kinds: ['apps/v1/Deployment'] });
  const own = (labels: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'tenant', labels } });
  expect(kyverno.allows({ object: own({ team: 'a' }) })).toBe(true);
  expect(kyverno.denies({ object: { ...own({}), spec: { template: { metadata: { labels: { team: 'a' } } } } } })).toBe(true);
});

test('Namespaces are selected by their own labels and names', () => {
  const kyverno = admission({ kinds: ['v1/Namespace'] });
  const namespace = (name: string, labels: object) => ({ object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } } });
  expect(kyverno.denies(namespace('a', MANAGED))).toBe(true);
  expect(kyverno.allows(namespace('a', { ...MANAGED, team: 'a' }))).toBe(true);
  expect(kyverno.allows(namespace('a', {}))).toBe(true);
  expect(kyverno.allows(namespace('kube-system', MANAGED))).toBe(true);
});

describe('for reports, Kyverno gets the right to read', () => {
  const role = (kinds: string[]) => objectsOf(build({ kinds, namespaceSelector: LabelSelector.all() })).filter(({ kind }) => kind === 'ClusterRole');

  test('kinds that it cannot read, and no others, before the policy', () => {
    const objects = objectsOf(build({ kinds: [RULE, 'cilium.io/v2/CiliumNetworkPolicy', 'v1/Service', 'v1/Secret', 'cilium.io/*/CiliumEndpoint'] }));
    expect(objects.map(({ kind }) => kind)).toEqual(['ClusterRole', 'ClusterPolicy']);
    expect(objects[0]).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'require-labels-alerts-reports', labels: { 'rbac.kyverno.io/aggregate-to-reports-controller': 'true' } },
      rules: [
        { apiGroups: ['cilium.io'], resources: ['ciliumendpoints', 'ciliumnetworkpolicies'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['monitoring.coreos.com'], resources: ['prometheusrules'], verbs: ['get', 'list', 'watch'] },
      ],
    });
  });

  test.each(['v1/Secret'])('never every Secret of the cluster (%s): those are judged at admission alone', secret => {
    expect(role([secret])).toEqual([]);
    expect(policyOf(build({ kinds: [secret] })).spec.background).toBe(false);
    expect(policyOf(build({ kinds: [RULE, secret] })).spec.background).toBe(false);
    expect(policyOf(build({ kinds: [RULE, 'acme.io/v1/Secret'] })).spec.background).toBe(true);
    const kyverno = admissionOf([policyOf(build({ kinds: [secret] }))]);
    const given = (labels: object) => ({ object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'tenant', labels } } });
    expect([kyverno.allows(given({ team: 'a' })), kyverno.allows(given({}))]).toEqual([true, false]);
  });

  test.each([
    ['gateway.networking.k8s.io/v1/GatewayClass', 'gatewayclasses'],
    ['cilium.io/v2/CiliumEgressGatewayPolicy', 'ciliumegressgatewaypolicies'],
    ['source.toolkit.fluxcd.io/v1/GitRepository', 'gitrepositories'],
    ['helm.toolkit.fluxcd.io/v2/HelmRelease', 'helmreleases'],
    ['gateway.networking.k8s.io/v1/Gateway', 'gateways'],
    ['acme.io/v1/Mesh', 'meshes'],
  ])('%s is read as %s', (kind, resource) => {
    expect(role([kind])[0]!.rules[0].resources).toEqual([resource]);
  });

  test('nothing more for kinds that the view role covers', () => {
    expect(role(['v1/Service', 'apps/v1/Deployment', 'networking.k8s.io/v1/NetworkPolicy'])).toEqual([]);
  });
});

test.each([
  ['a bare kind', { kinds: ['PrometheusRule'] }, /kinds: given PrometheusRule.*monitoring\.coreos\.com\/v1/],
  ['a plural', { kinds: ['apps/v1/deployments'] }, /singular/],
  ['a wildcard kind', { kinds: ['apps/v1/*'] }, /group\/version\/Kind/],
  ['a subresource', { kinds: ['v1/Pod/status'] }, /group\/version\/Kind/],
  ['pods beside Namespaces', { kinds: ['v1/Pod', 'v1/Namespace'] }, /KyvernoRequireLabels for each/],
  ['no label', { labels: [] }, /labels: given none/],
  ['a label that is none', { labels: ['a b'] }, /Write 'a-b'/],
  ['no kind', { kinds: [] }, /kinds: given none/],
  ['a pattern that is no text', { patterns: { tier: 1 as unknown as string } }, /patterns\.tier: given 1; allowed: a text/],
  ['an empty pattern', { patterns: { tier: '' } }, /patterns\.tier: given ""/],
  ['a kind without a namespace', { kinds: ['v1/PersistentVolume'] }, /kinds: given PersistentVolume, which lies in no namespace.*LabelSelector\.all\(\)/],
])('%s is refused', (_what, props, because) => {
  expect(() => objectsOf(build(props))).toThrow(because);
});

test('a kind that lies in no namespace is judged where every namespace is meant', () => {
  const kyverno = admission({ kinds: ['v1/PersistentVolume'], namespaceSelector: LabelSelector.all() });
  const volume = (labels: object) => ({ object: { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'a', labels } } });
  expect(kyverno.denies(volume({}))).toBe(true);
  expect(kyverno.allows(volume({ team: 'a' }))).toBe(true);
});
