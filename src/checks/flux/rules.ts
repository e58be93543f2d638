import { aggregatedRoleWithRules } from './aggregated-role-with-rules';
import { appliedTwice } from './applied-twice';
import { chartLayer } from './chart-layer';
import { crdAfterObjects } from './crd-after-objects';
import { crdsNotUpgraded } from './crds-not-upgraded';
import { crossNamespaceRef } from './cross-namespace-ref';
import { dependencyCycle } from './dependency-cycle';
import { dependencyWithoutWait } from './dependency-without-wait';
import { dollarBrace } from './dollar-brace';
import { healthChecksIgnored } from './health-checks-ignored';
import { intervalTooShort } from './interval-too-short';
import { noServiceAccount } from './no-service-account';
import { notApplied } from './not-applied';
import { pathNotFound } from './path-not-found';
import { pruneOff } from './prune-off';
import { removedVersion } from './removed-version';
import { renamesObjects } from './renames-objects';
import { substitutionTakesText } from './substitution-takes-text';
import type { Rule } from '../rule';

/** What Flux makes of objects that is not what they say. */
export const FLUX_RULES: readonly Rule[] = [
  aggregatedRoleWithRules,
  appliedTwice,
  chartLayer,
  crdAfterObjects,
  crdsNotUpgraded,
  crossNamespaceRef,
  dependencyCycle,
  dependencyWithoutWait,
  dollarBrace,
  healthChecksIgnored,
  intervalTooShort,
  noServiceAccount,
  notApplied,
  pathNotFound,
  pruneOff,
  removedVersion,
  renamesObjects,
  substitutionTakesText,
];
