import { CILIUM_POLICIES, type ItemReading, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

const EXTENDED = new Set(['VRRP', 'IGMP', 'GRE', 'IPIP', 'IPV6', 'ESP', 'AH']);

export const needsAgentOption: ObjectRule = {
  id: 'cilium/NeedsAgentOption',
  severity: 'info',
  what: 'A policy uses what the agent takes only with an option that is off by default.',
  why: 'With the option off, the agent drops the policy or the rule does not work, and the API server takes it all the same.',
  mend: 'Set the option in the Helm values of Cilium.',
  link: 'https://docs.cilium.io/en/stable/helm-reference/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromNodes: [{ matchLabels: { role: gateway } }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [remote-node] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const seen = new Set<string>();
    for (const { found, pointer } of readPolicy(object).items.flatMap(needs)) {
      if (seen.has(found)) continue;
      seen.add(found);
      report({ object, pointer, found });
    }
  },
};

function needs({ peers, portRules }: ItemReading): { found: string; pointer: string }[] {
  return [
    ...peers.filter(({ field, entries }) => field.endsWith('Nodes') && entries.length > 0)
      .map(({ field, pointer }) => ({ pointer, found: `${field}, which needs nodeSelectorLabels` })),
    ...portRules.flatMap(({ ports }) => ports).flatMap(({ protocol, pointer }) => {
      if (protocol === 'SCTP') return [{ pointer, found: 'SCTP, which needs sctp.enabled' }];
      return EXTENDED.has(protocol) ? [{ pointer, found: `${protocol}, which needs enable-extended-ip-protocols` }] : [];
    }),
  ];
}
