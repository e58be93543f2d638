import type { ObjectRule } from '../rule';
import { isGiven, shown } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy } from './sample';

const RULES = `
- name: config
  match: { any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { team: shop } } } }] }
  generate:
    apiVersion: v1
    kind: ConfigMap
    name: settings
    namespace: "{{ request.object.metadata.name }}"
    generateExisting: true
    data: { data: { color: blue } }
`;

export const generateExistingOnPolicyUpdate: ObjectRule = {
  id: 'kyverno/GenerateExistingOnPolicyUpdate',
  severity: 'error',
  what: 'A policy sets `generateExistingOnPolicyUpdate`.',
  why: 'The CRD still has the field, but the webhook refuses every policy that sets it, to true or to false.',
  mend: 'Write `generateExisting` in the generate rules.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(RULES, 'generateExistingOnPolicyUpdate: true'),
  good: clusterPolicy(RULES),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const value = policyIn(object)?.spec.generateExistingOnPolicyUpdate;
    if (isGiven(value)) report({ object, pointer: '/spec/generateExistingOnPolicyUpdate', found: `the field, set to ${shown(value)}` });
  },
};
