import { cidrExcepts } from './cidr-excepts';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { cidrContains } from '../../values/cidr';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const exceptCoversAll: ObjectRule = {
  id: 'cilium/ExceptCoversAll',
  severity: 'warning',
  what: 'An except is as wide as its cidr, or wider.',
  why: 'Nothing is left of the entry, and newer agents refuse the policy.',
  mend: 'Drop the entry, or narrow the exception.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress: [{ toCIDRSet: [{ cidr: 10.0.0.0/8, except: [10.0.0.0/8] }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress: [{ toCIDRSet: [{ cidr: 10.0.0.0/8, except: [10.0.0.0/9] }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { cidr, except, texts, pointer } of cidrExcepts(readPolicy(object))) {
      if (cidrContains(except, cidr)) report({ object, pointer, found: `except ${show(texts.except)} leaves nothing of ${show(texts.cidr)}` });
    }
  },
};
