import { below, shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { variablesBelow } from './rule-variables';
import { clusterPolicy, validateRule } from './sample';
import type { ObjectRule } from '../rule';

/** Fields that objects may lack. */
const OPTIONAL = new Set([
  'labels', 'annotations', 'ownerReferences', 'finalizers', 'generateName', 'securityContext', 'initContainers', 'ephemeralContainers', 'volumes',
  'volumeMounts', 'nodeSelector', 'nodeName', 'tolerations', 'affinity', 'resources', 'limits', 'requests', 'hostNetwork', 'hostPID', 'hostIPC',
  'imagePullSecrets', 'readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle', 'priorityClassName', 'runtimeClassName', 'env', 'envFrom',
  'ports', 'tls', 'rules', 'loadBalancerIP', 'externalName', 'externalIPs', 'ingressClassName', 'storageClassName', 'automountServiceAccountToken',
]);

/** A plain path: no function, no default, no projection, which finds an empty list where there is nothing. */
const PATH = /^(?:request\.object|request\.oldObject|element|target)(?:\.(?:"[^"]*"|[\w-]+)|\[\d+\])+$/;

export const pathWithoutDefault: ObjectRule = {
  id: 'kyverno/PathWithoutDefault',
  severity: 'warning',
  what: 'A condition reads a field that may be absent, and gives no default.',
  why: 'An absent field is an error of the rule, not an empty value, and with the failure policy Fail an error blocks the request.',
  mend: 'Give a default, as in `{{ request.object.metadata.labels.team || \'\' }}`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/jmespath/#non-existent-fields',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.object.metadata.labels.team }}", operator: Equals, value: none }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.object.metadata.labels.team || \'\' }}", operator: Equals, value: none }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { fields, pointer } of rule.conditions) {
        for (const side of ['key', 'value']) {
          const risky = variablesBelow([fields[side]], '').find(({ expression }) => isRisky(expression));
          if (risky) report({ object, pointer: below(pointer, side), found: `{{ ${shown(risky.expression)} }} in the rule ${rule.name}` });
        }
      }
    }
  },
};

function isRisky(expression: string): boolean {
  return PATH.test(expression) && expression.split(/[.[\]]/).some(step => OPTIONAL.has(step));
}
