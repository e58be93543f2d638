import type { Spot } from './spot';
import { wildcardMatches } from '../../values/kyverno-wildcard';
import { PolicyAction } from '../policy-action';
import type { KyvernoFailureActionOverride } from '../validate';

/** One namespace must not be under both actions, be it by name or by wildcard. */
export function checkOverrides(spot: Spot, overrides: KyvernoFailureActionOverride[] | undefined): void {
  const under = (action: PolicyAction): string[] =>
    (overrides ?? []).filter(override => override.action === action).flatMap(({ namespaces }) => namespaces ?? []);
  for (const audited of under(PolicyAction.AUDIT)) {
    const enforced = under(PolicyAction.ENFORCE).find(other => wildcardMatches(audited, other) || wildcardMatches(other, audited));
    if (enforced !== undefined) {
      spot.refuse(
        `${audited} under Audit and ${enforced} under Enforce`,
        'each namespace under one action',
        'Name the namespaces so that no name or wildcard of one list matches the other.',
      );
    }
  }
}
