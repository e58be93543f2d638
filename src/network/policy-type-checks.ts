import type { NetworkPolicyProps } from './network-policy';
import { PolicyType } from './policy-type';
import { refuse } from '../values/guardrails-error';

/**
 * Refuses policies that isolate less than they look as if they did.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function checkPolicyTypes(at: string, { policyTypes, ingress, egress }: NetworkPolicyProps): void {
  if (policyTypes === undefined) {
    // Without policyTypes Kubernetes isolates egress only where there is an egress rule.
    if (egress?.length === 0) {
      refuse(at, 'egress', {
        given: 'an empty list, without policyTypes',
        allowed: 'an empty list beside policyTypes that list PolicyType.EGRESS, since it isolates nothing without',
        mend: 'Write policyTypes: [PolicyType.EGRESS] to deny what goes out; leave `egress` out otherwise.',
      });
    }
    return;
  }
  if (policyTypes.length === 0) {
    refuse(at, 'policyTypes', {
      given: 'an empty list',
      allowed: 'at least one direction',
      mend: 'Kubernetes reads an empty list as Ingress, and as Egress too where there is an egress rule; name what is meant.',
    });
  }
  if (new Set(policyTypes).size < policyTypes.length) {
    refuse(at, 'policyTypes', { given: policyTypes.join(', '), allowed: 'each direction once', mend: 'Name it once.' });
  }
  for (const [field, rules, type] of [['ingress', ingress, PolicyType.INGRESS], ['egress', egress, PolicyType.EGRESS]] as const) {
    if (rules && !policyTypes.includes(type)) {
      refuse(at, field, {
        given: `${rules.length === 0 ? 'an empty list' : 'rules'}, where policyTypes has no ${type}`,
        allowed: `nothing, since Kubernetes ignores it: ${field} is not isolated`,
        mend: `Add PolicyType.${type.toUpperCase()} to policyTypes, or leave \`${field}\` out.`,
      });
    }
  }
}
