import { ciliumPolicy, clusterPolicy, findings, findingsIn, helmRelease, networkPolicy, object, pod, told } from './finds';

describe('the API server takes', () => {
  test.each([
    ['nulls for fields that may be missing', pod('nodeSelector: null, containers: [{ name: a, env: null }]')],
    ['nothing as an item of a list of Kubernetes', networkPolicy('podSelector: {}, ingress: [null]')],
    ['no podSelector', networkPolicy('policyTypes: [Ingress]')],
    ['a StatefulSet without a Service', object('apps/v1', 'StatefulSet', 'spec: { selector: {}, template: {} }')],
    ['a reference to a role without a group', object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: { kind: Role, name: a }')],
    ['a status that was exported', networkPolicy('podSelector: {}').replace('spec', 'status: { conditions: [1] }, spec')],
    ['an empty text for the default', pod('restartPolicy: "", containers: []')],
    ['amounts as numbers and as text', object('v1', 'ResourceQuota', 'spec: { hard: { cpu: 1.5, memory: 1Gi, pods: 10 } }')],
    ['a port as a number and as a name', networkPolicy('podSelector: {}, ingress: [{ ports: [{ port: 80 }, { port: http }] }]')],
    ['the same port with two protocols', object('v1', 'Service', 'spec: { ports: [{ name: a, port: 53, protocol: UDP }, { name: b, port: 53, protocol: TCP }] }')],
    ['a port that the agent refuses afterwards', ciliumPolicy('ingress: [{ toPorts: [{ ports: [{ port: "99999" }, { port: "-http" }, { port: "80-90" }] }] }]')],
    ['ICMP types by number, text and name', ciliumPolicy('ingress: [{ icmps: [{ fields: [{ type: 8 }, { type: "255" }, { type: ExtendedEcho Reply }] }] }]')],
    ['a host that is no host name', ciliumPolicy('ingress: [{ toPorts: [{ ports: [{ port: "80" }], rules: { http: [{ host: ".*[.]a" }] } }] }]')],
    ['host bits behind the prefix', ciliumPolicy('egress: [{ toCIDR: [10.0.0.1/8, "::ffff:10.0.0.0/104"] }]')],
    ['a required field that has a default', object('policies.kyverno.io/v1', 'GeneratingPolicy', 'spec: { generate: [{ template: { value: a } }] }')],
    ['anything in a pattern', clusterPolicy('validate: { pattern: { "=(spec)": { "X(a)": null, b: [1, { c: true }] } } }')],
    ['anything in the values of a chart', helmRelease('chartRef: { kind: OCIRepository, name: a }, values: { a: [{ b: null }] }')],
    ['more entries in preconditions', clusterPolicy('preconditions: [{ key: a, operator: Equals, value: b }]')],
    ['kinds without a schema', object('example.com/v1', 'NetworkPolicy', 'anything: {}')],
    ['a kind of the same name in another group', object('crd.projectcalico.org/v1', 'NetworkPolicy', 'spec: { selector: all() }')],
    ['an API version without a schema', object('policies.kyverno.io/v1alpha2', 'Anything', 'spec: 1')],
  ])('%s', (_, yaml) => expect(told(yaml)).toEqual([]));

  test('what templates are still to fill in', () => {
    expect(told(object('apps/v1', 'Deployment', 'spec: { replicas: "${REPLICAS}", selector: {}, template: "{{ .Values.pod }}" }'))).toEqual([]);
    expect(told(ciliumPolicy('ingress: [{ fromCIDR: ["${OFFICE}"], fromEntities: ["{{ entity }}"] }]'))).toEqual([]);
    expect(told(helmRelease('"{{ chart }}": { }, releaseName: "{{ a }}"'))).toEqual([]);
    expect(told(clusterPolicy('generate: { kind: A, namespace: "{{request.object.metadata.name}}" }'))).toEqual([]);
  });

  test('namespaced and older forms of kinds, which have the same structure', () => {
    const spec = 'spec: { validations: [{ expression: "true", mesage: a }] }';
    for (const kind of ['ValidatingPolicy', 'NamespacedValidatingPolicy']) {
      expect(told(object('policies.kyverno.io/v1beta1', kind, spec))).toEqual(['UnknownField /spec/validations/0/mesage: `mesage`']);
    }
    expect(told(object('kyverno.io/v2beta1', 'ClusterPolicy', 'spec: { rule: [] }'))).toEqual(['UnknownField /spec/rule: `rule`']);
  });
});

describe('whatever stands there', () => {
  const hostile: unknown[] = [null, undefined, true, 0, -1, NaN, '', 'text', [], {}, [[]], [null], { a: {} }, () => 1, 1n, Symbol.iterator];

  test.each([
    ['cilium.io/v2', 'CiliumNetworkPolicy'], ['kyverno.io/v1', 'ClusterPolicy'], ['apps/v1', 'Deployment'],
    ['networking.k8s.io/v1', 'NetworkPolicy'], ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'], ['v1', 'Pod'],
  ])('%s %s does not throw', (apiVersion, kind) => {
    const objects = hostile.flatMap(value => [
      { apiVersion, kind, metadata: value, spec: value },
      { apiVersion, kind, spec: { ingress: value, rules: value, template: value, chart: value, podSelector: value } },
      { apiVersion, kind, specs: [value], spec: { rules: [value], ingress: [value], containers: [value], template: { spec: value } } },
    ]);
    expect(findingsIn(objects).length).toBeGreaterThan(0);
  });

  test('an apiVersion that is no text is no version of anything', () => {
    expect(findingsIn(hostile.filter(value => typeof value !== 'string').map(apiVersion => ({ apiVersion, kind: 'Pod' })))).toEqual([]);
  });

  test('names that every object of JavaScript has are fields like others', () => {
    const object_ = JSON.parse('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","constructor":1,"__proto__":{}},"data":{"toString":"a"}}') as unknown;
    expect(findingsIn([object_]).map(({ pointer }) => pointer)).toEqual(['/metadata/constructor', '/metadata/__proto__']);
  });

  test('an object with thousands of faults tells the first fifty', () => {
    const entries = Array.from({ length: 5000 }, (_, index) => `f${index}: 1`).join(', ');
    expect(findings(object('v1', 'ConfigMap', entries))).toHaveLength(50);
  });

  test('a pattern that others match in exponential time takes no time', () => {
    const name = `${'a'.repeat(200)}!`;
    expect(told(ciliumPolicy(`egress: [{ toFQDNs: [{ matchName: ${name} }, { matchPattern: ${name} }] }]`))).toHaveLength(2);
  });
});
