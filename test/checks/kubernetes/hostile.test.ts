import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { AREAS, TARGET } from './finds';
import { check } from '../../../src/checks/check';
import type { Located } from '../../../src/checks/finding';
import type { Manifest } from '../../../src/manifests/manifest';

const RULES = Object.values(AREAS).flat();
const EXAMPLES = RULES.flatMap(({ bad, good }) => [bad, good])
  .map(yaml => parseAllDocuments(yaml).map(document => document.toJS() as unknown));

const FIELDS = [
  'spec', 'metadata', 'name', 'namespace', 'labels', 'annotations', 'podSelector', 'policyTypes', 'ingress', 'egress', 'from', 'to', 'ports', 'port', 'endPort',
  'ipBlock', 'cidr', 'except', 'matchLabels', 'matchExpressions', 'key', 'operator', 'values', 'template', 'containers', 'initContainers', 'resources', 'requests',
  'limits', 'hard', 'max', 'min', 'default', 'type', 'roleRef', 'subjects', 'selector', 'securityContext', 'volumes', 'postBuild', 'substitute', 'dependsOn',
  'rules', 'generate', 'match', 'any', 'kinds', 'replicas', '__proto__', 'constructor', 'toString',
];
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { depthSize: 'large' },
    fc.constantFrom(null, true, 0, -1, 1e99, NaN, '', '*', '10.0.0.0/8', '::/0', 'TCP', 'In', 'Ingress', '{{ x }}', '${x}', '$$', 'Container', '1Gi', 'shop'),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('tree'), { maxKeys: 6 }),
  ),
}));
const KINDS: [string, string][] = [
  ['v1', 'Namespace'], ['v1', 'Pod'], ['v1', 'Service'], ['v1', 'LimitRange'], ['v1', 'ResourceQuota'], ['apps/v1', 'Deployment'], ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'NetworkPolicy'], ['rbac.authorization.k8s.io/v1', 'RoleBinding'], ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'], ['kustomize.config.k8s.io/v1beta1', 'Kustomization'], ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
  ['source.toolkit.fluxcd.io/v1', 'OCIRepository'], ['kyverno.io/v1', 'ClusterPolicy'], ['cilium.io/v2', 'CiliumNetworkPolicy'],
];
const object = fc.tuple(fc.constantFrom(...KINDS), tree, tree, tree).map(([[apiVersion, kind], metadata, spec, rest]) =>
  ({ ...(typeof rest === 'object' ? rest : {}), apiVersion, kind, metadata, spec }));

const located = (manifest: unknown): Located => ({ object: manifest as Manifest, source: { file: 'hostile.yaml' } });
const run = (manifests: unknown[]) => check(manifests.map(located), TARGET, RULES);

/** What a rule that throws is reported as. */
const failures = (manifests: unknown[]) => run(manifests).filter(({ id }) => !RULES.some(rule => rule.id === id));

test('no rule throws, whatever an object holds', () => {
  fc.assert(fc.property(fc.array(object, { maxLength: 6 }), objects => expect(failures(objects)).toEqual([])), { numRuns: 400 });
});

test('no rule throws where an example has one part replaced', () => {
  fc.assert(fc.property(fc.constantFrom(...EXAMPLES), fc.nat(60), tree, (example, position, part) => {
    let seen = 0;
    const objects = JSON.parse(JSON.stringify(example), (_, value: unknown) => (seen++ === position ? part : value)) as unknown;
    const whole = (Array.isArray(objects) ? objects : []).filter(one => typeof one === 'object' && one !== null && typeof one.kind === 'string');
    expect(failures(whole)).toEqual([]);
  }), { numRuns: 2000 });
});

test('no rule throws on objects that hold themselves', () => {
  const spec: Record<string, unknown> = { podSelector: {}, policyTypes: ['Egress'], path: './' };
  spec.template = { spec };
  spec.egress = [spec];
  spec.containers = [spec];
  spec.self = spec;
  expect(failures(KINDS.map(([apiVersion, kind]) => ({ apiVersion, kind, metadata: { name: 'a', namespace: 'b' }, spec })))).toEqual([]);
});
