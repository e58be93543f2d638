import { CILIUM_RULES } from './cilium/rules';
import { FLUX_RULES } from './flux/rules';
import { duplicateObject } from './identity/duplicate-object';
import { KUBERNETES_RULES } from './kubernetes/rules';
import { KYVERNO_RULES } from './kyverno/rules';
import { NETWORK_RULES } from './network/rules';
import { REACH_RULES } from './reach/rules';
import type { Rule } from './rule';
import { SCHEMA_RULES } from './schema/rules';
import { TENANCY_RULES } from './tenancy/rules';

/** Every rule, by area. */
export const RULES: readonly Rule[] = [
  ...SCHEMA_RULES,
  duplicateObject,
  ...KUBERNETES_RULES,
  ...NETWORK_RULES,
  ...REACH_RULES,
  ...CILIUM_RULES,
  ...KYVERNO_RULES,
  ...TENANCY_RULES,
  ...FLUX_RULES,
];
