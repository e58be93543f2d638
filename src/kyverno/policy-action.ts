/**
 * What Kyverno does with an object that breaks a rule.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action
 */
export enum PolicyAction {
  /** Lets it in and says so in a policy report. */
  AUDIT = 'Audit',
  /** Refuses it. */
  ENFORCE = 'Enforce',
}
