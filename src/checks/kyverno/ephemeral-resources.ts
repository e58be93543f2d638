import type { ObjectRule } from '../rule';
import { containerPatternsOf } from './container-patterns';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const LIMITS = '[{ resources: { limits: { memory: "?*" } } }]';

export const ephemeralResources: ObjectRule = {
  id: 'kyverno/EphemeralResources',
  severity: 'warning',
  what: 'A pattern asks ephemeral containers for resources.',
  why: 'Kubernetes allows them none, so with Enforce every `kubectl debug` is refused.',
  mend: 'Leave `ephemeralContainers` out of the rule.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
  bad: clusterPolicy(validateRule(`pattern: { spec: { containers: ${LIMITS}, =(initContainers): ${LIMITS}, =(ephemeralContainers): ${LIMITS} } }`, 'Pod')),
  good: clusterPolicy(validateRule(`pattern: { spec: { containers: ${LIMITS}, =(initContainers): ${LIMITS} } }`, 'Pod')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { list, fields, pointer } of containerPatternsOf(rule)) {
        if (list === 'ephemeralContainers' && fields.includes('resources')) {
          report({ object, pointer, found: `resources of ephemeralContainers in the rule ${rule.name}` });
        }
      }
    }
  },
};
