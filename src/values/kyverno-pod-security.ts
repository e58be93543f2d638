/**
 * The controls of the Pod Security Standards by what they look at, as an exclusion names them.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#pod-security
 */
export const CONTAINER_CONTROLS: readonly string[] = [
  'Capabilities', 'Privileged Containers', 'Host Ports', '/proc Mount Type', 'Privilege Escalation',
];
export const POD_CONTROLS: readonly string[] = ['Host Namespaces', 'HostPath Volumes', 'Sysctls', 'Volume Types'];

/** What the level restricted asks for, and baseline does not. */
export const RESTRICTED_CONTROLS: readonly string[] = [
  'Volume Types', 'Privilege Escalation', 'Running as Non-root', 'Running as Non-root user',
];
