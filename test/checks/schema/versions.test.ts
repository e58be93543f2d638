import { ciliumPolicy, clusterPolicy, findings, object, pod, told } from './finds';
import { CILIUM, FLUX, KUBERNETES, KYVERNO } from '../../../src/target/versions';

const rules = (text: string) => ciliumPolicy(`ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { ${text} } }] }]`);
const kustomization = (spec: string) => object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization',
  `spec: { interval: 1h, prune: true, sourceRef: { kind: GitRepository, name: a }, ${spec} }`);

describe('fields that a version lacks are told with the version', () => {
  test.each([
    [{ cilium: '1.17' }, ciliumPolicy('ingress: [{}], log: { value: a }'), 'FieldNotInVersion /spec/log: `log`, which comes with Cilium 1.18'],
    [{ cilium: '1.16' }, ciliumPolicy('egress: [{ toCIDRSet: [{ cidrGroupSelector: {} }] }]'),
      'FieldNotInVersion /spec/egress/0/toCIDRSet/0/cidrGroupSelector: `cidrGroupSelector`, which comes with Cilium 1.17'],
    [{ cilium: '1.19' }, ciliumPolicy('egress: [{ toRequires: [{}] }]'), 'FieldNotInVersion /spec/egress/0/toRequires: `toRequires`, removed in Cilium 1.19'],
    [{ cilium: '1.20' }, rules('l7proto: a'), 'FieldNotInVersion /spec/ingress/0/toPorts/0/rules/l7proto: `l7proto`, removed in Cilium 1.20'],
    [{ cilium: '1.20' }, rules('kafka: []'), 'FieldNotInVersion /spec/ingress/0/toPorts/0/rules/kafka: `kafka`, removed in Cilium 1.20'],
    [{ kyverno: '1.13' }, clusterPolicy('validate: { cel: { generate: true } }'),
      'FieldNotInVersion /spec/rules/0/validate/cel/generate: `generate`, which comes with Kyverno 1.14'],
    [{ kyverno: '1.18' }, object('policies.kyverno.io/v1', 'GeneratingPolicy', 'spec: { generate: [{ template: { value: a } }] }'),
      'FieldNotInVersion /spec/generate/0/template: `template`, which comes with Kyverno 1.19'],
    [{ flux: '2.8' }, kustomization('postBuild: { substituteStrategy: Always }'),
      'FieldNotInVersion /spec/postBuild/substituteStrategy: `substituteStrategy`, which comes with Flux 2.9'],
    [{ flux: '2.6' }, kustomization('dependsOn: [{ name: a, readyExpr: "true" }]'),
      'FieldNotInVersion /spec/dependsOn/0/readyExpr: `readyExpr`, which comes with Flux 2.7'],
    [{ kubernetes: '1.28' }, pod('containers: [{ name: a, lifecycle: { preStop: { sleep: {} } } }]'),
      'FieldNotInVersion /spec/containers/0/lifecycle/preStop/sleep: `sleep`, which came between Kubernetes 1.28 and 1.32'],
    [{ kubernetes: '1.32' }, pod('containers: [], resourceClaims: [{ name: a, source: {} }]'),
      'FieldNotInVersion /spec/resourceClaims/0/source: `source`, removed between Kubernetes 1.28 and 1.32'],
  ])('%j', (target, yaml, expected) => expect(told(yaml, target)).toEqual([expected]));

  test.each([
    ['a version between two that are known', { kubernetes: '1.30' }, pod('containers: [{ name: a, lifecycle: { preStop: { sleep: {} } } }]')],
    ['lists that are emptied already', { cilium: '1.19' }, ciliumPolicy('egress: [{ toRequires: [] }]')],
    ['protocols of later versions', { cilium: '1.19' }, ciliumPolicy('egress: [{ toPorts: [{ ports: [{ protocol: VRRP }] }] }]')],
    ['what nobody had to say yet', { cilium: '1.16' }, ciliumPolicy('description: nothing')],
    ['a CNI other than Cilium', { cni: 'calico' }, ciliumPolicy('ingress: [{}]')],
  ])('%s: nothing is told', (_, target, yaml) => expect(told(yaml, target)).toEqual([]));

  test('every version of every product has a schema', () => {
    const minors = ({ oldest, newest }: { oldest: string; newest: string }) => {
      const [from, to] = [oldest, newest].map(version => Number(version.split('.')[1]));
      return Array.from({ length: to! - from! + 1 }, (_, index) => `${oldest.split('.')[0]}.${from! + index}`);
    };
    const misspelt = [ciliumPolicy('ingres: []'), clusterPolicy('validat: {}'), pod('container: []'), kustomization('pathh: a')];
    const targets = [
      ...minors(CILIUM).map(cilium => ({ cilium })), ...minors(KYVERNO).map(kyverno => ({ kyverno })),
      ...minors(KUBERNETES).map(kubernetes => ({ kubernetes })), ...minors(FLUX).map(flux => ({ flux })),
    ];
    for (const target of targets) {
      for (const yaml of misspelt) expect(findings(yaml, target).map(({ id }) => id)).toContain('schema/UnknownField');
    }
  });
});

describe('API versions', () => {
  test.each([
    [{}, 'apps/v1beta2', 'Deployment', 'UnknownVersion', 'apps/v1beta2, removed in Kubernetes 1.16', 'Write apps/v1.'],
    [{}, 'extensions/v1beta1', 'NetworkPolicy', 'UnknownVersion', 'extensions/v1beta1, removed in Kubernetes 1.16', 'Write networking.k8s.io/v1.'],
    [{}, 'policy/v1beta1', 'PodSecurityPolicy', 'UnknownVersion', 'policy/v1beta1, removed in Kubernetes 1.25', 'Write it for a version that is served.'],
    [{}, 'cilium.io/v1', 'CiliumNetworkPolicy', 'UnknownVersion', 'cilium.io/v1, which Cilium does not have', 'Write cilium.io/v2.'],
    [{}, 'v2', 'ConfigMap', 'UnknownVersion', 'v2, which Kubernetes does not have', 'Write v1.'],
    [{ cilium: '1.17' }, 'cilium.io/v2', 'CiliumCIDRGroup', 'UnknownVersion', 'cilium.io/v2, which comes with Cilium 1.18', 'Write cilium.io/v2alpha1.'],
    [{ kyverno: '1.16' }, 'policies.kyverno.io/v1', 'ValidatingPolicy', 'UnknownVersion', 'policies.kyverno.io/v1, which comes with Kyverno 1.17', 'Write policies.kyverno.io/v1beta1.'],
    [{}, 'kyverno.io/v2alpha1', 'CleanupPolicy', 'UnknownVersion', 'kyverno.io/v2alpha1, removed in Kyverno 1.12', 'Write kyverno.io/v2.'],
    [{}, 'kyverno.io/v1', 'PolicyException', 'UnknownVersion', 'kyverno.io/v1, which Kyverno does not have', 'Write kyverno.io/v2.'],
    [{}, 'v1', 'Deployment', 'UnknownVersion', 'v1, which has no Deployment', 'Write apps/v1.'],
    [{}, 'networking.k8s.io/v1', 'CiliumNetworkPolicy', 'UnknownVersion', 'networking.k8s.io/v1, which has no CiliumNetworkPolicy', 'Write cilium.io/v2.'],
    [{}, 'kyverno.io/v1', 'ValidatingPolicy', 'UnknownVersion', 'kyverno.io/v1, which has no ValidatingPolicy', 'Write policies.kyverno.io/v1.'],
    [{}, 'policies.kyverno.io/v1alpha1', 'ValidatingPolicy', 'DeprecatedVersion', 'policies.kyverno.io/v1alpha1, deprecated since Kyverno 1.17', 'Write policies.kyverno.io/v1.'],
  ])('%j %s %s', (target, apiVersion, kind, name, found, mend) => {
    expect(findings(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a } }`, target).filter(({ pointer }) => pointer === '/apiVersion'))
      .toMatchObject([{ id: `schema/${name}`, found, mend }]);
  });

  test.each([
    [{}, 'batch/v1', 'CronJob'], [{}, 'autoscaling/v1', 'HorizontalPodAutoscaler'], [{ cilium: '1.17' }, 'cilium.io/v2alpha1', 'CiliumCIDRGroup'],
    [{}, 'kyverno.io/v2beta1', 'ClusterPolicy'], [{}, 'kyverno.io/v2alpha1', 'GlobalContextEntry'], [{}, 'kyverno.io/v2beta1', 'PolicyException'], [{}, '"{{ version }}"', 'Deployment'],
    [{}, 'example.com/v9', 'Deployment'], [{}, 'v1', 'Binding'], [{}, 'apps/v1', 'ControllerRevision'],
  ])('%j serves %s %s', (target, apiVersion, kind) => {
    expect(findings(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a } }`, target).filter(({ pointer }) => pointer === '/apiVersion')).toEqual([]);
  });
});

describe('deprecated fields', () => {
  test.each([
    ['1.16', []], ['1.17', ['/spec/ingress/0/fromRequires']], ['1.18', ['/spec/ingress/0/fromRequires']], ['1.19', []],
  ])('fromRequires in Cilium %s', (cilium, pointers) => {
    const found = findings(ciliumPolicy('ingress: [{ fromRequires: [{}], fromEndpoints: [] }]'), { cilium });
    expect(found.filter(({ id }) => id === 'schema/DeprecatedField').map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test('in each of several rules', () => {
    const yaml = object('cilium.io/v2', 'CiliumNetworkPolicy', 'specs: [{ endpointSelector: {}, egress: [{}, { toPorts: [{ rules: { kafka: [{}] } }] }] }]');
    expect(findings(yaml).map(({ id, pointer }) => [id, pointer])).toEqual([['schema/DeprecatedField', '/specs/0/egress/1/toPorts/0/rules/kafka']]);
  });

  test('empty ones and those of other kinds are left alone', () => {
    expect(told(ciliumPolicy('ingress: [{ fromRequires: [] }]'))).toEqual([]);
    expect(told(object('example.com/v1', 'CiliumNetworkPolicy', 'spec: { ingress: [{ fromRequires: [{}] }] }'))).toEqual([]);
  });
});
