import { Call } from './call';
import { conditionsHold } from './conditions';
import { copy, Dict, isDict, items } from './json';
import { Scope } from './scope';
import { Unsupported } from './unsupported';

/**
 * The objects that a generate rule makes. A clone is a marker: what is copied is only known in the cluster, and `clonedFrom` says where.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/generate/
 */
export function generateRule(policyName: string, rule: Dict, call: Call, scope: Scope): Dict[] {
  const local = scope.withContext(items(rule.context));
  if (!conditionsHold(rule.preconditions, local)) {
    return [];
  }
  const spec: Dict = rule.generate;
  const made = spec.foreach === undefined ? downstream(spec, local) : items(spec.foreach).flatMap((entry) => forEach(entry, local));
  return made.map((object) => withLabels(object, policyName, rule.name, call));
}

function forEach(entry: Dict, scope: Scope): Dict[] {
  const list = scope.query(entry.list);
  return (Array.isArray(list) ? list : [list]).flatMap((element, elementIndex) => {
    const local = scope.with({ element, elementIndex }).withContext(items(entry.context));
    return conditionsHold(entry.preconditions, local) ? downstream(entry, local) : [];
  });
}

function downstream(spec: Dict, scope: Scope): Dict[] {
  const { apiVersion, kind, name, namespace, data, clone, cloneList } = scope.substitute(spec);
  if (isDict(cloneList)) {
    return items(cloneList.kinds).map((cloned: string) => {
      const parts = cloned.split('/');
      const origin = { namespace: cloneList.namespace, selector: cloneList.selector };
      return copy({ apiVersion: parts.slice(0, -1).join('/'), kind: parts.at(-1), metadata: { namespace }, clonedFrom: origin });
    });
  }
  const identity = { name, namespace };
  if (isDict(clone)) {
    return [copy({ apiVersion, kind, metadata: identity, clonedFrom: clone })];
  }
  if (!isDict(data)) {
    throw new Unsupported(`a generate rule with ${Object.keys(spec).join(', ')}`);
  }
  // The name and namespace of the rule win over those in data.
  return [copy({ ...data, apiVersion, kind, metadata: { ...data.metadata, ...identity } })];
}

/** The labels by which Kyverno finds its downstream objects again; the ones that hold a UID are left out. */
function withLabels(object: Dict, policyName: string, ruleName: string, call: Call): Dict {
  const labels = {
    ...object.metadata.labels,
    'app.kubernetes.io/managed-by': 'kyverno',
    'generate.kyverno.io/policy-name': policyName,
    'generate.kyverno.io/policy-namespace': '',
    'generate.kyverno.io/rule-name': ruleName,
    'generate.kyverno.io/trigger-group': call.group,
    'generate.kyverno.io/trigger-version': call.version,
    'generate.kyverno.io/trigger-kind': call.kind,
    'generate.kyverno.io/trigger-namespace': call.subject.metadata?.namespace ?? '',
  };
  return { ...object, metadata: { ...object.metadata, labels } };
}
