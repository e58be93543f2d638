import { anchorOf } from '../../values/kyverno-anchor';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { spotsIn } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

export const listElementsIgnored: ObjectRule = {
  id: 'kyverno/ListElementsIgnored',
  severity: 'warning',
  what: 'A list of a pattern has more than one map.',
  why: 'Kyverno asks the first of every element of the object, and never looks at the others.',
  mend: 'Put everything into the first, write `anyPattern` or a rule of its own for the others, or use `^(field)`, which takes each of them.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#patterns',
  bad: clusterPolicy(validateRule('pattern: { spec: { ports: [{ port: 443 }, { protocol: TCP }] } }', 'Service')),
  good: clusterPolicy(validateRule('pattern: { spec: { ports: [{ port: 443, protocol: TCP }] } }', 'Service')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const pattern of rule.patterns) {
        for (const { key, value, pointer } of spotsIn(pattern.value, pattern.pointer, isIgnored)) {
          report({ object, pointer, found: `${asList(value).length} patterns in ${key}, of which the first counts, in the rule ${rule.name}` });
        }
      }
    }
  },
};

function isIgnored(key: string, value: unknown): boolean {
  return Array.isArray(value) && value.length > 1 && asObject(value[0]) !== undefined && anchorOf(key) !== '^(';
}
