import { agentValidates, CILIUM_POLICIES, type PortReading, readPolicy } from './read-policy';
import { isTemplate, show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;
const DECIMAL = /^(0|[1-9][0-9]*)$/;
const PORTLESS = new Set(['VRRP', 'IGMP', 'GRE', 'IPIP', 'IPV6', 'ESP', 'AH']);

export const invalidPort: ObjectRule = {
  id: 'cilium/InvalidPort',
  severity: 'error',
  what: 'A port is no number from 0 to 65535 and no port name, or stands with a protocol that has no ports.',
  why: 'The pattern of the CRD lets it through (99999 and 80-90 too), and the agent drops the whole policy.',
  mend: 'Write a number in quotes, or the name of a container port; for a range write port and endPort.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-ingress-egress-ports',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "80-90", protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "80", endPort: 90, protocol: TCP }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    for (const { item, ports } of readPolicy(object).portRules) {
      if (!agentValidates(item, context)) continue;
      for (const port of ports) {
        const found = fault(port);
        if (found) report({ object, pointer: `${port.pointer}/port`, found });
      }
    }
  },
};

function fault({ port, protocol }: PortReading): string | undefined {
  if (isTemplate(port)) return undefined;
  if (PORTLESS.has(protocol)) return port === '' || port === '0' ? undefined : `port ${show(port)} with ${protocol}, which has no ports`;
  if (DECIMAL.test(port)) return port.length > 5 || Number(port) > 65535 ? `port ${show(port)}` : undefined;
  // The agent reads a number with leading zeros as octal.
  if (/^0[0-7]+$/.test(port)) return undefined;
  return NAME.test(port) ? undefined : `port ${show(port)}`;
}
