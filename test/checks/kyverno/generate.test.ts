import { finds, generate, policy } from './support';

const TARGET = 'apiVersion: v1, kind: ConfigMap, name: a, namespace: "{{ request.object.metadata.name }}"';
const NETWORK_POLICY = 'apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, name: a, namespace: "{{ request.object.metadata.name }}"';
const DENY = '{ spec: { podSelector: {}, policyTypes: [Ingress, Egress] } }';
const role = (labels: string, rule: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: kyverno-extra, labels: ${labels} }
rules: [{ ${rule} }]
`;
const AGGREGATED = '{ rbac.kyverno.io/aggregate-to-background-controller: "true" }';
const SECRETS = 'apiGroups: [""], resources: [secrets], verbs: ["*"]';
const secret = generate('apiVersion: v1, kind: Secret, name: a, namespace: b, clone: { name: a, namespace: c }');
const forNamespaces = (resources: string, more = '') => policy(`- name: test
  match: { any: [{ resources: { ${resources} } }] }
  ${more}
  generate: { generateExisting: true, ${NETWORK_POLICY}, data: ${DENY} }`);

test.each([
  ['OneGenerateSource', 'a list beside data', generate('data: {}, cloneList: { kinds: [v1/Secret], namespace: a }')],
  ['GenerateTargetRefused', 'no name', generate('apiVersion: v1, kind: ConfigMap, namespace: a, data: {}')],
  ['GenerateTargetRefused', 'no version in foreach', generate('foreach: [{ list: a, kind: ConfigMap, name: b, namespace: c, data: {} }]')],
  ['GenerateTargetRefused', 'a namespace for what has none', generate('apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, name: a, namespace: b, data: {}')],
  ['GenerateTargetRefused', 'no namespace for a list', generate('cloneList: { kinds: [v1/Secret], namespace: a }')],
  ['GenerateTargetRefused', 'a list of both', generate('namespace: a, cloneList: { kinds: [v1/Secret, v1/Namespace] }')],
  ['GenerateTargetRefused', 'a wildcard in the selector of a list', generate('namespace: a, cloneList: { kinds: [v1/Secret], selector: { matchLabels: { sync: "*" } } }')],
  ['GenerateAnchor', 'an anchor in foreach', generate('foreach: [{ list: a, apiVersion: v1, kind: ConfigMap, name: b, namespace: c, data: { data: { (d): e } } }]')],
  ['GenerateWithoutOrphan', 'a Cilium policy', generate('apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, name: a, namespace: b, synchronize: true, data: {}')],
  ['NamespaceTriggerUnbounded', 'every namespace', forNamespaces('kinds: [v1/Namespace]')],
  ['NamespaceTriggerUnbounded', 'operations, which are no bound', forNamespaces('kinds: [Namespace], operations: [CREATE]')],
  ['GenerateNameDiffers', 'a prefix', generate(`${TARGET}, data: { metadata: { name: other } }`)],
  ['GenerateRights', 'a Secret', secret],
  ['GenerateRights', 'a RoleBinding', generate('apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, name: a, namespace: b, data: {}')],
  ['GenerateRights', 'a role that is not Kyverno\'s', secret + role('{}', SECRETS)],
  ['GenerateRights', 'a role for something else', secret + role(AGGREGATED, 'apiGroups: [""], resources: [services], verbs: ["*"]')],
  ['GenerateRights', 'a role that may read', secret + role(AGGREGATED, 'apiGroups: [""], resources: [secrets], verbs: [get, list]')],
  ['DefaultDenyWithoutDns', 'an empty list of egress', generate(`${NETWORK_POLICY}, data: { spec: { podSelector: {}, policyTypes: [Egress], egress: [] } }`)],
])('%s finds %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(true);
});

test.each([
  ['OneGenerateSource', 'an empty clone', generate(`${TARGET}, data: { a: b }, clone: {}`)],
  ['GenerateTargetRefused', 'a list', generate('namespace: a, cloneList: { kinds: [v1/Secret, v1/ConfigMap] }')],
  ['GenerateTargetRefused', 'what has no namespace', generate('apiVersion: v1, kind: Namespace, name: a, data: {}')],
  ['GenerateTargetRefused', 'a kind of nobody', generate('apiVersion: acme.io/v1, kind: Widget, name: a, data: {}')],
  ['GenerateTargetRefused', 'a kind of the same name in another group', generate('apiVersion: acme.io/v1, kind: Secret, name: a, data: {}')],
  ['GenerateTargetRefused', 'a kind that a variable gives', generate('apiVersion: "{{ request.object.apiVersion }}", kind: "{{ request.object.kind }}", name: a, data: {}')],
  ['GenerateWithoutOrphan', 'a ConfigMap', generate(`${TARGET}, synchronize: true, data: {}`)],
  ['GenerateWithoutOrphan', 'made once', generate(`${NETWORK_POLICY}, data: ${DENY}`)],
  ['NamespaceTriggerUnbounded', 'a label', forNamespaces('kinds: [Namespace], selector: { matchLabels: { a: b } }')],
  ['NamespaceTriggerUnbounded', 'names', forNamespaces('kinds: [Namespace], names: ["team-*"]')],
  ['NamespaceTriggerUnbounded', 'an exclude', forNamespaces('kinds: [Namespace]', 'exclude: { any: [{ resources: { names: ["kube-*"] } }] }')],
  ['NamespaceTriggerUnbounded', 'another kind', forNamespaces('kinds: [acme.io/v1/Tenant]')],
  ['GenerateNameDiffers', 'spaces in a variable', generate('apiVersion: v1, kind: ConfigMap, name: "{{a}}", namespace: b, data: { metadata: { name: "{{ a }}" } }')],
  ['GenerateRights', 'what Kyverno may write', generate(`${NETWORK_POLICY}, data: ${DENY}`)],
  ['GenerateRights', 'a role by its label', secret + role(AGGREGATED, SECRETS)],
  ['GenerateRights', 'a role of the older labels', secret + role('{ app.kubernetes.io/component: background-controller }', SECRETS)],
  ['GenerateRights', 'a role by a binding', `${secret}${role('{}', SECRETS)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: kyverno-extra }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: kyverno-extra }
subjects: [{ kind: ServiceAccount, name: kyverno-background-controller, namespace: kyverno }]
`],
  ['DefaultDenyWithoutDns', 'ingress alone', generate(`${NETWORK_POLICY}, data: { spec: { podSelector: {}, policyTypes: [Ingress] } }`)],
  ['DefaultDenyWithoutDns', 'another policy with DNS', `${generate(`${NETWORK_POLICY}, data: ${DENY}`)}---\n${generate(
    `${NETWORK_POLICY}, data: { spec: { podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }] }] } }`,
  )}`],
  ['RequestNamespaceOfNamespace', 'another trigger', policy(`- name: a
  match: { any: [{ resources: { kinds: [Service] } }] }
  generate: { apiVersion: v1, kind: ConfigMap, name: a, namespace: "{{ request.namespace }}", data: {} }`)],
])('%s leaves alone %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(false);
});

describe('where the platform\'s own namespaces are known, the excludes have to cover them', () => {
  const target = { systemNamespaces: ['flux-system', 'kube-system', 'kyverno'] };
  const found = (exclude: string) => finds('NamespaceTriggerUnbounded', forNamespaces('kinds: [Namespace]', `exclude: ${exclude}`), '1.19', target);

  test.each([
    '{ any: [{ resources: { namespaces: [legacy] } }] }',
    '{ any: [{ resources: { names: ["kube-*", kyverno] } }] }',
    '{ any: [{ resources: { name: flux-system, namespaces: ["*"] } }] }',
    '{ resources: { names: [flux-system, kube-system] } }',
  ])('%s leaves one over', exclude => expect(found(exclude)).toBe(true));

  test.each([
    '{ any: [{ resources: { namespaces: [flux-system, kube-system, kyverno, legacy] } }] }',
    '{ any: [{ resources: { names: ["*-system"] } }, { resources: { name: kyverno } }] }',
    '{ any: [{ resources: { names: ["{{ request.object.metadata.annotations.own }}"] } }] }',
    '{ any: [{ resources: { selector: { matchLabels: { tier: platform } } } }] }',
    '{ any: [{ clusterRoles: [cluster-admin] }] }',
  ])('%s may leave none over', exclude => expect(found(exclude)).toBe(false));
});

test('what a clone made is deleted with its policy from 1.19', () => {
  const clone = generate(`${NETWORK_POLICY}, synchronize: true, clone: { name: a, namespace: b }`);
  expect(finds('GenerateWithoutOrphan', clone, '1.18')).toBe(false);
  expect(finds('GenerateWithoutOrphan', clone, '1.19')).toBe(true);
});

test('only the older form of match is compared with what is generated', () => {
  const loop = (match: string) => policy(`- { name: a, match: ${match}, generate: { ${TARGET}, data: {} } }`);
  expect(finds('GeneratesWhatItMatches', loop('{ resources: { kinds: [ConfigMap] } }'))).toBe(true);
  expect(finds('GeneratesWhatItMatches', loop('{ any: [{ resources: { kinds: [ConfigMap] } }] }'))).toBe(false);
});

test('generateExisting may stand on the policy', () => {
  const unsaid = generate(`${TARGET}, data: {}`).replace('generateExisting: true, ', '');
  expect(finds('GenerateExistingUnsaid', unsaid)).toBe(true);
  expect(finds('GenerateExistingUnsaid', unsaid.replace('spec:\n', 'spec:\n  generateExisting: false\n'))).toBe(false);
});
