import { CILIUM_POLICIES, type ItemReading, type PortRuleReading, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const conflictingL7Parsers: ObjectRule = {
  id: 'cilium/ConflictingL7Parsers',
  severity: 'error',
  what: 'Rules of two L7 protocols stand for the same peers and port.',
  why: 'A port can be parsed as one protocol only: the rules of the pod cannot be worked out, and it keeps its old ones.',
  mend: 'Keep one protocol for each port.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-7-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEndpoints: [{ matchLabels: { app: db } }]
      toPorts:
        - ports: [{ port: "9092", protocol: TCP }]
          rules: { http: [{ method: GET }] }
        - ports: [{ port: "9092", protocol: TCP }]
          rules: { dns: [{ matchName: db.example.com }] }
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEndpoints: [{ matchLabels: { app: db } }]
      toPorts:
        - ports: [{ port: "9092", protocol: TCP }]
          rules: { http: [{ method: GET }] }
        - ports: [{ port: "53", protocol: TCP }]
          rules: { dns: [{ matchName: db.example.com }] }
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { portRules } = readPolicy(object);
    const restricted = portRules.filter(({ l7, item }) => l7.length === 1 && !item.deny);
    if (restricted.length < 2) return;
    const kinds = new Map<string, string>();
    for (const portRule of restricted) {
      const [kind = ''] = portRule.l7;
      const peers = peersKey(portRule.item);
      for (const port of portKeys(portRule)) {
        const key = `${peers} ${port}`;
        const other = kinds.get(key);
        if (other === undefined) kinds.set(key, kind);
        else if (other !== kind) report({ object, pointer: `${portRule.pointer}/rules`, found: `${kind} rules on ${port}, which has ${other} rules too` });
      }
    }
  },
};

function peersKey({ rule, direction, peers }: ItemReading): string {
  return JSON.stringify([rule.pointer, direction, peers.map(({ field, entries }) => [field, entries])]);
}

function portKeys({ ports }: PortRuleReading): string[] {
  return ports.filter(({ endPort }) => endPort === 0).map(({ port, protocol }) => `${port.toLowerCase()}/${protocol}`);
}
