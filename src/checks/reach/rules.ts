import { crossTenantFlow } from './cross-tenant-flow';
import { dnsUnreachable } from './dns-unreachable';
import { exposedToCluster } from './exposed-to-cluster';
import { exposedToWorld } from './exposed-to-world';
import { halfOpenFlow } from './half-open-flow';
import { policyChangesNothing } from './policy-changes-nothing';
import { ruleChangesNothing } from './rule-changes-nothing';
import { serviceUnreachable } from './service-unreachable';
import type { Rule } from '../rule';

/** What shows only when all policies of a set are read together. */
export const REACH_RULES: readonly Rule[] = [
  halfOpenFlow, dnsUnreachable, serviceUnreachable, exposedToWorld, exposedToCluster, crossTenantFlow, policyChangesNothing,
  ruleChangesNothing,
];
