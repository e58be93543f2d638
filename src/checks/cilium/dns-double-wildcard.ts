import { dnsTexts } from './dns-texts';
import { CILIUM_POLICIES, ciliumAtLeast, readPolicy } from './read-policy';
import { MULTI_LEVEL_DNS_WILDCARD } from '../../target/cilium-features';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const dnsDoubleWildcard: ObjectRule = {
  id: 'cilium/DnsDoubleWildcard',
  severity: 'warning',
  what: 'A DNS pattern begins with `**.`, for a Cilium that reads it as `*.`.',
  why: 'Before Cilium 1.19 it stands for one label, so deeper names are refused.',
  mend: MULTI_LEVEL_DNS_WILDCARD.instead,
  link: 'https://docs.cilium.io/en/stable/operations/upgrade/',
  bad: `
# target: { cilium: '1.18' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "**.example.com" }] } }]
`,
  good: `
# target: { cilium: '1.19' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "**.example.com" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    if (ciliumAtLeast(context, MULTI_LEVEL_DNS_WILDCARD.since!)) return;
    for (const { pattern, pointer } of dnsTexts(readPolicy(object))) {
      if (pattern.startsWith('**')) report({ object, pointer, found: `pattern ${show(pattern)}` });
    }
  },
};
