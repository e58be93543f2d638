import { readNetworkPolicy, type RuleReading } from './read-network-policy';
import { METADATA_ADDRESSES, WIRE_SERVER } from '../../target/addresses';
import { type Cidr, cidrContains, parseCidr } from '../../values/cidr';
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
  checkObject(object, report, { target }) {
    const policy = readNetworkPolicy(object);
    for (const rule of policy?.rules ?? []) {
      const services = SERVICES.filter(({ ports }) => opens(rule, ports));
      if (rule.direction !== 'egress' || !policy?.isolates.egress || services.length === 0) continue;
      for (const { cidr, excepts, pointer } of rule.peers) {
        const network = cidr === undefined ? undefined : parseCidr(cidr);
        if (!network) continue;
        const holes = excepts.flatMap(({ text }) => parseCidr(text) ?? []);
        const open = services.find(({ cidr: address, isHere }) => (network.prefix > 0 || isHere(target.cni))
          && cidrContains(network, address) && !holes.some(hole => cidrContains(hole, address)));
        // Whoever names the address itself means it.
        if (open && network.prefix < open.cidr.prefix) {
          report({
            object,
            pointer: `${pointer}/ipBlock`,
            found: `egress to ${cidr}, which holds ${open.text}`,
            ...(!isLinkLocal(open.cidr) && { mend: `Add ${open.text}/${open.cidr.prefix} to the exceptions of the ipBlock.` }),
          });
        }
      }
    }
  },
};

interface Service {
  readonly cidr: Cidr;
  readonly text: string;
  readonly ports: readonly number[];
  /** Whether it may be there on a CNI. What one cloud has is nothing to hold against a rule to the whole internet elsewhere. */
  readonly isHere: (cni: string) => boolean;
}

const LINK_LOCAL = parseCidr('169.254.0.0/16')!;

/** The services are plain HTTP. */
const SERVICES: readonly Service[] = [
  ...METADATA_ADDRESSES.flatMap(text => service(text, [80], () => !text.startsWith('100.'))),
  ...service(WIRE_SERVER.address, WIRE_SERVER.ports, cni => cni.startsWith('Azure')),
];

function service(address: string, ports: readonly number[], isHere: Service['isHere']): Service[] {
  const cidr = parseCidr(address);
  return cidr ? [{ cidr, text: address.replace(/\/\d+$/, ''), ports, isHere }] : [];
}

function isLinkLocal(cidr: Cidr): boolean {
  return cidrContains(LINK_LOCAL, cidr);
}

function opens({ ports }: RuleReading, wanted: readonly number[]): boolean {
  return ports.length === 0 || ports.some(({ protocol, port, endPort }) => protocol === 'TCP' && (port === undefined
    || wanted.some(one => port === one || (typeof port === 'number' && port < one && (endPort ?? port) >= one))));
}
