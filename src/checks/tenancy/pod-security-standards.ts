import { isTemplate } from '../kubernetes/text';
import type { Container, Workload } from '../kubernetes/workloads';
import { asList, asObject } from '../read';

type Fields = Record<string, unknown>;

export interface PodSecurityFault {
  readonly pointer: string;
  readonly found: string;
}

const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID',
  'SYS_CHROOT',
];
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_syncookies', 'net.ipv4.tcp_wmem',
];
/** Volumes that the restricted level refuses; those it takes are more with each version of Kubernetes. */
const REFUSED_VOLUMES = [
  'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo',
  'glusterfs', 'hostPath', 'iscsi', 'nfs', 'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume',
];

/**
 * What the Pod Security Standards refuse of a workload's pods at a level; what is a template is let pass.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityFaults(workload: Workload, level: 'baseline' | 'restricted'): PodSecurityFault[] {
  const faults = [...baselinePod(workload), ...workload.containers.flatMap(container => [...baselineContainer(container)])];
  if (level === 'baseline') return faults;
  const restricted = workload.containers.flatMap(container => [...restrictedContainer(container, workload)]);
  return [...faults, ...restrictedPod(workload), ...restricted];
}

function* baselinePod({ pod, template }: Workload): Iterable<PodSecurityFault> {
  const pointer = `${template}/spec`;
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (pod[field] === true) yield { pointer: `${pointer}/${field}`, found: field };
  }
  for (const [index, volume] of asList(pod.volumes).entries()) {
    if (asObject(asObject(volume)?.hostPath)) yield { pointer: `${pointer}/volumes/${index}`, found: 'a hostPath volume' };
  }
  for (const [index, sysctl] of asList(asObject(pod.securityContext)?.sysctls).entries()) {
    const name = asObject(sysctl)?.name;
    if (typeof name === 'string' && !isTemplate(name) && !SAFE_SYSCTLS.includes(name)) {
      yield { pointer: `${pointer}/securityContext/sysctls/${index}`, found: `the sysctl ${name}` };
    }
  }
  yield* baselineContext(pod.securityContext, `${pointer}/securityContext`);
}

function* baselineContainer({ fields, pointer }: Container): Iterable<PodSecurityFault> {
  const context = asObject(fields.securityContext) ?? {};
  const at = `${pointer}/securityContext`;
  if (context.privileged === true) yield { pointer: `${at}/privileged`, found: 'a privileged container' };
  const capability = added(context).find(name => !BASELINE_CAPABILITIES.includes(name));
  if (capability) yield { pointer: `${at}/capabilities/add`, found: `the capability ${capability}` };
  if (context.procMount === 'Unmasked') yield { pointer: `${at}/procMount`, found: 'an unmasked /proc' };
  for (const [index, port] of asList(fields.ports).entries()) {
    const { hostPort } = asObject(port) ?? {};
    if (typeof hostPort === 'number' && hostPort !== 0) {
      yield {
        pointer: `${pointer}/ports/${index}/hostPort`,
        found: `the host port ${hostPort}`,
      };
    }
  }
  yield* baselineContext(context, at);
}

/** What is the same in the security context of a pod and of a container. */
function* baselineContext(value: unknown, pointer: string): Iterable<PodSecurityFault> {
  const context = asObject(value) ?? {};
  if (asObject(context.windowsOptions)?.hostProcess === true) {
    yield {
      pointer: `${pointer}/windowsOptions/hostProcess`,
      found: 'a host process',
    };
  }
  for (const field of ['seccompProfile', 'appArmorProfile']) {
    if (asObject(context[field])?.type === 'Unconfined') yield { pointer: `${pointer}/${field}`, found: `an unconfined ${field}` };
  }
  const { type = '', user = '', role = '' } = asObject(context.seLinuxOptions) ?? {};
  const isSafe = (typeof type !== 'string' || isTemplate(type) || SELINUX_TYPES.includes(type)) && !user && !role;
  if (!isSafe) yield { pointer: `${pointer}/seLinuxOptions`, found: 'SELinux options of its own' };
}

function* restrictedPod({ pod, template }: Workload): Iterable<PodSecurityFault> {
  for (const [index, entry] of asList(pod.volumes).entries()) {
    const volume = asObject(entry) ?? {};
    const type = REFUSED_VOLUMES.find(name => asObject(volume[name]));
    // The baseline has said so of hostPath.
    if (type && type !== 'hostPath') yield { pointer: `${template}/spec/volumes/${index}`, found: `a volume of the type ${type}` };
  }
  if (asObject(pod.securityContext)?.runAsUser === 0) yield { pointer: `${template}/spec/securityContext/runAsUser`, found: 'the user 0' };
}

function* restrictedContainer({ fields, pointer }: Container, { pod }: Workload): Iterable<PodSecurityFault> {
  const context = contextOf(fields);
  const outer = contextOf(pod);
  if (!context || !outer) return;
  const at = `${pointer}/securityContext`;
  const name = typeof fields.name === 'string' ? fields.name : 'a container';
  const isWindows = asObject(pod.os)?.name === 'windows';
  if (!isWindows && !holds(context.allowPrivilegeEscalation, false)) {
    yield {
      pointer: at,
      found: `no allowPrivilegeEscalation: false in ${name}`,
    };
  }
  if (!isWindows && !asObject(context.capabilities)) {
    yield { pointer: at, found: `no capabilities.drop: [ALL] in ${name}` };
  } else if (!isWindows && !dropsAll(context)) {
    yield { pointer: `${at}/capabilities`, found: `no capabilities.drop: [ALL] in ${name}` };
  }
  const capability = added(context).find(entry => entry !== 'NET_BIND_SERVICE' && BASELINE_CAPABILITIES.includes(entry));
  if (capability) yield { pointer: `${at}/capabilities/add`, found: `the capability ${capability} in ${name}` };
  // In a user namespace of its own, root in the pod is nobody on the node.
  if (pod.hostUsers !== false && !holds(context.runAsNonRoot ?? outer.runAsNonRoot, true)) {
    yield {
      pointer: at,
      found: `no runAsNonRoot: true for ${name}`,
    };
  }
  if (context.runAsUser === 0 && pod.hostUsers !== false) yield { pointer: `${at}/runAsUser`, found: `the user 0 in ${name}` };
  const profile = context.seccompProfile ?? outer.seccompProfile;
  if (!isWindows && (profile === undefined || profile === null)) yield { pointer: at, found: `no seccompProfile for ${name}` };
}

/** The security context of a pod or container; nothing where it is a template. */
function contextOf({ securityContext }: Fields): Fields | undefined {
  return securityContext === undefined || securityContext === null ? {} : asObject(securityContext);
}

function dropsAll(context: Fields): boolean {
  return asList(asObject(context.capabilities)?.drop).some(entry => entry === 'ALL' || isOpen(entry));
}

function added(context: Fields): string[] {
  return asList(asObject(context.capabilities)?.add).filter((name): name is string => typeof name === 'string' && !isTemplate(name));
}

function holds(value: unknown, wanted: boolean): boolean {
  return value === wanted || isOpen(value);
}

function isOpen(value: unknown): boolean {
  return typeof value === 'string' && isTemplate(value);
}
