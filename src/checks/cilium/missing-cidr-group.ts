import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { CheckContext } from '../check-context';
import { isTemplate } from '../kubernetes/text';
import { asObject, asString } from '../read';
import type { SetRule } from '../rule';

export const missingCidrGroup: SetRule = {
  id: 'cilium/MissingCidrGroup',
  severity: 'warning',
  what: 'A policy refers to a CiliumCIDRGroup that is not among those here.',
  why: 'A group that does not exist stands for no address, and nothing says so.',
  mend: 'Correct the name, or add the group.',
  link: 'https://docs.cilium.io/en/stable/network/kubernetes/ciliumcidrgroup/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumCIDRGroup
metadata: { name: offices }
spec: { externalCIDRs: [203.0.113.0/24] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromCIDRSet: [{ cidrGroupRef: office }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumCIDRGroup
metadata: { name: office }
spec: { externalCIDRs: [203.0.113.0/24] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromCIDRSet: [{ cidrGroupRef: office }] }]
`,
  *checkSet(context) {
    const groups = groupNames(context);
    // A set without any group is a part of a cluster, and its groups are elsewhere.
    if (groups.size === 0) return;
    for (const object of context.ofKind(...CILIUM_POLICIES)) {
      for (const { field, pointer, entries } of readPolicy(object).items.flatMap(item => item.peers)) {
        if (!field.endsWith('CIDRSet')) continue;
        for (const [index, entry] of entries.entries()) {
          const name = asString(asObject(entry)?.cidrGroupRef);
          if (!name || groups.has(name) || isTemplate(name)) continue;
          yield { object, pointer: `${pointer}/${index}/cidrGroupRef`, found: `no CiliumCIDRGroup ${name}` };
        }
      }
    }
  },
};

function groupNames(context: CheckContext): Set<string> {
  return new Set(context.ofKind('CiliumCIDRGroup').flatMap(({ object }) => asString(asObject(object.metadata)?.name) ?? []));
}
