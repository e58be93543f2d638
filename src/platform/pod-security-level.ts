/**
 * How much the pods of a namespace may do to their node.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Anything. For the platform's own components only. */
  PRIVILEGED = 'privileged',
  /** Nothing that is known to take over a node. */
  BASELINE = 'baseline',
  /** What hardened workloads need: no root, no capabilities, a seccomp profile. */
  RESTRICTED = 'restricted',
}
