type Dict = Record<string, any>;

const CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID',
  'SYS_CHROOT',
];
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_syncookies',
];
const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const CONFINED = ['RuntimeDefault', 'Localhost'];

/**
 * What the current Pod Security Standards have against a pod spec.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityProblems(podSpec: any, level: 'baseline' | 'restricted'): string[] {
  const pod: Dict = podSpec ?? {};
  const containers: Dict[] = [...(pod.initContainers ?? []), ...(pod.containers ?? []), ...(pod.ephemeralContainers ?? [])];
  return [
    ...podBaseline(pod),
    ...containers.flatMap((container) => containerBaseline(container, pod)),
    ...(level === 'restricted' ? [...podRestricted(pod), ...containers.flatMap((container) => containerRestricted(container, pod))] : []),
  ];
}

function podBaseline(pod: Dict): string[] {
  const context: Dict = pod.securityContext ?? {};
  const sysctls: string[] = (context.sysctls ?? []).map(({ name }: Dict) => name).filter((name: string) => !SYSCTLS.includes(name));
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => pod[key]).map((key) => `pod: ${key}`),
    ...(pod.volumes ?? []).filter(({ hostPath }: Dict) => hostPath).map(({ name }: Dict) => `volume ${name}: hostPath`),
    ...sysctls.map((name) => `pod: sysctl ${name}`),
    ...confinement('pod', context),
  ];
}

function containerBaseline(container: Dict, pod: Dict): string[] {
  const where = `container ${container.name}`;
  const context: Dict = container.securityContext ?? {};
  const added: string[] = (context.capabilities?.add ?? []).filter((name: string) => !CAPABILITIES.includes(name));
  const procMount = context.procMount ?? 'Default';
  return [
    ...(context.privileged ? [`${where}: privileged`] : []),
    ...added.map((name) => `${where}: capability ${name}`),
    ...(container.ports ?? []).filter(({ hostPort }: Dict) => hostPort).map(({ hostPort }: Dict) => `${where}: hostPort ${hostPort}`),
    // A pod in a user namespace may unmask /proc at baseline.
    ...(procMount !== 'Default' && pod.hostUsers !== false ? [`${where}: procMount ${procMount}`] : []),
    ...hostHandlers(container).map((field) => `${where}: ${field}`),
    ...confinement(where, context),
  ];
}

/** What a pod's and a container's security context have in common. */
function confinement(where: string, context: Dict): string[] {
  const { type = '', user, role } = (context.seLinuxOptions ?? {}) as Dict;
  return [
    ...(context.windowsOptions?.hostProcess ? [`${where}: hostProcess`] : []),
    ...(SELINUX_TYPES.includes(type) ? [] : [`${where}: seLinuxOptions.type ${type}`]),
    ...(user ? [`${where}: seLinuxOptions.user`] : []),
    ...(role ? [`${where}: seLinuxOptions.role`] : []),
    ...['seccompProfile', 'appArmorProfile'].filter((key) => context[key]?.type && !CONFINED.includes(context[key].type))
      .map((key) => `${where}: ${key} ${context[key].type}`),
  ];
}

/** Probes and lifecycle hooks that make the kubelet call another host. */
function hostHandlers(container: Dict): string[] {
  const handlers: Dict = {
    livenessProbe: container.livenessProbe,
    readinessProbe: container.readinessProbe,
    startupProbe: container.startupProbe,
    postStart: container.lifecycle?.postStart,
    preStop: container.lifecycle?.preStop,
  };
  return Object.entries(handlers).flatMap(([name, handler]) => ['httpGet', 'tcpSocket']
    .filter((action) => handler?.[action]?.host).map((action) => `${name}.${action}.host`));
}

function podRestricted(pod: Dict): string[] {
  const volumes: Dict[] = (pod.volumes ?? []).filter((volume: Dict) => !VOLUMES.some((type) => volume[type] !== undefined));
  const { runAsNonRoot, runAsUser } = (pod.securityContext ?? {}) as Dict;
  return [
    ...volumes.map(({ name }) => `volume ${name}: type not among ${VOLUMES.join(', ')}`),
    ...(runAsNonRoot === false && !inUserNamespace(pod) ? ['pod: runAsNonRoot is false'] : []),
    ...(runAsUser === 0 && !inUserNamespace(pod) ? ['pod: runAsUser 0'] : []),
  ];
}

function containerRestricted(container: Dict, pod: Dict): string[] {
  const where = `container ${container.name}`;
  const context: Dict = container.securityContext ?? {};
  const added: string[] = (context.capabilities?.add ?? []).filter((name: string) => name !== 'NET_BIND_SERVICE');
  const seccomp = context.seccompProfile?.type ?? pod.securityContext?.seccompProfile?.type;
  const nonRoot = context.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
  const linux = [
    ...(context.allowPrivilegeEscalation === false ? [] : [`${where}: allowPrivilegeEscalation is not false`]),
    ...((context.capabilities?.drop ?? []).includes('ALL') ? [] : [`${where}: capabilities.drop is not ALL`]),
    ...added.map((name) => `${where}: capability ${name} beyond NET_BIND_SERVICE`),
    ...(CONFINED.includes(seccomp) ? [] : [`${where}: seccompProfile is not ${CONFINED.join(' or ')}`]),
  ];
  return [
    ...(pod.os?.name === 'windows' ? [] : linux),
    ...(nonRoot === true || inUserNamespace(pod) ? [] : [`${where}: runAsNonRoot is not true`]),
    ...(context.runAsUser === 0 && !inUserNamespace(pod) ? [`${where}: runAsUser 0`] : []),
    // Baseline already speaks of it where the pod shares the users of the host.
    ...((context.procMount ?? 'Default') !== 'Default' && inUserNamespace(pod) ? [`${where}: procMount ${context.procMount}`] : []),
  ];
}

/** With `hostUsers: false` root in the pod is nobody on the node, so running as root is allowed. */
function inUserNamespace(pod: Dict): boolean {
  return pod.hostUsers === false;
}
