import { clusterOf } from './cluster-of';
import { passing } from '../../reach/connection';
import type { Half } from '../../reach/half';
import { type Party, sampleOf } from '../../reach/party';
import { PortSet } from '../../reach/port-set';
import { portSetText, resolvePorts } from '../../reach/resolve-ports';
import { isClusterResolver } from '../../reach/resolver';
import type { Rule } from '../../reach/rule';
import type { SetRule } from '../rule';

export const exposedToCluster: SetRule = {
  id: 'reach/ExposedToCluster',
  severity: 'info',
  what: 'A workload that policies isolate can be reached from every pod of the cluster, whosever it is.',
  why: 'Every tenant is let in, and every one who comes later: isolation between tenants ends there.',
  mend: 'Name the namespaces that call it, or acknowledge that the workload serves all.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: shop } } }], ports: [{ port: 8080 }] }]
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    const world: Party = { type: 'entity', entity: 'world' };
    const serving = context.target.systemNamespaces ?? [];
    for (const one of cluster?.world.classes ?? []) {
      const party = sampleOf(one);
      // The platform itself serves all.
      if (serving.includes(one.sample.namespace) || isClusterResolver(one.sample)) continue;
      const half = cluster!.halfOf('ingress', party);
      const open = half.isolated === true ? portsForAll(half, party) : PortSet.NONE;
      // Of what the world reaches, that is told.
      const ports = open.isEmpty() ? open : open.minus(passing(cluster!.halfConnection('ingress', world, party)));
      if (ports.isEmpty()) continue;
      const reached = portSetText(ports);
      yield* one.members.map(({ located, title }) => ({ object: located, found: `${title}, which every pod reaches on ${reached}` }));
    }
  },
};

/** Ports on which a rule lets in the pods of every namespace, and none denies anybody. */
function portsForAll({ allow, deny }: Half, party: Party): PortSet {
  const portsOf = (rules: readonly Rule[]) => (
    PortSet.union(rules.flatMap(({ ports }) => ports.map(entry => resolvePorts(entry.ports, party))))
  );
  const isForAll = ({ peers, authenticated }: Rule) => !authenticated
    && (peers.length === 0 || peers.some(({ elsewhere }) => elsewhere === 'all'));
  const open = portsOf(allow.filter(({ rule, about }) => about === true && isForAll(rule)).map(({ rule }) => rule));
  return open.isEmpty() ? open : open.minus(portsOf(deny.map(({ rule }) => rule)));
}
