import { endpointSelector, subjectOf } from './endpoint-selector';
import { namespaceOf, podsWith } from './pod-index';
import { CILIUM_POLICIES, type ItemReading, type PolicyReading, readPolicy } from './read-policy';
import { displayName } from '../../manifests/identity';
import type { CheckContext } from '../check-context';
import type { ObjectRule } from '../rule';

export const hostNetworkSelected: ObjectRule = {
  id: 'cilium/HostNetworkSelected',
  severity: 'warning',
  what: 'A Cilium policy selects pods, or means peers, all of which are on the network of the host.',
  why: 'To Cilium they are the node: no selector of endpoints ever matches them.',
  mend: 'Take hostNetwork off the pods. Or guard the node with a host policy, and name nodes as peers: the entities host and remote-node.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#host-policies',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: shop, labels: { app: probe } }
spec: { hostNetwork: true, containers: [{ name: probe, image: "example.com/probe:1" }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEndpoints: [{ matchLabels: { app: probe } }] }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: shop, labels: { app: probe } }
spec: { hostNetwork: true, containers: [{ name: probe, image: "example.com/probe:1" }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [host, remote-node] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    const reading = readPolicy(object);
    for (const rule of reading.rules) {
      const found = subjectOf(rule) && onHost(rule.fields.endpointSelector, reading, context);
      if (found) report({ object, pointer: `${rule.pointer}/endpointSelector`, found });
    }
    for (const { pointer, selector } of reading.items.flatMap(peersOf)) {
      const found = onHost(selector, reading, context);
      if (found) report({ object, pointer, found });
    }
  },
};

function peersOf({ peers }: ItemReading): { pointer: string; selector: unknown }[] {
  return peers.filter(({ field }) => field.endsWith('Endpoints'))
    .flatMap(({ pointer, entries }) => entries.map((selector, index) => ({ pointer: `${pointer}/${index}`, selector })));
}

/** The first of the pods that a selector names by labels, where all that the set has are on the network of their node. */
function onHost(value: unknown, { clusterwide, namespace }: PolicyReading, context: CheckContext): string | undefined {
  const { labels, namespaces, saysNamespace, hasExpressions, reserved } = endpointSelector(value);
  if (labels.size === 0 || hasExpressions || reserved) return undefined;
  const own = clusterwide || saysNamespace ? undefined : [namespace ?? 'default'];
  const where = namespaces ?? own;
  const pods = podsWith(labels, context).filter(pod => where === undefined || where.includes(namespaceOf(pod)));
  const [first] = pods;
  return first && pods.every(({ pod }) => pod.hostNetwork === true) ? `${displayName(first.located.object)}, which has hostNetwork` : undefined;
}
