import { cnp, workload } from '../../../reach/support/ask';

const tcp = (port: string) => ({ ports: [{ port, protocol: 'TCP' }] });
const within = (namespace: string, app?: string) => ({
  matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...app === undefined ? {} : { 'k8s:app': app } },
});

/** A shop and its data behind Cilium policies: something of everything that a map can tell. */
export const SCENE: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'data' } },
  workload('Deployment', 'shop', 'web', { app: 'web' }),
  workload('Deployment', 'shop', 'api', { app: 'api' }),
  workload('StatefulSet', 'data', 'db', { app: 'db' }),
  workload('CronJob', 'data', 'backup', { app: 'backup' }),
  workload('Deployment', 'kube-system', 'coredns', { 'k8s-app': 'kube-dns' }),
  cnp('kube-system', { endpointSelector: {}, ingress: [{ fromEndpoints: [within('shop')], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }] }] }], egress: [{}] }, 'dns'),
  cnp('shop', {
    endpointSelector: {},
    ingress: [{}],
    egress: [{ toEndpoints: [within('kube-system')], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }] }],
  }, 'base'),
  cnp('shop', { endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{ fromCIDR: ['203.0.113.0/24'], toPorts: [tcp('443')] }], egress: [{ toEndpoints: [within('shop', 'api')] }] }, 'web'),
  cnp('shop', {
    endpointSelector: { matchLabels: { app: 'api' } },
    ingress: [{ fromEndpoints: [within('shop', 'web')], toPorts: [{ ...tcp('8080'), rules: { http: [{ method: 'GET', path: '/v1' }, { method: 'POST', path: '/a,"b"|c' }] } }] }],
    egress: [{ toEndpoints: [within('data', 'db')], toPorts: [tcp('5432')] }, { toFQDNs: [{ matchName: 'pay.example.com' }], toPorts: [tcp('443')] }],
  }, 'api'),
  cnp('data', {
    endpointSelector: {},
    ingress: [{ fromEndpoints: [within('shop', 'api')], toPorts: [tcp('5432')], authentication: { mode: 'required' } }],
    egress: [{}],
  }, 'data'),
];
