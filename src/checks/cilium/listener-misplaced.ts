import { CILIUM_POLICIES, type PortRuleReading, readPolicy } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const listenerMisplaced: ObjectRule = {
  id: 'cilium/ListenerMisplaced',
  severity: 'error',
  what: 'An Envoy listener stands on ingress, beside L7 rules, or in a cluster-wide policy while it belongs to a namespace.',
  why: 'The agent cannot use it: it drops the policy, or fails when it works out the rules of a pod.',
  mend: 'Redirect on egress only, without rules; in a CiliumClusterwideNetworkPolicy use a CiliumClusterwideEnvoyConfig.',
  link: 'https://docs.cilium.io/en/stable/network/servicemesh/envoy-traffic-management/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          listener: { name: proxy, envoyConfig: { kind: CiliumEnvoyConfig, name: proxy } }
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          listener: { name: proxy, envoyConfig: { kind: CiliumEnvoyConfig, name: proxy } }
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { clusterwide, portRules } = readPolicy(object);
    for (const portRule of portRules) {
      const found = portRule.item.deny ? undefined : fault(portRule, clusterwide);
      if (found) report({ object, pointer: `${portRule.pointer}/listener`, found });
    }
  },
};

function fault({ item, fields, l7 }: PortRuleReading, clusterwide: boolean): string | undefined {
  const listener = asObject(fields.listener);
  if (!listener) return undefined;
  if (item.direction === 'ingress') return 'a listener on ingress';
  if (l7.length > 0) return `a listener beside ${l7.join(' and ')} rules`;
  const isNamespaced = asObject(listener.envoyConfig)?.kind === 'CiliumEnvoyConfig';
  return clusterwide && isNamespaced ? 'a listener of a CiliumEnvoyConfig in a cluster-wide policy' : undefined;
}
