import { l7RuleVoided } from './cilium/l7-rule-voided';
import type { Finding, Located } from './finding';
import { duplicateObject } from './identity/duplicate-object';
import { cniEnforcesNothing } from './network/cni-enforces-nothing';
import type { Rule } from './rule';
import type { Target } from '../target/target';

const RULES: Rule[] = [cniEnforcesNothing, duplicateObject, l7RuleVoided];

/** Everything that is wrong with the objects of one cluster, whoever wrote them. */
export function checkObjects(objects: Located[], target: Target): Finding[] {
  return RULES.flatMap(rule => rule.check(objects, target).map(finding => ({ id: rule.id, ...finding })));
}
