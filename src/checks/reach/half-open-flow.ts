import { clusterOf } from './cluster-of';
import type { Cluster } from '../../reach/cluster';
import { type Connection, passing } from '../../reach/connection';
import { type EndpointClass, isSeveral } from '../../reach/endpoint';
import { sampleOf, titleOf } from '../../reach/party';
import { PortSet } from '../../reach/port-set';
import { portSetText, resolvePorts } from '../../reach/resolve-ports';
import type { Rule } from '../../reach/rule';
import type { SetRule } from '../rule';

export const halfOpenFlow: SetRule = {
  id: 'reach/HalfOpenFlow',
  severity: 'warning',
  what: 'A rule allows a connection that the policies of the other end deny, for everyone that it is about.',
  why: 'A connection needs both ends: egress of the source and ingress of the destination. Half of it is as good as none.',
  mend: 'Allow it at the other end too, or take the rule out.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 8080 }] }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 8080 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api-from-web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    for (const policy of cluster?.policies ?? []) {
      // Its rules are read when they are asked for.
      if (policy.subjects.perhaps.isEmpty()) continue;
      for (const rule of [...policy.ingress.allow, ...policy.egress.allow]) {
        const pair = cluster && blockedPair(rule, cluster);
        if (!pair) continue;
        const other = rule.direction === 'egress' ? 'ingress' : 'egress';
        yield {
          object: policy.located,
          pointer: rule.pointer,
          found: `${rule.direction} that the ${other} of the other end denies, such as ${pair}`,
        };
      }
    }
  },
};

/** One of the pairs that a rule is about, if none of them gets through; nothing where one does. */
function blockedPair(rule: Rule, cluster: Cluster): string | undefined {
  // Rules about anybody and about the outside are offers: nobody has to take them up. Whom the set does not have, nobody here denies.
  if (rule.peers.length === 0 || rule.peers.some(({ outside, elsewhere }) => outside || elsewhere !== undefined)) return undefined;
  const { world } = cluster;
  let example: string | undefined;
  for (const subject of rule.policy.subjects.perhaps.members()) {
    for (const peer of rule.peerClasses.perhaps.members()) {
      if (subject === peer && !isAmongSeveral(world.classes[subject]!)) continue;
      const [own, other] = [subject, peer].map(index => sampleOf(world.classes[index]!));
      const [from, to] = rule.direction === 'egress' ? [own!, other!] : [other!, own!];
      const ports = PortSet.union(rule.ports.map(entry => resolvePorts(entry.ports, to)));
      if (ports.isEmpty()) continue;
      const otherHalf = cluster.halfConnection(rule.direction === 'egress' ? 'ingress' : 'egress', from, to);
      if (!ports.intersection(everything(otherHalf)).isEmpty()) return undefined;
      example ??= `${titleOf(from)} => ${titleOf(to)} : ${portSetText(ports)}`;
    }
  }
  return example;
}

/** Whether its pods have others of it to talk to. */
function isAmongSeveral({ members, sample }: EndpointClass): boolean {
  return members.length > 1 || isSeveral(sample);
}

function everything(connection: Connection): PortSet {
  return passing(connection).union(connection.perhaps);
}
