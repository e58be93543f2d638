import { namespaceModels } from './namespace-models';
import { isSystemNamespace } from '../kubernetes/namespaces';
import type { SetRule } from '../rule';
import { policyMayBeGenerated } from '../tenancy/generator-targets';

export const unprotectedWorkload: SetRule = {
  id: 'network/UnprotectedWorkload',
  severity: 'warning',
  what: 'No policy selects a workload, in a namespace where others are guarded.',
  why: 'Its pods talk to everyone, and everyone to them.',
  mend: 'Add a default deny for the namespace, or a policy that selects the workload.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, image: "example.com/db:1" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, image: "example.com/db:1" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchExpressions: [{ key: app, operator: In, values: [web, db] }] }, policyTypes: [Ingress, Egress] }
`,
  *checkSet(context) {
    // The agents isolate every pod.
    if (context.target.ciliumAgent?.policyEnforcementMode === 'always') return;
    for (const model of namespaceModels(context).values()) {
      // Without any policy the namespace as a whole is the finding.
      if (isSystemNamespace(model.name) || model.policies.length + model.cilium.length === 0) continue;
      if (policyMayBeGenerated(context, model.name)) continue;
      const subjects = [...model.policies.map(({ subject }) => subject), ...model.cilium.map(({ selector }) => selector)];
      const selections = subjects.map(subject => model.selectedBy(subject));
      if (selections.includes(undefined)) continue;
      const guarded = new Set(selections.flatMap(selection => selection ?? []));
      for (const workload of model.workloads) {
        const { located, pod } = workload;
        if (pod.hostNetwork !== true && !guarded.has(workload)) {
          yield {
            object: located,
            found: `a ${located.object.kind} that no policy selects`,
          };
        }
      }
    }
  },
};
