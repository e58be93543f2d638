import { clusterOf } from './cluster-of';
import { passing } from '../../reach/connection';
import { sampleOf, titleOf } from '../../reach/party';
import { DNS_PORTS, isClusterResolver } from '../../reach/resolver';
import type { SetRule } from '../rule';

export const dnsUnreachable: SetRule = {
  id: 'reach/DnsUnreachable',
  severity: 'warning',
  what: 'The DNS server of the cluster is isolated and does not let a workload in.',
  why: 'Egress to the server is one half: the workload resolves no name, whatever its own policies allow.',
  mend: 'Let every namespace in at the DNS server, on port 53 of UDP and TCP.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec: { selector: { matchLabels: { k8s-app: kube-dns } }, template: { metadata: { labels: { k8s-app: kube-dns } }, spec: { containers: [{ name: dns, image: dns }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns, namespace: kube-system }
spec:
  podSelector: { matchLabels: { k8s-app: kube-dns } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 53, protocol: UDP }, { port: 53 }] }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec: { selector: { matchLabels: { k8s-app: kube-dns } }, template: { metadata: { labels: { k8s-app: kube-dns } }, spec: { containers: [{ name: dns, image: dns }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns, namespace: kube-system }
spec:
  podSelector: { matchLabels: { k8s-app: kube-dns } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: UDP }, { port: 53 }] }]
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    const parties = cluster?.world.classes.map(sampleOf) ?? [];
    const servers = parties.filter(({ endpoint }) => isClusterResolver(endpoint));
    if (!cluster || servers.length === 0) return;
    for (const party of parties) {
      if (party.endpoint.hostNetwork || servers.includes(party)) continue;
      const letIn = servers.some(server => {
        const half = cluster.halfConnection('ingress', party, server);
        return passing(half).union(half.perhaps).intersection(DNS_PORTS).ranges('UDP').length > 0;
      });
      if (letIn) continue;
      const found = `${titleOf(servers[0]!)}, which does not let it in on 53/UDP`;
      yield* party.class.members.map(({ located: object }) => ({ object, found }));
    }
  },
};
