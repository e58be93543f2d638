/** How many workloads share a namespace, unless told otherwise. */
const PER_NAMESPACE = 20;

/** Labels of a workload; `distinct` of them are different, the others repeat. */
const labelsOf = (index: number, distinct: number) => ({ app: `app-${index % distinct}`, tier: index % 3 === 0 ? 'front' : 'back' });

interface Shape {
  readonly workloads: number;
  readonly distinct: number;
  readonly perNamespace: number;
}

function deployment(index: number, { distinct, perNamespace }: Shape): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace: namespaceOf(index, perNamespace) },
    spec: {
      selector: { matchLabels: labelsOf(index, distinct) },
      template: {
        metadata: { labels: labelsOf(index, distinct) },
        spec: { containers: [{ name: 'app', image: 'example.com/app:1', ports: [{ name: 'http', containerPort: 8080 }] }] },
      },
    },
  };
}

function namespaceOf(index: number, perNamespace: number): string {
  return `team-${Math.floor(index / perNamespace)}`;
}

/** From the three before it and one in the namespace before, to the three after it and one in the namespace after; a tenth to a block. */
function workloadPolicy(index: number, { workloads, distinct, perNamespace }: Shape): object {
  const peers = (direction: 1 | -1) => {
    const first = index - index % perNamespace;
    const neighbours = [1, 2, 3].map(step => `app-${(first + (index + direction * step + perNamespace) % perNamespace) % distinct}`);
    const other = (index + direction * perNamespace + workloads) % workloads;
    return [
      { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: neighbours }] } },
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaceOf(other, perNamespace) } },
        podSelector: { matchLabels: { app: labelsOf(other, distinct).app } },
      },
    ];
  };
  const block = index % 10 === 0 ? [{ to: [{ ipBlock: { cidr: `198.51.${index / 10 % 256}.0/24` } }], ports: [{ port: 443 }] }] : [];
  return policy(`app-${index}`, namespaceOf(index, perNamespace), {
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
export function cluster(workloads: number, distinct = workloads, perNamespace = PER_NAMESPACE): object[] {
  const shape: Shape = { workloads, distinct, perNamespace };
  const namespaces = [...new Set(Array.from({ length: workloads }, (_, index) => namespaceOf(index, perNamespace)))];
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
    ...Array.from({ length: workloads }, (_, index) => deployment(index, shape)),
    ...Array.from({ length: workloads }, (_, index) => workloadPolicy(index, shape)),
  ];
}
