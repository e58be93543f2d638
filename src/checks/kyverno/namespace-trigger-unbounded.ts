import type { ObjectRule } from '../rule';
import { isGiven, isTemplate, listed } from './fields';
import type { Filter } from './filters';
import { generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy, defaultDenyRule } from './sample';
import { wildcardMatches } from '../../values/kyverno-wildcard';
import { asList } from '../read';

const LIMITING = ['NetworkPolicy', 'CiliumNetworkPolicy', 'ResourceQuota', 'LimitRange'];
const BOUNDS = ['name', 'names', 'namespaces', 'selector', 'annotations'];

/** Filters of which only the cluster knows whom they leave out. */
const UNTOLD = ['selector', 'namespaceSelector', 'annotations'];

export const namespaceTriggerUnbounded: ObjectRule = {
  id: 'kyverno/NamespaceTriggerUnbounded',
  severity: 'warning',
  what: 'What limits a namespace is generated into every namespace, or into one of the platform itself.',
  why: 'Kyverno leaves out kube-system and its own namespace at most: those of Flux, of Cilium and of monitoring get a default deny or a quota too.',
  mend: 'Match Namespaces by a label with `selector`, or exclude those of the platform, all of them.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(defaultDenyRule('').replace(', selector: { matchLabels: { team: shop } }', '')),
  good: clusterPolicy(defaultDenyRule('')),
  kinds: POLICY_KINDS,
  checkObject(object, report, { target: { systemNamespaces } }) {
    for (const rule of rulesIn(object)) {
      const target = generateTargetsOf(rule).find(({ kind }) => LIMITING.includes(kind));
      const filter = rule.filters.find(isUnbounded);
      if (!target || !filter || isGiven(rule.fields.preconditions)) continue;
      const found = `a ${target.kind} for every Namespace in the rule ${rule.name}`;
      const excludes = excludesOf(rule);
      if (excludes.length === 0) report({ object, pointer: filter.pointer, found });
      const left = (systemNamespaces ?? []).filter(name => !excludes.some(exclude => leavesOut(exclude, name)));
      if (excludes.length > 0 && left.length > 0) {
        report({ object, pointer: filter.pointer, found: `${found}, the platform's own ${listed(left)} among them` });
      }
    }
  },
};

function isUnbounded({ place, list, kinds, resources }: Filter): boolean {
  return place === 'match' && list !== 'all' && kinds.some(kind => /(^|\/)Namespace$/.test(kind)) && !BOUNDS.some(field => isGiven(resources[field]));
}

function excludesOf({ filters }: PolicyRule): Filter[] {
  return filters.filter(({ place }) => place === 'exclude');
}

/** Whether a filter may leave a namespace out; several in `all` are taken for one that may. */
function leavesOut({ resources, fields }: Filter, namespace: string): boolean {
  if (UNTOLD.some(field => isGiven(resources[field])) || ['subjects', 'roles', 'clusterRoles'].some(field => isGiven(fields[field]))) return true;
  const lists = [asList(resources.names), asList(resources.namespaces), isGiven(resources.name) ? [resources.name] : []]
    .filter(names => names.length > 0);
  return lists.every(names => names.some(name => typeof name !== 'string' || isTemplate(name) || wildcardMatches(name, namespace)));
}
