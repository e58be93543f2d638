import { parseAllDocuments } from 'yaml';
import { synthExample } from '../support/example';
import type { Manifest } from '../support/synth';

const EXPECTED = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny-all, namespace: payments }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-gateway-ingress, namespace: payments }
spec:
  podSelector: { matchLabels: { app: payments-api } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: infra } }
          podSelector: { matchLabels: { app.kubernetes.io/name: envoy } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-egress-to-identity, namespace: payments }
spec:
  podSelector: { matchLabels: { app: payments-api } }
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: identity } } }]
      ports: [{ port: 8080, protocol: TCP }]
    - to: [{ namespaceSelector: {} }]
      ports: [{ port: 53, protocol: UDP }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny-ingress, namespace: production }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-dns-egress, namespace: default }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
      ports: [{ protocol: UDP, port: 53 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm-ingress, namespace: inference }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { name: ingress } }
          podSelector: { matchLabels: { app: envoy-gateway } }
      ports: [{ protocol: TCP, port: 8000 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: payments-api-allow, namespace: production }
spec:
  podSelector: { matchLabels: { app: payments-api } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: nginx-ingress } } }]
      ports: [{ protocol: TCP, port: 8080 }]
  egress:
    - to: [{ podSelector: { matchLabels: { app: postgres } } }]
      ports: [{ protocol: TCP, port: 5432 }]
    - ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: payments-api-l7, namespace: payments }
spec:
  endpointSelector: { matchLabels: { app: payments-api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: payments-frontend } }]
      toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          rules:
            http:
              - { method: GET, path: "^/api/v1/" }
              - { method: POST, path: "^/api/v1/payments$" }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: allow-get-only, namespace: default }
spec:
  endpointSelector: { matchLabels: { app: my-api } }
  ingress:
    - toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          rules: { http: [{ method: GET }] }
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: require-resource-limits }
spec:
  validationFailureAction: Enforce
  rules:
    - name: check-container-limits
      match:
        any:
          - resources:
              kinds: [Pod]
              namespaceSelector:
                matchExpressions: [{ key: platform.io/managed, operator: In, values: ["true"] }]
      validate:
        message: All containers must have CPU and memory limits.
        pattern:
          spec:
            containers: [{ (name): "*", resources: { limits: { memory: "?*", cpu: "?*" } } }]
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: require-alert-team-label }
spec:
  validationFailureAction: Enforce
  rules:
    - name: check-prometheusrule-labels
      match: { any: [{ resources: { kinds: [PrometheusRule] } }] }
      validate:
        message: PrometheusRule must have a 'team' label for Alertmanager routing.
        pattern: { metadata: { labels: { team: "?*" } } }
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: generate-default-deny }
spec:
  rules:
    - name: create-default-deny
      match:
        any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { platform.io/managed: "true" } } } }]
      generate:
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        name: default-deny-all
        namespace: "{{request.object.metadata.name}}"
        synchronize: true
        data: { spec: { podSelector: {}, policyTypes: [Ingress, Egress] } }
`;

const expected = parseAllDocuments(EXPECTED).map(document => document.toJS() as Manifest);
const actual = synthExample('reference');

describe('examples/reference', () => {
  test.each(expected.map(object => [`${object.kind} ${object.metadata.name}`, object] as const))('writes %s as it is written by hand', (_, object) => {
    expect(actual.filter(({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name)).toEqual([object]);
  });

  test('writes nothing else', () => {
    expect(actual).toHaveLength(expected.length);
  });
});
