import { namespaceModels } from './namespace-models';
import { DIRECTIONS } from './read-network-policy';
import { isSystemNamespace, namespacesOf } from '../kubernetes/namespaces';
import type { SetRule } from '../rule';
import { policyMayBeGenerated } from '../tenancy/generator-targets';

export const noDefaultDeny: SetRule = {
  id: 'network/NoDefaultDeny',
  severity: 'warning',
  what: 'A namespace has workloads and no policy that denies by default.',
  why: 'A pod that no policy selects talks to everyone, and everyone to it.',
  mend: 'Add a NetworkPolicy with an empty podSelector, policyTypes [Ingress, Egress] and no rules, and one that allows DNS.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: "example.com/web:1" }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: "example.com/web:1" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  *checkSet(context) {
    // The agents isolate every pod.
    if (context.target.ciliumAgent?.policyEnforcementMode === 'always') return;
    for (const model of namespaceModels(context).values()) {
      const [first] = model.workloads;
      if (!first || model.name === '' || isSystemNamespace(model.name) || policyMayBeGenerated(context, model.name)) continue;
      const open = DIRECTIONS.filter(direction => !model.hasDefaultDeny(direction));
      if (open.length === 0) continue;
      const object = namespacesOf(context).get(model.name)?.located ?? first.located;
      const count = model.workloads.length;
      yield { object, found: `${count} workload${count === 1 ? '' : 's'} in ${model.name}, and no default deny for ${open.join(' and ')}` };
    }
  },
};
