import { CILIUM_POLICIES, type ItemReading, readPolicy } from './read-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

const DIRECTIONS = ['ingress', 'egress'] as const;

export const splitItem: ObjectRule = {
  id: 'cilium/SplitItem',
  severity: 'warning',
  what: 'Pods and ports stand in two list items, one after the other.',
  why: 'Items are alternatives: those pods reach every port, and everybody reaches those ports.',
  mend: 'Remove the dash before toPorts, so that both are one item.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-4-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const rule of readPolicy(object).rules) {
      for (const direction of DIRECTIONS) {
        const items = rule.items.filter(item => item.direction === direction && !item.deny);
        const split = items.find((item, index) => isPortsOnly(item) && isPodsOnly(items[index - 1]));
        if (split) report({ object, pointer: split.pointer, found: 'ports for everybody right after pods for every port' });
      }
    }
  },
};

function isPodsOnly(item: ItemReading | undefined): boolean {
  return item !== undefined && item.portRules.length === 0 && asList(item.fields.icmps).length === 0
    && item.peers.some(({ field, entries }) => field.endsWith('Endpoints') && entries.length > 0);
}

/** DNS for everybody is a common and sensible item of its own. */
function isPortsOnly({ peers, portRules }: ItemReading): boolean {
  return peers.length === 0 && portRules.length > 0
    && !portRules.every(({ dns, ports }) => dns.length > 0 || ports.every(({ port }) => port === '53'));
}
