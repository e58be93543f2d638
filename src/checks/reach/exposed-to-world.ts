import { clusterOf } from './cluster-of';
import { passing } from '../../reach/connection';
import { type Party, sampleOf } from '../../reach/party';
import { portSetText } from '../../reach/resolve-ports';
import type { SetRule } from '../rule';

export const exposedToWorld: SetRule = {
  id: 'reach/ExposedToWorld',
  severity: 'info',
  what: 'A workload that policies isolate can be reached from every address outside of the cluster.',
  why: 'That is meant for a gateway; anything else is one Service of type LoadBalancer or NodePort away from the internet.',
  mend: 'Let the gateway in and not the world, or acknowledge that the workload is one.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [world], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromCIDR: [203.0.113.0/24], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    const world: Party = { type: 'entity', entity: 'world' };
    for (const one of cluster?.world.classes ?? []) {
      const party = sampleOf(one);
      const half = cluster!.halfOf('ingress', party);
      if (half.isolated !== true || !half.reachesOutside) continue;
      const ports = passing(cluster!.halfConnection('ingress', world, party));
      if (ports.isEmpty()) continue;
      const reached = portSetText(ports) || 'other protocols';
      yield* one.members.map(({ located, title }) => ({ object: located, found: `${title}, which every address reaches on ${reached}` }));
    }
  },
};
