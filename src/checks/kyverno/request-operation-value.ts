import type { ObjectRule } from '../rule';
import { shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const OPERATIONS: readonly unknown[] = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

export const requestOperationValue: ObjectRule = {
  id: 'kyverno/RequestOperationValue',
  severity: 'error',
  what: 'request.operation is compared with something that is no operation.',
  why: 'It is CREATE, UPDATE, DELETE or CONNECT, and the webhook refuses to compare it with anything else.',
  mend: 'Write the operation in capitals, or a list of them.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/preconditions/',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.operation }}", operator: Equals, value: Delete }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.operation }}", operator: Equals, value: DELETE }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { fields, pointer, block } of rule.conditions) {
        const { key, value } = fields;
        if (!block.ofRule || value === undefined || value === null) continue;
        if (typeof key !== 'string' || key.replaceAll(' ', '') !== '{{request.operation}}' || isOperation(value)) continue;
        report({ object, pointer: `${pointer}/value`, found: `${shown(value)} in the rule ${rule.name}` });
      }
    }
  },
};

function isOperation(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(item => OPERATIONS.includes(item));
  return OPERATIONS.includes(value) || (typeof value === 'string' && value.startsWith('{{') && value.endsWith('}}'));
}
