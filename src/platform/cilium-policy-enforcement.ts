/**
 * Which pods the agents of Cilium isolate.
 *
 * @see https://docs.cilium.io/en/stable/security/network/policyenforcement/
 */
export enum CiliumPolicyEnforcement {
  /** Those that a policy selects. */
  DEFAULT = 'default',
  /** All of them, those of the system too: nothing works before everything is allowed. */
  ALWAYS = 'always',
  /** None: policies are stored and ignored. */
  NEVER = 'never',
}
