import { readNetworkPolicy, type RuleReading } from './read-network-policy';
import { parseCidr } from '../../values/cidr';
import { selectsAll } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';

/** Ports over which a machine, a cluster or its data is taken over when whoever asks gets an answer. */
const SENSITIVE: Record<number, string> = {
  22: 'SSH',
  2375: 'Docker',
  2379: 'etcd',
  3306: 'MySQL',
  3389: 'RDP',
  5432: 'PostgreSQL',
  6379: 'Redis',
  9200: 'Elasticsearch',
  10250: 'the kubelet',
  11211: 'Memcached',
  27017: 'MongoDB',
};

export const sensitivePortOpen: ObjectRule = {
  id: 'network/SensitivePortOpen',
  severity: 'warning',
  what: 'An ingress rule opens the port of a database, a shell or the cluster\'s own machinery to everyone.',
  why: 'Any pod, or any address that can route there, may try it.',
  mend: 'Name the pods that need the port.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ ports: [{ port: 5432, protocol: TCP }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432, protocol: TCP }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    const policy = readNetworkPolicy(object);
    for (const rule of policy?.rules ?? []) {
      if (rule.direction !== 'ingress' || !policy?.isolates.ingress || !isForEveryone(rule)) continue;
      for (const { port, endPort, protocol, pointer } of rule.ports) {
        const number = protocol === 'TCP' && typeof port === 'number' ? port : undefined;
        const open = number === undefined ? undefined : Object.keys(SENSITIVE).map(Number)
          .find(entry => entry >= number && entry <= (endPort ?? number));
        if (open !== undefined) report({ object, pointer, found: `port ${open} (${SENSITIVE[open]}) for everyone` });
      }
    }
  },
};

function isForEveryone({ peers }: RuleReading): boolean {
  return peers.length === 0 || peers.some(({ cidr, podSelector, namespaceSelector }) => {
    if (cidr !== undefined) return (parseCidr(cidr)?.prefix ?? 32) <= 1;
    return namespaceSelector !== undefined && namespaceSelector !== 'unknown' && selectsAll(namespaceSelector)
      && (podSelector === undefined || (podSelector !== 'unknown' && selectsAll(podSelector)));
  });
}
