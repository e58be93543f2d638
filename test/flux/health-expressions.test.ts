import { objectsOf, onlyOne } from './support';
import { FluxHealthExpressions, FluxKustomization, FluxSourceKind } from '../../src';
import { healthExpressionsFor } from '../../src/flux/health-expressions';

test('kinds that Flux judges rightly by itself get no expression', () => {
  expect(healthExpressionsFor(['v1/ConfigMap', 'apps/v1/Deployment', 'kyverno.io/v1/ClusterPolicy', 'networking.k8s.io/v1/NetworkPolicy'])).toEqual([]);
});

test('policies of Cilium have failed when the operator calls them invalid', () => {
  expect(healthExpressionsFor(['cilium.io/v2/CiliumNetworkPolicy'])).toEqual([{
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    current: expect.stringMatching(/'Valid'.*'True'/),
    failed: expect.stringMatching(/'Valid'.*'False'/),
  }]);
});

test('policies of Kyverno in CEL are asked where they keep their conditions', () => {
  const [expression] = healthExpressionsFor(['policies.kyverno.io/v1/NamespacedValidatingPolicy']);
  expect(expression).toMatchObject({ apiVersion: 'policies.kyverno.io/v1', kind: 'NamespacedValidatingPolicy' });
  expect(expression?.current).toContain('status.conditionStatus.ready');
});

test('each kind comes once, in the order of the alphabet', () => {
  const kinds = ['policies.kyverno.io/v1/ValidatingPolicy', 'cilium.io/v2/CiliumNetworkPolicy', 'cilium.io/v2/CiliumNetworkPolicy'];
  expect(healthExpressionsFor(kinds).map(({ kind }) => kind)).toEqual(['CiliumNetworkPolicy', 'ValidatingPolicy']);
  expect(healthExpressionsFor(new Set(kinds.reverse()))).toEqual(healthExpressionsFor(kinds));
});

test('the oldest Flux takes them, since they name their kinds', () => {
  const healthCheckExprs = healthExpressionsFor(['cilium.io/v2/CiliumClusterwideNetworkPolicy', 'policies.kyverno.io/v1/GeneratingPolicy']);
  const objects = objectsOf(chart => new FluxKustomization(chart, 'policies', {
    namespace: 'flux-system',
    serviceAccountName: 'kustomize-controller',
    source: { kind: FluxSourceKind.GIT_REPOSITORY, name: 'flux-system' },
    healthCheckExprs,
  }), { flux: '2.6' });
  expect(onlyOne('Kustomization', objects).spec.healthCheckExprs).toHaveLength(2);
});

test('what a tree gets by itself is there for a Kustomization of one\'s own', () => {
  expect(FluxHealthExpressions.cilium()).toEqual(healthExpressionsFor(['cilium.io/v2/CiliumNetworkPolicy', 'cilium.io/v2/CiliumClusterwideNetworkPolicy']));
  expect(FluxHealthExpressions.kyverno()).toEqual(expect.arrayContaining(healthExpressionsFor(['policies.kyverno.io/v1/ValidatingPolicy'])));
  expect(FluxHealthExpressions.kyverno().filter(({ apiVersion }) => !apiVersion.startsWith('policies.kyverno.io/'))).toEqual([]);
});
