import { dnsTexts } from './dns-texts';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const dnsWildcardExcludesApex: ObjectRule = {
  id: 'cilium/DnsWildcardExcludesApex',
  severity: 'info',
  what: 'A DNS pattern `*.example.com` stands without the name `example.com`.',
  why: 'The star is for one label: neither example.com nor a.b.example.com is meant by it.',
  mend: 'Add the name itself where it is wanted, and a pattern for each level.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#dns-based',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
    - toFQDNs: [{ matchPattern: "*.example.com" }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
    - toFQDNs: [{ matchPattern: "*.example.com" }, { matchName: example.com }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { pattern, pointer, siblings } of dnsTexts(readPolicy(object))) {
      const apex = /^\*\.([^*]*\.[^*]*)$/.exec(pattern)?.[1];
      // Nobody asks for the names of the cluster's own zones themselves.
      if (apex === undefined || /(^|\.)(local|arpa)\.?$/.test(apex) || apex.startsWith('svc.')) continue;
      const isNamed = siblings.some(({ matchName, matchPattern }) => matchName === apex || matchPattern === apex || matchPattern === '*');
      if (!isNamed) report({ object, pointer, found: `pattern ${show(pattern)}, without ${apex}` });
    }
  },
};
