import { receiversOf } from './namespace-models';
import { readNetworkPolicy } from './read-network-policy';
import { selectsAll } from '../kubernetes/read-selector';
import { isTemplate } from '../kubernetes/text';
import type { Workload } from '../kubernetes/workloads';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

export const unmatchedNamedPort: ObjectRule = {
  id: 'network/UnmatchedNamedPort',
  severity: 'warning',
  what: 'A rule names a port that none of the pods it is aimed at has, or has with another protocol.',
  why: 'The rule allows nothing there, without a word.',
  mend: 'Give the container port that name, or write the number.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicyPort',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: "example.com/web:1", ports: [{ name: web, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: http, protocol: TCP }] }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: "example.com/web:1", ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: http, protocol: TCP }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    const policy = readNetworkPolicy(object);
    // What is allowed for every pod of a namespace stands open for those to come: TenantNamespace offers scraping so.
    if (!policy?.subject || selectsAll(policy.subject)) return;
    for (const rule of policy.rules) {
      const named = rule.ports.filter(({ port }) => typeof port === 'string' && !isTemplate(port));
      const receivers = named.length === 0 ? [] : receiversOf(context, rule);
      if (receivers.length === 0) continue;
      for (const { port, protocol, pointer } of named) {
        if (receivers.some(receiver => hasPort(receiver, port, protocol))) continue;
        report({ object, pointer: `${pointer}/port`, found: `the ${protocol} port '${port}', which no container of the selected pods has` });
      }
    }
  },
};

function hasPort({ containers }: Workload, name: unknown, protocol: string): boolean {
  return containers.some(({ role, fields }) => role !== 'init' && asList(fields.ports).some(entry => {
    const port = asObject(entry);
    const isNamed = port?.name === name || (typeof port?.name === 'string' && isTemplate(port.name));
    return isNamed && (port?.protocol ?? 'TCP') === protocol;
  }));
}
