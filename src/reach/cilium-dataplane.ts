import { CiliumAddresses } from './cilium-addresses';
import { CiliumLabels, reservedName, withHosts } from './cilium-labels';
import { CiliumPeers } from './cilium-peers';
import { CiliumPolicies } from './cilium-policies';
import type { Dataplane } from './dataplane';
import { enforcedAlways, IDENTITIES } from './enforced-always';
import { compileNetworkPolicies } from './network-policies';
import type { Party } from './party';

function isNode(subject: Party): boolean {
  return subject.type === 'workload' ? subject.endpoint.hostNetwork : ['host', 'remote-node'].includes(reservedName(subject)!);
}

/**
 * Cilium: policies of its own kinds and NetworkPolicies, as its agents enforce them together.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/
 */
export const ciliumDataplane: Dataplane = {
  name: 'cilium',
  compile(world) {
    const labels = new CiliumLabels(world);
    const addresses = new CiliumAddresses(world);
    const peers = new CiliumPeers(world, labels, addresses);
    const { cilium = '1.18', ciliumAgent } = world.target;
    const policies = new CiliumPolicies(world, labels, peers, {
      ciliumMinor: Number(cilium.split('.')[1]),
      normalizedPaths: ciliumAgent?.normalizedPaths !== false,
    });
    const networkPolicies = compileNetworkPolicies(world, {
      selectPods: requirements => labels.select([...requirements, ...labels.clusterOf(requirements)]),
      selectable: labels.endpoints,
      side: (types, direction, rules) => {
        const isNamed = types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
        const isImplied = direction === 'ingress' && !types.includes('Egress');
        // Rules of a direction that policyTypes leaves out are installed all the same.
        return { isolates: rules > 0 || isNamed || isImplied, installed: true };
      },
      blockMatches: (block, party) => addresses.matches(block, party),
      blockClasses: block => withHosts(addresses.classes(block), world, party => addresses.matches(block, party)),
    });
    const own = policies.read();
    const always = ciliumAgent?.policyEnforcementMode === 'always' ? [enforcedAlways(world)] : [];
    return { policies: [...networkPolicies, ...own, ...always], notes: policies.notes };
  },
  isFree(direction, subject, peer) {
    if (subject.type === 'addresses' || subject.type === 'name') return true;
    if (subject.type === 'entity' && ![...IDENTITIES, 'host', 'remote-node'].includes(subject.entity)) return true;
    // The kubelet has to reach the endpoints of its node under default deny.
    return direction === 'ingress' && reservedName(peer) === 'host' && !isNode(subject);
  },
};
