import { broadRole } from './broad-role';
import { clusterAdminBinding } from './cluster-admin-binding';
import { limitRangeViolated } from './limit-range-violated';
import { noLimitRange } from './no-limit-range';
import { noPodSecurity } from './no-pod-security';
import { noQuota } from './no-quota';
import { podSecurityRefused } from './pod-security-refused';
import { quotaExceeded } from './quota-exceeded';
import { quotaNeedsResources } from './quota-needs-resources';
import { twoOwners } from './two-owners';
import type { Rule } from '../rule';

/** Whether a namespace holds its tenant, and takes what the tenant runs. */
export const TENANCY_RULES: readonly Rule[] = [
  broadRole,
  clusterAdminBinding,
  limitRangeViolated,
  noLimitRange,
  noPodSecurity,
  noQuota,
  podSecurityRefused,
  quotaExceeded,
  quotaNeedsResources,
  twoOwners,
];
