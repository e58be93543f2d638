import { Dict, isDict, items } from '../json';
import { atLeast } from '../version';
import { eachRule, filtersOf, present, rulesOf, when } from './rules-of';

const FIELDS = {
  spec: [
    'admission', 'applyRules', 'background', 'emitWarning', 'failurePolicy', 'generateExisting', 'generateExistingOnPolicyUpdate',
    'mutateExistingOnPolicyUpdate', 'rules', 'schemaValidation', 'useServerSideApply', 'validationFailureAction',
    'validationFailureActionOverrides', 'webhookConfiguration', 'webhookTimeoutSeconds',
  ],
  rule: [
    'name', 'match', 'exclude', 'context', 'preconditions', 'celPreconditions', 'skipBackgroundRequests', 'reportProperties',
    'imageExtractors', 'mutate', 'validate', 'generate', 'verifyImages',
  ],
  filter: ['any', 'all', 'resources', 'subjects', 'roles', 'clusterRoles'],
  resources: ['kinds', 'name', 'names', 'namespaces', 'annotations', 'selector', 'namespaceSelector', 'operations'],
  validate: [
    'failureAction', 'failureActionOverrides', 'allowExistingViolations', 'message', 'pattern', 'anyPattern', 'deny', 'foreach',
    'podSecurity', 'cel', 'manifests', 'assert',
  ],
  mutate: ['targets', 'mutateExistingOnPolicyUpdate', 'patchStrategicMerge', 'patchesJson6902', 'foreach'],
  generate: [
    'apiVersion', 'kind', 'name', 'namespace', 'uid', 'synchronize', 'generateExisting', 'orphanDownstreamOnPolicyDelete', 'data', 'clone',
    'cloneList', 'foreach',
  ],
};
const CONTEXT_SOURCES = ['configMap', 'apiCall', 'imageRegistry', 'variable', 'globalReference'];
const ANY_ACTION = ['Audit', 'Enforce', 'audit', 'enforce'];
const OPERATORS = [
  'Equals', 'NotEquals', 'In', 'AnyIn', 'AllIn', 'NotIn', 'AnyNotIn', 'AllNotIn', 'GreaterThan', 'GreaterThanOrEquals', 'LessThan',
  'LessThanOrEquals', 'DurationGreaterThan', 'DurationGreaterThanOrEquals', 'DurationLessThan', 'DurationLessThanOrEquals',
];

/** What the schema of the CRD refuses. */
export function structureProblems(policy: Dict, kyvernoVersion: string): string[] {
  const { apiVersion, kind, metadata, spec } = policy;
  if (apiVersion !== 'kyverno.io/v1' || kind !== 'ClusterPolicy' || !isDict(spec)) {
    return [`${apiVersion} ${kind} is not a kyverno.io/v1 ClusterPolicy with a spec`];
  }
  return [
    ...when(!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(metadata?.name ?? ''), `metadata.name '${metadata?.name}' is not a DNS subdomain`),
    ...unknown(spec, 'spec'),
    ...oneOf(spec, 'applyRules', ['All', 'One']),
    ...oneOf(spec, 'failurePolicy', ['Ignore', 'Fail']),
    ...oneOf(spec.webhookConfiguration, 'failurePolicy', ['Ignore', 'Fail']),
    ...oneOf(spec, 'validationFailureAction', ANY_ACTION),
    ...items(spec.validationFailureActionOverrides).flatMap((override) => oneOf(override, 'action', ANY_ACTION)),
    ...rulesOf(policy).flatMap((rule, i) => when(!rule.name || !isDict(rule.match), `rule ${i}: name and match are required`)),
    ...eachRule(policy, (rule) => [...ruleShape(rule), ...filterShape(rule), ...bodyShape(rule, kyvernoVersion)]),
  ];
}

function unknown(map: unknown, type: keyof typeof FIELDS): string[] {
  return isDict(map)
    ? Object.keys(map).filter((key) => !FIELDS[type].includes(key)).map((key) => `unknown field '${key}' in ${type}`)
    : [];
}

function oneOf(map: unknown, key: string, allowed: string[]): string[] {
  const value = isDict(map) ? map[key] : undefined;
  return when(value !== undefined && !allowed.includes(value), `${key} '${value}' is not one of ${allowed.join(', ')}`);
}

function ruleShape(rule: Dict): string[] {
  return [
    ...when(`${rule.name}`.length > 63, 'the name is longer than 63 characters'),
    ...unknown(rule, 'rule'),
    ...unknown(rule.validate, 'validate'),
    ...unknown(rule.mutate, 'mutate'),
    ...unknown(rule.generate, 'generate'),
    ...items(rule.context).flatMap((entry) => when(
      !isDict(entry) || entry.name === undefined || present(entry, CONTEXT_SOURCES).length !== 1,
      `a context entry needs a name and exactly one of ${CONTEXT_SOURCES.join(', ')}`,
    )),
  ];
}

function filterShape(rule: Dict): string[] {
  return filtersOf(rule).flatMap(({ place, filter }) => [
    ...unknown(filter, 'filter'),
    ...unknown(filter.resources, 'resources'),
    ...when(present(filter, ['any', 'all']).length === 2, `${place} has both any and all`),
    ...when(present(filter.resources, ['name', 'names']).length === 2, `${place} has both name and names`),
    ...items(filter.resources?.operations).flatMap((operation) => (
      oneOf({ operation }, 'operation', ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'])
    )),
    ...items(filter.subjects).flatMap((subject) => when(!subject.kind || !subject.name, `a subject in ${place} needs kind and name`)),
  ]);
}

function bodyShape({ validate, mutate }: Dict, kyvernoVersion: string): string[] {
  return [
    ...oneOf(validate, 'failureAction', ['Audit', 'Enforce']),
    ...items(validate?.failureActionOverrides).flatMap((override) => oneOf(override, 'action', ANY_ACTION)),
    ...oneOf(validate?.podSecurity, 'level', ['privileged', 'baseline', 'restricted']),
    ...oneOf(validate?.podSecurity, 'version', podSecurityVersions(kyvernoVersion)),
    ...items(mutate?.foreach).flatMap((entry) => oneOf(entry, 'order', ['Ascending', 'Descending'])),
    // Only here does the schema know operators; other conditions have no schema, and the webhook looks at them.
    ...[...items(validate?.foreach), ...items(mutate?.foreach)].flatMap(({ preconditions }) => (
      [...items(preconditions?.any), ...items(preconditions?.all)].flatMap((condition) => oneOf(condition, 'operator', OPERATORS))
    )),
  ];
}

/** Kyverno knows the Pod Security Standards up to a fixed version of Kubernetes. */
function podSecurityVersions(kyvernoVersion: string): string[] {
  const newest = atLeast(kyvernoVersion, '1.16') ? 32 : 29;
  return ['latest', ...Array.from({ length: newest - 18 }, (_, i) => `v1.${19 + i}`)];
}
