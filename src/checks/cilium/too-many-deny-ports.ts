import { agentValidates, CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

const MOST = 40;
const ports = (count: number): string => Array.from({ length: count }, (_, index) => `{ port: "${8000 + index}" }`).join(', ');

export const tooManyDenyPorts: ObjectRule = {
  id: 'cilium/TooManyDenyPorts',
  severity: 'error',
  what: 'A deny names more than 40 ports in one list.',
  why: 'The CRD counts the ports of allows only; the agent counts these too and drops the whole policy.',
  mend: 'Split the list, or use endPort for ranges.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-ingress-egress-ports',
  bad: `
# target: { cilium: '1.19' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  enableDefaultDeny: { egress: false }
  egressDeny:
    - toEntities: [world]
      toPorts: [{ ports: [${ports(MOST + 1)}] }]
`,
  good: `
# target: { cilium: '1.19' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  enableDefaultDeny: { egress: false }
  egressDeny:
    - toEntities: [world]
      toPorts: [{ ports: [${ports(MOST)}] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    for (const { item, pointer, ports: { length } } of readPolicy(object).portRules) {
      if (length > MOST && item.deny && agentValidates(item, context)) report({ object, pointer: `${pointer}/ports`, found: `${length} ports` });
    }
  },
};
