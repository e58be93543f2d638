import { podSecurityProblems } from './pod-security';

const hardened = { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } };
const pod = (container: object = {}, spec: object = {}): any => ({ containers: [{ name: 'a', ...container }], ...spec });
const restricted = (context: object = {}, spec: object = {}): string[] => (
  podSecurityProblems(pod({ securityContext: { ...hardened, ...context } }, spec), 'restricted')
);

test('an ordinary pod meets baseline, a hardened one restricted', () => {
  expect(podSecurityProblems(pod({ ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { port: 80 } } }), 'baseline')).toEqual([]);
  expect(restricted()).toEqual([]);
  expect(podSecurityProblems(pod(), 'restricted')).toHaveLength(4);
});

describe('baseline', () => {
  test.each<[string, object]>([
    ['hostNetwork', pod({}, { hostNetwork: true })],
    ['hostPID', pod({}, { hostPID: true })],
    ['hostPath', pod({}, { volumes: [{ name: 'v', hostPath: { path: '/' } }] })],
    ['sysctl kernel.msgmax', pod({}, { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } })],
    ['privileged', pod({ securityContext: { privileged: true } })],
    ['capability NET_ADMIN', pod({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } })],
    ['hostPort 80', pod({ ports: [{ containerPort: 80, hostPort: 80 }] })],
    ['procMount Unmasked', pod({ securityContext: { procMount: 'Unmasked' } })],
    ['seccompProfile Unconfined', pod({ securityContext: { seccompProfile: { type: 'Unconfined' } } })],
    ['appArmorProfile Unconfined', pod({}, { securityContext: { appArmorProfile: { type: 'Unconfined' } } })],
    ['seLinuxOptions.type spc_t', pod({ securityContext: { seLinuxOptions: { type: 'spc_t' } } })],
    ['seLinuxOptions.user', pod({ securityContext: { seLinuxOptions: { user: 'u' } } })],
    ['seLinuxOptions.role', pod({ securityContext: { seLinuxOptions: { role: 'r' } } })],
    ['hostProcess', pod({ securityContext: { windowsOptions: { hostProcess: true } } })],
    ['livenessProbe.httpGet.host', pod({ livenessProbe: { httpGet: { host: 'x' } } })],
    ['preStop.tcpSocket.host', pod({ lifecycle: { preStop: { tcpSocket: { host: 'x' } } } })],
  ])('%s', (problem, spec) => expect(podSecurityProblems(spec, 'baseline')).toEqual([expect.stringContaining(problem)]));

  test('allows what is safe', () => {
    expect(podSecurityProblems(pod(
      { securityContext: { capabilities: { add: ['CHOWN'] }, seLinuxOptions: { type: 'container_t' }, seccompProfile: { type: 'Localhost' } } },
      { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] }, volumes: [{ name: 'v', nfs: {} }] },
    ), 'baseline')).toEqual([]);
    expect(podSecurityProblems(pod({ securityContext: { procMount: 'Unmasked' } }, { hostUsers: false }), 'baseline')).toEqual([]);
  });

  test('looks at init and ephemeral containers', () => {
    const container = { name: 'b', securityContext: { privileged: true } };
    expect(podSecurityProblems(pod({}, { initContainers: [container], ephemeralContainers: [container] }), 'baseline')).toHaveLength(2);
  });
});

describe('restricted', () => {
  test.each<[string, object]>([
    ['allowPrivilegeEscalation', { allowPrivilegeEscalation: undefined }],
    ['capabilities.drop', { capabilities: { drop: ['NET_RAW'] } }],
    ['capability CHOWN', { capabilities: { drop: ['ALL'], add: ['CHOWN'] } }],
    ['seccompProfile', { seccompProfile: undefined }],
    ['runAsNonRoot', { runAsNonRoot: false }],
    ['runAsUser 0', { runAsUser: 0 }],
  ])('%s', (problem, context) => expect(restricted(context)).toEqual([expect.stringContaining(problem)]));

  test('pod-wide settings count for containers that say nothing', () => {
    const spec = { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } };
    expect(restricted({ runAsNonRoot: undefined, seccompProfile: undefined }, spec)).toEqual([]);
  });

  test('volumes are of known types', () => {
    expect(restricted({}, { volumes: [{ name: 'v', emptyDir: {} }, { name: 'w', persistentVolumeClaim: {} }] })).toEqual([]);
    expect(restricted({}, { volumes: [{ name: 'v', nfs: {} }] })).toEqual([expect.stringContaining('volume v')]);
  });

  test('Windows and user namespaces are let off what does not bind them', () => {
    const windows = { os: { name: 'windows' }, securityContext: { runAsNonRoot: true } };
    expect(podSecurityProblems(pod({}, windows), 'restricted')).toEqual([]);
    expect(restricted({ runAsNonRoot: false, runAsUser: 0 }, { hostUsers: false })).toEqual([]);
    expect(restricted({ procMount: 'Unmasked' }, { hostUsers: false })).toEqual([expect.stringContaining('procMount')]);
  });
});
