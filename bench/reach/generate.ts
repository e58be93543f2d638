/** How many workloads share a namespace. */
const PER_NAMESPACE = 20;

/** Labels of a workload; `distinct` of them are different, the others repeat. */
const labelsOf = (index: number, distinct: number) => ({ app: `app-${index % distinct}`, tier: index % 3 === 0 ? 'front' : 'back' });

function deployment(index: number, distinct: number): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace: namespaceOf(index) },
    spec: {
      selector: { matchLabels: labelsOf(index, distinct) },
      template: {
        metadata: { labels: labelsOf(index, distinct) },
        spec: { containers: [{ name: 'app', image: 'example.com/app:1', ports: [{ name: 'http', containerPort: 8080 }] }] },
      },
    },
  };
}

function namespaceOf(index: number): string {
  return `team-${Math.floor(index / PER_NAMESPACE)}`;
}

/** From the three before it and one in the namespace before, to the three after it and one in the namespace after; a tenth to a block. */
function workloadPolicy(index: number, workloads: number, distinct: number): object {
  const peers = (direction: 1 | -1) => {
    const first = index - index % PER_NAMESPACE;
    const neighbours = [1, 2, 3].map(step => `app-${(first + (index + direction * step + PER_NAMESPACE) % PER_NAMESPACE) % distinct}`);
    const other = (index + direction * PER_NAMESPACE + workloads) % workloads;
    return [
      { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: neighbours }] } },
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaceOf(other) } },
        podSelector: { matchLabels: { app: labelsOf(other, distinct).app } },
      },
    ];
  };
  const block = index % 10 === 0 ? [{ to: [{ ipBlock: { cidr: `198.51.${index / 10 % 256}.0/24` } }], ports: [{ port: 443 }] }] : [];
  return policy(`app-${index}`, namespaceOf(index), {
    podSelector: { matchLabels: { app: labelsOf(index, distinct).app } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: peers(-1), ports: [{ port: 8080 }] }],
    egress: [{ to: peers(1), ports: [{ port: 'http' }, { port: 9090, endPort: 9099 }] }, ...block],
  });
}

function policy(name: string, namespace: string, spec: object): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/**
 * Namespaces of twenty workloads, each with default deny and DNS, and a policy for each workload: 1,760 policies for 1,600 workloads.
 *
 * @param distinct how many sets of labels there are in all
 */
export function cluster(workloads: number, distinct = workloads): object[] {
  const namespaces = [...new Set(Array.from({ length: workloads }, (_, index) => namespaceOf(index)))];
  return [
    ...namespaces.flatMap(name => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      policy('default-deny', name, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      policy('allow-dns', name, {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{
          to: [{
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          }],
          ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }],
        }],
      }),
    ]),
    ...Array.from({ length: workloads }, (_, index) => deployment(index, distinct)),
    ...Array.from({ length: workloads }, (_, index) => workloadPolicy(index, workloads, distinct)),
  ];
}
