import { cidrExcepts } from './cidr-excepts';
import { agentValidates, CILIUM_POLICIES, readPolicy } from './read-policy';
import { cidrContainsIp } from '../../values/cidr';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const exceptOutsideCidr: ObjectRule = {
  id: 'cilium/ExceptOutsideCidr',
  severity: 'error',
  what: 'An except is of another address family than its cidr, or lies outside.',
  why: 'The agent drops the whole policy.',
  mend: 'Drop the exception, or write one that lies within the network.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress: [{ toCIDRSet: [{ cidr: 10.0.0.0/8, except: [192.168.0.0/16] }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress: [{ toCIDRSet: [{ cidr: 10.0.0.0/8, except: [10.1.0.0/16] }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    for (const { cidr, address, texts, pointer, item } of cidrExcepts(readPolicy(object))) {
      if (agentValidates(item, context) && !cidrContainsIp(cidr, address)) {
        report({ object, pointer, found: `except ${show(texts.except)}, which is not in ${show(texts.cidr)}` });
      }
    }
  },
};
