import { compareMinor } from '../../values/semver-minor';
import type { CheckContext } from '../check-context';
import { asList, asObject } from '../read';
import type { SetRule } from '../rule';
import { isTemplate } from './fields';
import { type GenerateTarget, generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, generateRule } from './sample';

/** What the background controller may write as it is installed. */
const GRANTED: Record<string, readonly string[]> = {
  '': ['ConfigMap', 'ResourceQuota', 'LimitRange'],
  'networking.k8s.io': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'resource.k8s.io': ['ResourceClaim', 'ResourceClaimTemplate'],
};

const SECRET = clusterPolicy(generateRule(`
apiVersion: v1
kind: Secret
name: pull
namespace: "{{ request.object.metadata.name }}"
clone: { name: pull, namespace: platform }`));

export const generateRights: SetRule = {
  id: 'kyverno/GenerateRights',
  severity: 'warning',
  what: 'A rule generates what Kyverno may not write, and no ClusterRole beside it gives it the right.',
  why: 'The webhook asks whether the background controller may get and create the object, and refuses the policy when it may not.',
  mend: 'Add a ClusterRole with the label `rbac.kyverno.io/aggregate-to-background-controller: "true"` for the kind, and apply it before the policy.',
  link: 'https://kyverno.io/docs/installation/customization/#customizing-permissions',
  bad: SECRET,
  good: `${SECRET}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: kyverno-secrets, labels: { rbac.kyverno.io/aggregate-to-background-controller: "true" } }
rules:
  - { apiGroups: [""], resources: [secrets], verbs: [get, list, watch, create, update, delete] }
`,
  *checkSet(context) {
    const roles = rolesOfKyverno(context);
    for (const object of context.ofKind(...POLICY_KINDS)) {
      for (const rule of rulesIn(object)) {
        for (const target of generateTargetsOf(rule)) {
          if (isUnknown(target) || isGranted(target, context.target.kyverno) || roles.some(role => covers(role, target))) continue;
          yield { object, pointer: target.pointer, found: `a ${target.kind} in the rule ${rule.name}` };
        }
      }
    }
  },
};

function isUnknown({ kind, fields }: GenerateTarget): boolean {
  return kind === '' || isTemplate(kind) || isTemplate(fields.apiVersion);
}

function isGranted({ group, kind }: GenerateTarget, kyverno: string): boolean {
  return (GRANTED[group]?.includes(kind) ?? false) && (group !== 'resource.k8s.io' || compareMinor(kyverno, '1.16') >= 0);
}

/** The rules of the roles that are Kyverno's: by the label that aggregates them, or by a binding to the controller. */
function rolesOfKyverno(context: CheckContext): unknown[] {
  const bound = new Set(context.ofKind('ClusterRoleBinding')
    .filter(({ object }) => asList(object.subjects).some(subject => asObject(subject)?.name === 'kyverno-background-controller'))
    .map(({ object }) => asObject(object.roleRef)?.name));
  return context.ofKind('ClusterRole').filter(({ object }) => {
    const labels = asObject(asObject(object.metadata)?.labels) ?? {};
    return labels['rbac.kyverno.io/aggregate-to-background-controller'] === 'true'
      || labels['app.kubernetes.io/component'] === 'background-controller' || bound.has(asObject(object.metadata)?.name);
  }).flatMap(({ object }) => asList(object.rules));
}

function covers(rule: unknown, { group, kind }: GenerateTarget): boolean {
  const groups = asList(asObject(rule)?.apiGroups);
  const resources = asList(asObject(rule)?.resources);
  const verbs = asList(asObject(rule)?.verbs);
  return (groups.includes(group) || groups.includes('*')) && (verbs.includes('create') || verbs.includes('*'))
    && (resources.includes(pluralOf(kind)) || resources.includes('*'));
}

function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
