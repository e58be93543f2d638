import { cidrTexts } from './cidr-texts';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { cidrToString, parseCidr, parseIp } from '../../values/cidr';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const cidrHostBits: ObjectRule = {
  id: 'cilium/CidrHostBits',
  severity: 'warning',
  what: 'A network is written with bits beyond its prefix, such as 10.0.0.1/8.',
  why: 'The agent masks them away, so the entry is for the whole network and not for that address.',
  mend: 'Write the network address, or /32 (/128) for one address.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress: [{ toCIDR: [10.0.0.1/8] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress: [{ toCIDR: [10.0.0.1/32] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { text, pointer } of cidrTexts(readPolicy(object).items)) {
      const cidr = parseCidr(text);
      const address = parseIp(text.split('/')[0] ?? '');
      if (cidr && address && cidr.address !== address.address) {
        report({ object, pointer, found: `${show(text)}, which means ${cidrToString(cidr)}` });
      }
    }
  },
};
