import { dump } from 'js-yaml';

type Make = (index: number) => object;

const metadata = (prefix: string, index: number) => ({
  name: `${prefix}-${index}`,
  namespace: `team-${index % 200}`,
  labels: { 'app.kubernetes.io/name': `app-${index}`, 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'flux' },
});

const deployment: Make = index => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('app', index),
  spec: {
    replicas: 3,
    selector: { matchLabels: { 'app.kubernetes.io/name': `app-${index}` } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': `app-${index}`, 'app.kubernetes.io/part-of': 'shop' } },
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{
          name: 'app',
          image: `ghcr.io/example/app:1.${index % 40}.0`,
          args: ['--listen=:8080', '--log-level=info'],
          ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
          env: [{ name: 'REGION', value: 'eu-west-1' }, { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'value' } } }],
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        }],
      },
    },
  },
});

const networkPolicy: Make = index => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata('allow', index),
  spec: {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': `app-${index - 1}` } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{
      from: [
        { podSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: [`web-${index}`, `api-${index}`] }] } },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } },
      ],
      ports: [{ port: 8080, protocol: 'TCP' }],
    }],
    egress: [
      {
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        }],
        ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
      },
      { to: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] } }], ports: [{ port: 443, protocol: 'TCP' }] },
    ],
  },
});

const ciliumNetworkPolicy: Make = index => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: metadata('l7', index),
  spec: {
    endpointSelector: { matchLabels: { 'app.kubernetes.io/name': `app-${index - 2}` } },
    ingress: [{
      fromEndpoints: [{ matchLabels: { 'app.kubernetes.io/name': `gateway-${index}` } }],
      toPorts: [{
        ports: [{ port: '9090', protocol: 'TCP' }],
        rules: { http: [{ method: 'GET', path: '/api/v1(/[^?]*)?(\\?.*)?' }, { method: 'POST', path: '/api/v1/payments(\\?.*)?' }] },
      }],
    }],
  },
});

const service: Make = index => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('app', index),
  spec: { selector: { 'app.kubernetes.io/name': `app-${index - 3}` }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
});

const clusterPolicy: Make = index => ({
  apiVersion: 'kyverno.io/v1',
  kind: 'ClusterPolicy',
  metadata: { name: `require-limits-${index}`, annotations: { 'policies.kyverno.io/title': 'Require limits' } },
  spec: {
    background: true,
    rules: [{
      name: 'limits',
      match: { any: [{ resources: { kinds: ['Pod'], namespaces: [`team-${index % 200}`] } }] },
      validate: {
        failureAction: 'Audit',
        message: 'CPU and memory limits are required, see {{ request.object.metadata.name }}.',
        pattern: { spec: { containers: [{ resources: { limits: { memory: '?*', cpu: '?*' } } }] } },
      },
    }],
  },
});

const roleBinding: Make = index => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata('viewers', index),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: `team-${index % 200}` }],
});

const helmRelease: Make = index => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: metadata('chart', index),
  spec: {
    interval: '1h',
    chartRef: { kind: 'OCIRepository', name: 'charts' },
    install: { remediation: { retries: 3 } },
    values: { replicas: 2, image: { tag: `1.${index}.0` }, ingress: { enabled: true, hosts: ['shop.example.com'] } },
  },
});

const MIX: readonly Make[] = [
  deployment, networkPolicy, ciliumNetworkPolicy, service, deployment, networkPolicy, clusterPolicy, roleBinding, deployment, helmRelease,
];

/** The YAML of so many objects, of the kinds that a platform repository has. */
export function manifests(count: number): string {
  return Array.from({ length: count }, (_, index) => dump(MIX[index % MIX.length]!(index), { noRefs: true })).join('---\n');
}
