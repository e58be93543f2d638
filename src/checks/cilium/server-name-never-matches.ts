import { CILIUM_POLICIES, ciliumAtLeast, readPolicy } from './read-policy';
import { plainTexts } from './values';
import { SNI_WILDCARDS } from '../../target/cilium-features';
import { show } from '../kubernetes/text';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const serverNameNeverMatches: ObjectRule = {
  id: 'cilium/ServerNameNeverMatches',
  severity: 'warning',
  what: 'A server name has a wildcard, for a Cilium that compares server names as they are.',
  why: 'Before Cilium 1.18 no client ever presents that name, so the connection is refused.',
  mend: SNI_WILDCARDS.instead,
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-tls-server-name-indication-sni',
  bad: `
# target: { cilium: '1.17' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: ["*.example.com"] }]
`,
  good: `
# target: { cilium: '1.18' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: ["*.example.com"] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    if (ciliumAtLeast(context, SNI_WILDCARDS.since!)) return;
    for (const { fields, pointer } of readPolicy(object).portRules) {
      for (const { text, index } of plainTexts(asList(fields.serverNames))) {
        if (text.includes('*')) report({ object, pointer: `${pointer}/serverNames/${index}`, found: `server name ${show(text)}` });
      }
    }
  },
};
