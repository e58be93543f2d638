import { modelOf } from './namespace-models';
import { readNetworkPolicy } from './read-network-policy';
import { displayName } from '../../manifests/identity';
import { selectsAll } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';

export const hostNetworkSelected: ObjectRule = {
  id: 'network/HostNetworkSelected',
  severity: 'warning',
  what: 'A NetworkPolicy selects pods on the network of the host.',
  why: 'They have the address of the node, and hardly any CNI applies policies to them.',
  mend: 'Take hostNetwork off the pods, or guard the node itself, on Cilium with a host policy.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: shop, labels: { app: probe } }
spec: { hostNetwork: true, containers: [{ name: probe, image: "example.com/probe:1" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: probe, namespace: shop }
spec: { podSelector: { matchLabels: { app: probe } }, policyTypes: [Ingress] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: shop, labels: { app: probe } }
spec: { hostNetwork: true, containers: [{ name: probe, image: "example.com/probe:1" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    const subject = readNetworkPolicy(object)?.subject;
    // A policy for the whole namespace is about the other pods.
    if (!subject || selectsAll(subject)) return;
    const host = modelOf(context, object).selectedBy(subject)?.find(({ pod }) => pod.hostNetwork === true);
    if (host) report({ object, pointer: '/spec/podSelector', found: `${displayName(host.located.object)}, which has hostNetwork` });
  },
};
