import type { ObjectRule } from '../rule';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, generateRule } from './sample';

export const requestNamespaceOfNamespace: ObjectRule = {
  id: 'kyverno/RequestNamespaceOfNamespace',
  severity: 'warning',
  what: 'A generate rule for Namespaces reads `request.namespace`.',
  why: 'A Namespace lies in no namespace: what it is called stands in its metadata.',
  mend: 'Write `{{ request.object.metadata.name }}`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(sample('{{ request.namespace }}')),
  good: clusterPolicy(sample('{{ request.object.metadata.name }}')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      if (!rule.has('generate') || rule.kinds.length === 0 || !rule.kinds.every(kind => /(^|\/)Namespace$/.test(kind))) continue;
      const variable = rule.variables.find(({ expression, pointer }) => expression === 'request.namespace' && pointer.includes('/generate/'));
      if (variable) report({ object, pointer: variable.pointer, found: `{{ request.namespace }} in the rule ${rule.name}` });
    }
  },
};

function sample(namespace: string): string {
  return generateRule(`
apiVersion: v1
kind: ConfigMap
name: settings
namespace: "${namespace}"
data: { data: { color: blue } }`);
}
