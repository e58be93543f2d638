import { mayBeMutated } from './generator-targets';
import { ENFORCE_LABEL } from './no-pod-security';
import { podSecurityFaults } from './pod-security-standards';
import { namespacesOf } from '../kubernetes/namespaces';
import { readWorkload, WORKLOAD_KINDS } from '../kubernetes/workloads';
import type { ObjectRule } from '../rule';

export const podSecurityRefused: ObjectRule = {
  id: 'tenancy/PodSecurityRefused',
  severity: 'warning',
  what: 'A workload does not meet the Pod Security level that its namespace enforces.',
  why: 'The API server refuses its pods: of a Deployment nothing is seen but a warning, and no pod ever starts.',
  mend: 'Set what the level asks for in the pod template, or lower the level of the namespace.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline } }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop }
spec: { hostNetwork: true, containers: [{ name: agent, image: "example.com/agent:1" }] }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline } }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop }
spec: { containers: [{ name: agent, image: "example.com/agent:1" }] }
`,
  kinds: WORKLOAD_KINDS,
  checkObject(object, report, context) {
    const workload = readWorkload(object);
    const labels = workload && namespacesOf(context).get(workload.namespace)?.labels;
    const level = labels?.[ENFORCE_LABEL];
    // A policy may put in what is missing before the pods are looked at.
    if (!workload || (level !== 'baseline' && level !== 'restricted') || mayBeMutated(context)) return;
    const [first, ...more] = podSecurityFaults(workload, level);
    if (!first) return;
    const others = more.length === 0 ? '' : `, and ${more.length} more: ${more.map(({ found }) => found).slice(0, 5).join(', ')}`;
    report({ object, pointer: first.pointer, found: `${first.found}, which the level ${level} refuses${others}` });
  },
};
