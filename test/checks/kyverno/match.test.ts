import { finds, policy, validate } from './support';

const PATTERN = 'pattern: { metadata: { labels: { team: "?*" } } }';
const CONNECT = 'deny: { conditions: { any: [{ key: "{{ request.operation }}", operator: Equals, value: CONNECT }] } }';
const matching = (match: string, exclude = '', settings = '') => policy(`- name: test
  match: ${match}
  ${exclude}
  validate: { failureAction: Enforce, message: No., ${PATTERN} }`, settings);
const DEPLOYMENTS = '{ any: [{ resources: { kinds: [Deployment] } }] }';
const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.acme.io }
spec: { group: acme.io, names: { kind: Widget } }`;

test.each([
  ['MatchMixesForms', 'any and all in exclude', matching(DEPLOYMENTS, 'exclude: { any: [{ resources: { kinds: [Job] } }], all: [{ resources: { names: [a] } }] }')],
  ['MatchWithoutKinds', 'no filter', matching('{}')],
  ['MatchWithoutKinds', 'an empty list', matching('{ any: [] }')],
  ['MatchWithoutKinds', 'a user alone', matching('{ any: [{ subjects: [{ kind: User, name: ada }] }] }')],
  ['MatchWithoutKinds', 'the second of all', matching('{ all: [{ resources: { kinds: [Pod] } }, { resources: { namespaces: [a] } }] }')],
  ['MatchWithoutKinds', 'the older form', matching('{ resources: { name: a } }')],
  ['SubjectIncomplete', 'a kind that is none', matching(DEPLOYMENTS, 'exclude: { any: [{ subjects: [{ kind: Robot, name: a }] }] }')],
  ['SubjectIncomplete', 'a role without its namespace', matching(DEPLOYMENTS, 'exclude: { any: [{ roles: [admin] }] }')],
  ['SelectorRefused', 'In without values', matching('{ any: [{ resources: { kinds: [Pod], selector: { matchExpressions: [{ key: a, operator: In }] } } }] }')],
  ['SelectorRefused', 'a label that is none', matching('{ any: [{ resources: { kinds: [Pod], selector: { matchLabels: { "a b": c } } } }] }')],
  ['WildcardKinds', 'another kind beside it', matching('{ any: [{ resources: { kinds: ["*", Pod] } }] }', '', 'background: false')],
  ['WildcardKinds', 'the default background', matching('{ any: [{ resources: { kinds: ["*"] } }] }')],
  ['WildcardKinds', 'the spec', validate('pattern: { spec: { a: b } }', '"*"', '', 'background: false')],
  ['WildcardKinds', 'in exclude', matching(DEPLOYMENTS, 'exclude: { any: [{ resources: { kinds: ["*"] } }] }')],
  ['SubresourceInBackground', 'a dot', validate(CONNECT, 'Pod.exec')],
  ['SubresourceInBackground', 'a version', validate(CONNECT, 'v1/Pod/attach')],
  ['SubresourceInBackground', 'every subresource of a kind', validate(CONNECT, 'Pod/*')],
  ['SubresourceInBackground', 'a subresource of every kind', validate(CONNECT, '"*/status"')],
  ['SubresourceInBackground', 'everything and its subresources', validate(CONNECT, '"*/*"')],
  ['SubresourceInBackground', 'a kind that only a subresource has', validate(CONNECT, 'PodExecOptions')],
  ['SubresourceInBackground', 'the kind of a subresource, with its group', validate(CONNECT, 'autoscaling/v1/Scale')],
  ['UserInBackground', 'subjects in match', matching('{ any: [{ resources: { kinds: [Pod] }, subjects: [{ kind: User, name: ada }] }] }')],
  ['UserInBackground', 'the older form', matching('{ resources: { kinds: [Pod] }, clusterRoles: [admin] }')],
  ['ExcludeCancelsMatch', 'fields in another order', matching(
    '{ any: [{ resources: { kinds: [Pod], namespaces: [a] } }] }', 'exclude: { any: [{ resources: { namespaces: [a], kinds: [Pod] } }] }',
  )],
  ['UnknownKind', 'a plural', matching('{ any: [{ resources: { kinds: [pods] } }] }')],
  ['UnknownKind', 'a kind that its group does not have', matching('{ any: [{ resources: { kinds: [apps/v1/Pod] } }] }')],
  ['UnknownKind', 'a bare kind of nobody', matching('{ any: [{ resources: { kinds: [Widget] } }] }')],
  ['AmbiguousKind', 'Ingress', matching('{ any: [{ resources: { kinds: [Ingress] } }] }')],
  ['NamespaceSelectorOnNamespace', 'beside other kinds', matching(
    '{ any: [{ resources: { kinds: [Pod, v1/Namespace], namespaceSelector: { matchLabels: { a: b } } } }] }',
  )],
  ['FilteredNamespace', 'system namespaces alone', matching('{ any: [{ resources: { kinds: [Pod], namespaces: [kube-system, kyverno] } }] }')],
  ['WildcardKindBlocks', 'every kind', matching('{ any: [{ resources: { kinds: ["*"] } }] }', '', 'background: false')],
  ['SubresourceForgotten', 'replicas', validate('pattern: { spec: { replicas: ">1" } }')],
])('%s finds %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(true);
});

test.each([
  ['MatchMixesForms', 'an empty list beside', matching('{ any: [{ resources: { kinds: [Pod] } }], all: [] }')],
  ['MatchWithoutKinds', 'an exclude without kinds', matching(DEPLOYMENTS, 'exclude: { any: [{ resources: { namespaces: [a] } }] }')],
  ['MatchWithoutKinds', 'the older form', matching('{ resources: { kinds: [Pod] } }')],
  ['SubjectIncomplete', 'a group and a role', matching(DEPLOYMENTS, 'exclude: { any: [{ subjects: [{ kind: Group, name: a }], roles: ["a:b"] }] }')],
  ['SelectorRefused', 'wildcards', matching('{ any: [{ resources: { kinds: [Pod], selector: { matchLabels: { "app.kubernetes.io/*": "?*" } } } }] }')],
  ['SelectorRefused', 'an empty namespaceSelector', matching('{ any: [{ resources: { kinds: [Pod], namespaceSelector: {} } }] }')],
  ['WildcardKinds', 'every kind of one name', matching('{ any: [{ resources: { kinds: ["*/Pod"] } }] }')],
  ['WildcardKinds', 'a deny', validate(CONNECT, '"*"', '', 'background: false')],
  ['SubresourceInBackground', 'every version of a kind', validate(CONNECT, '"*/Pod"')],
  ['SubresourceInBackground', 'a kind of that name in another group', validate(CONNECT, 'acme.io/v1/Scale')],
  ['SubresourceInBackground', 'a subresource that the kind does not have', validate(CONNECT, 'Pod/scale')],
  ['SubresourceInBackground', 'a policy without background', validate(CONNECT, 'Pod/exec', '', 'background: false')],
  ['SubresourceInBackground', 'a mutate rule', policy('- { name: a, match: { any: [{ resources: { kinds: [Pod/status] } }] }, mutate: { targets: [{}] } }')],
  ['UserInBackground', 'a policy without background', matching('{ resources: { kinds: [Pod] }, clusterRoles: [admin] }', '', 'background: false')],
  ['UserInBackground', 'a field of the same name', validate('deny: { conditions: { any: [{ key: "{{ request.object.spec.serviceAccountName }}", operator: Equals, value: a }] } }')],
  ['ExcludeCancelsMatch', 'all', matching('{ all: [{ resources: { kinds: [Pod] } }] }', 'exclude: { all: [{ resources: { kinds: [Pod] } }] }')],
  ['UnknownKind', 'a kind of a CRD beside it', `${matching('{ any: [{ resources: { kinds: [Widget] } }] }')}---\n${CRD}`],
  ['UnknownKind', 'a kind of an unknown group', matching('{ any: [{ resources: { kinds: [acme.io/v1/Widget] } }] }')],
  ['UnknownKind', 'a wildcard', matching('{ any: [{ resources: { kinds: ["*/scale", "Cron*", "apps/*/Deployment"] } }] }')],
  ['UnknownKind', 'subresources', matching('{ any: [{ resources: { kinds: [v1/Pod.status, Pod/exec, PodExecOptions] } }] }')],
  ['UnknownKind', 'what a template makes', matching('{ any: [{ resources: { kinds: ["${KIND}"] } }] }')],
  ['AmbiguousKind', 'a kind with its group', matching('{ any: [{ resources: { kinds: [networking.k8s.io/v1/Ingress] } }] }')],
  ['AmbiguousKind', 'a kind of one group', matching('{ any: [{ resources: { kinds: [Deployment] } }] }')],
  ['FilteredNamespace', 'another among them', matching('{ any: [{ resources: { kinds: [Pod], namespaces: [kube-system, shop] } }] }')],
  ['FilteredNamespace', 'an exclude', matching(DEPLOYMENTS, 'exclude: { any: [{ resources: { namespaces: [kube-system] } }] }')],
  ['WildcardKindBlocks', 'Ignore at the older place', matching('{ any: [{ resources: { kinds: ["*"] } }] }', '', 'background: false\nfailurePolicy: Ignore')],
  ['SubresourceForgotten', 'the subresource', validate('pattern: { spec: { replicas: ">1" } }', 'Deployment, Deployment/scale')],
])('%s leaves alone %s', (rule, _, yaml) => {
  expect(finds(rule, yaml)).toBe(false);
});
