import { PodSecurityLevel } from '../platform/pod-security-level';

/**
 * The controls of the Pod Security Standards.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum KyvernoPodSecurityControl {
  /** Windows host processes. */
  HOST_PROCESS = 'HostProcess',
  /** Namespaces of the host. */
  HOST_NAMESPACES = 'Host Namespaces',
  /** Privileged containers. */
  PRIVILEGED_CONTAINERS = 'Privileged Containers',
  /** Linux capabilities. */
  CAPABILITIES = 'Capabilities',
  /** Volumes of paths of the host. */
  HOST_PATH_VOLUMES = 'HostPath Volumes',
  /** Ports of the host. */
  HOST_PORTS = 'Host Ports',
  /** AppArmor profiles. */
  APP_ARMOR = 'AppArmor',
  /** SELinux types. */
  SE_LINUX = 'SELinux',
  /** Mounts of /proc. */
  PROC_MOUNT_TYPE = '/proc Mount Type',
  /** Seccomp profiles. */
  SECCOMP = 'Seccomp',
  /** Kernel parameters. */
  SYSCTLS = 'Sysctls',
  /** Types of volumes; restricted only. */
  VOLUME_TYPES = 'Volume Types',
  /** Privilege escalation; restricted only. */
  PRIVILEGE_ESCALATION = 'Privilege Escalation',
  /** Running as root; restricted only. */
  RUNNING_AS_NON_ROOT = 'Running as Non-root',
  /** Running as user 0; restricted only. */
  RUNNING_AS_NON_ROOT_USER = 'Running as Non-root user',
}

/**
 * A control that is let off.
 */
export interface KyvernoPodSecurityExclude {
  /** The control. */
  readonly controlName: KyvernoPodSecurityControl;

  /**
   * Images of containers that are let off, with wildcards. Needed by controls of containers, refused by controls of pods.
   *
   * @default - the pod
   */
  readonly images?: string[];

  /**
   * Field that is let off, with `values`.
   *
   * @default - every field of the control
   */
  readonly restrictedField?: string;

  /**
   * Values of the field that are let off.
   *
   * @default - every value
   */
  readonly values?: string[];
}

/**
 * Pods by the Pod Security Standards.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#pod-security
 */
export interface KyvernoPodSecurity {
  /** The level. */
  readonly level: PodSecurityLevel;

  /**
   * Version of the standards: `v1.19` to `v1.32`, or `latest`.
   *
   * @default - left out: latest
   */
  readonly version?: string;

  /**
   * Controls that are let off.
   *
   * @default - none
   */
  readonly exclude?: KyvernoPodSecurityExclude[];
}
