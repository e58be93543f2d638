import { describeSource } from '../../manifests/describe-source';
import { displayName } from '../../manifests/identity';
import { type AllowRule, coversPort } from '../allows/allow-rule';
import { type CiliumAllow, ciliumPolicyAllows } from '../allows/cilium-policy-allows';
import { networkPolicyAllows } from '../allows/network-policy-allows';
import type { Located } from '../finding';
import type { SetRule } from '../rule';

interface Sourced<T> {
  readonly from: Located;
  readonly rule: T;
}

export const l7RuleVoided: SetRule = {
  id: 'cilium/L7RuleVoided',
  severity: 'error',
  what: 'A plain allow stands beside an L7 rule for the same pods, peer and port.',
  why: 'Allows add up: every request passes, and the L7 rules restrict nothing.',
  mend: 'Take the pods out of that allow (AllowDns.exempt does it for DNS), narrow its peers or ports, or drop the L7 rules.',
  link: 'https://docs.cilium.io/en/stable/security/policy/layer7/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api-l7, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          rules: { http: [{ method: GET, path: "/v1/.*" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 8080, protocol: TCP }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api-l7, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          rules: { http: [{ method: GET, path: "/v1/.*" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 9090, protocol: TCP }]
`,
  *checkSet(context) {
    const cilium = context.ofKind('CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy')
      .flatMap(from => ciliumPolicyAllows(from.object).map(rule => ({ from, rule })));
    const restricting = cilium.filter(({ rule }) => rule.restricts);
    if (restricting.length === 0) return;
    const plain: Sourced<AllowRule>[] = [
      ...context.ofKind('NetworkPolicy').flatMap(from => networkPolicyAllows(from.object).map(rule => ({ from, rule }))),
      ...cilium.filter(({ rule }) => !rule.restricts),
    ];
    for (const l7 of restricting) {
      const opener = plain.find(({ rule }) => opens(rule, l7.rule))?.from;
      if (opener) {
        yield { object: l7.from, found: `${displayName(opener.object)} (${describeSource(opener.source)}) allows the same without any rule` };
      }
    }
  },
};

function opens(plain: AllowRule, l7: CiliumAllow): boolean {
  return plain.direction === l7.direction
    && plain.coversSubject(l7.subject)
    && l7.peers.some(pods => plain.coversPeer(pods))
    && (l7.ports ?? []).some(port => coversPort(plain.ports, port));
}
