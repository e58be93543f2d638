import { kindScopes } from '../../values/kind-scopes';
import { hasWildcard } from '../../values/kyverno-wildcard';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { type Fields, isGiven, isTemplate, listed, shown } from './fields';
import { type GenerateTarget, generateTargetsOf, knownTarget } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, generateRule } from './sample';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nname: settings\ndata: { data: { color: blue } }';

export const generateTargetRefused: ObjectRule = {
  id: 'kyverno/GenerateTargetRefused',
  severity: 'error',
  what: 'A generate rule does not say which object it makes, or puts it where it cannot be.',
  why: 'Kyverno needs apiVersion, kind and name, and a namespace exactly for what lies in one; the webhook refuses the policy.',
  mend: 'Write apiVersion, kind and name, and `namespace: "{{ request.object.metadata.name }}"` in a rule that matches Namespaces.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(generateRule(CONFIG_MAP)),
  good: clusterPolicy(generateRule(`${CONFIG_MAP}\nnamespace: "{{ request.object.metadata.name }}"`)),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const target of generateTargetsOf(rule)) {
        const found = problemOf(target);
        if (found) report({ object, pointer: target.pointer, found: `${found} in the rule ${rule.name}` });
      }
    }
  },
};

function problemOf(target: GenerateTarget): string | undefined {
  const { fields, kind } = target;
  const kinds = asList(asObject(fields.cloneList)?.kinds);
  if (kinds.length > 0) return scopesProblem(kinds, fields.namespace) ?? selectorProblem(asObject(asObject(fields.cloneList)?.selector));
  const missing = ['apiVersion', 'kind', 'name'].filter(field => !fields[field]);
  if (missing.length > 0) return `no ${listed(missing)}`;
  const known = isTemplate(kind) || isTemplate(fields.apiVersion) ? undefined : knownTarget(target);
  if (!known || known.namespaced === Boolean(fields.namespace)) return undefined;
  return known.namespaced ? `a ${kind} without a namespace` : `a ${kind} with a namespace, though it lies in none,`;
}

function selectorProblem(selector: Fields | undefined): string | undefined {
  const wild = Object.entries(asObject(selector?.matchLabels) ?? {}).find(label => label.some(text => typeof text === 'string' && hasWildcard(text)));
  return wild && `a cloneList that selects ${shown(wild[0])}: ${shown(wild[1])}, which takes no wildcards,`;
}

function scopesProblem(kinds: readonly unknown[], namespace: unknown): string | undefined {
  const scopes = kindScopes(kinds.filter(text => typeof text === 'string').filter(text => !isTemplate(text)));
  if (scopes.includes(true) && scopes.includes(false)) return 'kinds with and without a namespace in one cloneList';
  if (scopes.includes(true) && !isGiven(namespace)) return 'a cloneList without a namespace to copy to';
  return scopes.includes(false) && isGiven(namespace) ? 'a cloneList with a namespace, though its kinds lie in none,' : undefined;
}
