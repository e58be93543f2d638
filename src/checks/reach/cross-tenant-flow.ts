import { clusterOf } from './cluster-of';
import { tenantOf } from '../../target/tenant-of';
import { namespacesOf } from '../kubernetes/namespaces';
import type { SetRule } from '../rule';

export const crossTenantFlow: SetRule = {
  id: 'reach/CrossTenantFlow',
  severity: 'info',
  what: 'One peer of an ingress rule in the namespace of a tenant lets in workloads of several other tenants.',
  why: 'It names none of them, so tenants that come later get in as well, and nobody is asked.',
  mend: 'Name the namespaces that are meant, or acknowledge that the workload serves everyone.',
  link: 'https://kubernetes.io/docs/concepts/security/multi-tenancy/#network-isolation',
  bad: tenants('{ namespaceSelector: {} }'),
  good: tenants('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: blue } } }'),
  *checkSet(context) {
    const teams = new Map([...namespacesOf(context).values()].flatMap(({ name, labels }) => {
      const tenant = tenantOf(name, labels);
      return tenant === undefined ? [] : [[name, tenant] as const];
    }));
    const cluster = teams.size > 2 ? clusterOf(context) : undefined;
    for (const { located, ingress } of cluster?.policies ?? []) {
      const own = teams.get(located.object.metadata.namespace ?? '');
      if (own === undefined) continue;
      for (const { peers } of ingress.allow) {
        for (const { pointer, classes } of peers) {
          const others = new Set(classes.sure.members().flatMap(index => teams.get(cluster!.world.classes[index]!.sample.namespace) ?? []));
          others.delete(own);
          if (others.size < 2) continue;
          yield { object: located, pointer, found: `a peer that lets in ${others.size} other tenants, such as ${[...others].sort().slice(0, 3).join(', ')}` };
        }
      }
    }
  },
};

function tenants(peer: string): string {
  const names = ['red', 'blue', 'green'];
  const documents = names.flatMap(name => [
    `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { platform.io/managed: "true", platform.io/team: ${name} } }`,
    `apiVersion: v1\nkind: Pod\nmetadata: { name: app, namespace: ${name}, labels: { app: app } }\nspec: { containers: [{ name: app, image: app }] }`,
  ]);
  return `${documents.join('\n---\n')}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: open, namespace: red }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [${peer}], ports: [{ port: 8080 }] }] }
`;
}
