import { cidrTexts } from './cidr-texts';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

const EVERYWHERE = new Set(['0.0.0.0/0', '::/0']);

export const worldCidr: ObjectRule = {
  id: 'cilium/WorldCidr',
  severity: 'info',
  what: 'A policy names every address as a network.',
  why: 'Cilium never matches pods and nodes of the cluster by CIDR: this is everything outside of it, and nothing inside.',
  mend: 'Write the entity `world` where that is meant; for pods and nodes write selectors or the entities cluster and all.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromCIDR: [0.0.0.0/0] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [world] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { text, pointer, hasExcept } of cidrTexts(readPolicy(object).items)) {
      if (EVERYWHERE.has(text) && !hasExcept) report({ object, pointer, found: `${show(text)}, which is everything outside the cluster` });
    }
  },
};
