import { readNetworkPolicy, type RuleReading } from './read-network-policy';
import { METADATA_ADDRESSES } from '../../target/addresses';
import { cidrContains, parseCidr } from '../../values/cidr';
import type { ObjectRule } from '../rule';

export const metadataReachable: ObjectRule = {
  id: 'network/MetadataReachable',
  severity: 'warning',
  what: 'An egress rule to a wide network lets pods ask the metadata service of the cloud.',
  why: 'It hands out the credentials of the node to whoever can make the pod send a request.',
  mend: 'Add 169.254.0.0/16 to the exceptions of the ipBlock.',
  link: 'https://kubernetes.io/docs/concepts/security/multi-tenancy/#network-isolation',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 169.254.0.0/16] } }]
    - to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]
      ports: [{ port: 443, protocol: TCP }]
`,
  kinds: ['NetworkPolicy'],
  *checkObject(object) {
    const policy = readNetworkPolicy(object);
    for (const rule of policy?.rules ?? []) {
      if (rule.direction !== 'egress' || !policy?.isolates.egress || !opensHttp(rule)) continue;
      for (const { cidr, excepts, pointer } of rule.peers) {
        const network = cidr === undefined ? undefined : parseCidr(cidr);
        if (!network) continue;
        const holes = excepts.flatMap(({ text }) => parseCidr(text) ?? []);
        const open = SERVICES.find(service => cidrContains(network, service.cidr) && !holes.some(hole => cidrContains(hole, service.cidr)));
        // Whoever names the address itself means it.
        if (open && network.prefix < open.cidr.prefix) {
          yield {
            object,
            pointer: `${pointer}/ipBlock`,
            found: `egress to ${cidr}, which holds ${open.text}`,
          };
        }
      }
    }
  },
};

const SERVICES = METADATA_ADDRESSES.flatMap(text => {
  const cidr = parseCidr(text);
  return cidr ? [{ cidr, text: text.replace(/\/\d+$/, '') }] : [];
});

/** The services are plain HTTP on port 80. */
function opensHttp({ ports }: RuleReading): boolean {
  return ports.length === 0 || ports.some(({ protocol, port, endPort }) => protocol === 'TCP'
    && (port === undefined || port === 80 || (typeof port === 'number' && port < 80 && (endPort ?? port) >= 80)));
}
