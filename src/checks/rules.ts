import { l7RuleVoided } from './cilium/l7-rule-voided';
import { duplicateObject } from './identity/duplicate-object';
import { cniEnforcesNothing } from './network/cni-enforces-nothing';
import type { Rule } from './rule';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  l7RuleVoided,
  duplicateObject,
  cniEnforcesNothing,
];
