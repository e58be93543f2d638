import { type AddressBlock, blockHolds, blockHoldsPods, blockHoldsPublic } from './address-block';
import { BitSet } from './bit-set';
import type { Dataplane, Note } from './dataplane';
import type { EndpointClass } from './endpoint';
import { LabelIndex } from './label-index';
import { compileNetworkPolicies } from './network-policies';
import { anyMatch, type Match, type Party } from './party';
import { everybody, exactly, type Selection } from './selection';
import { ofKind, type World } from './world';
import { displayName } from '../manifests/identity';

/**
 * The NetworkPolicy API as it is documented and as its conformance tests want it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const kubernetesDataplane: Dataplane = {
  name: 'kubernetes',
  compile(world) {
    const labels = indexLabels(world);
    const pods = podsByAddress(world);
    const selectable = world.onHost.isEmpty() ? everybody(world.size) : exactly(BitSet.full(world.size).remove(world.onHost));
    const policies = compileNetworkPolicies(world, {
      selectPods: requirements => labels.select(requirements),
      selectable,
      side: (types, direction, rules) => {
        const named = types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
        // The API server fills in Ingress always, and Egress where there are rules for it.
        const isolates = types.length > 0 ? named : direction === 'ingress' || rules > 0;
        return { isolates, installed: isolates };
      },
      blockMatches,
      blockClasses: block => blockClasses(block, pods, world),
    });
    return { policies, notes: foreignPolicies(world) };
  },
  isFree(direction, subject, peer) {
    if (subject.type !== 'workload') return true;
    // The API leaves the host network undefined; most implementations let policies pass such pods by.
    if (subject.endpoint.hostNetwork) return true;
    // A node always reaches its own pods.
    return direction === 'ingress' && peer.type === 'entity' && peer.entity === 'host';
  },
};

/** A CNI that enforces nothing lets everything through. */
export const noDataplane: Dataplane = {
  name: 'none',
  compile: () => ({ policies: [], notes: [] }),
  isFree: () => true,
};

function indexLabels(world: World): LabelIndex {
  const labels = new LabelIndex(world.size);
  for (const { index, sample } of world.classes) {
    for (const [key, value] of Object.entries(sample.labels)) labels.add(index, key, value);
    for (const key of sample.addedLabels) if (!Object.hasOwn(sample.labels, key)) labels.addUnknown(index, key);
  }
  return labels;
}

/** What a block does to nodes is left open by the API; that it matches pods, its conformance tests require. */
function blockMatches(block: AddressBlock, party: Party): Match {
  switch (party.type) {
    case 'addresses': return blockHolds(block, party);
    case 'name': return blockHoldsPublic(block, party.name);
    case 'node': return anyMatch(party.addresses.map(address => blockHolds(block, address) !== false && UNDEFINED));
    default: return UNDEFINED;
  }
}

export const UNDEFINED = 'the network plugin compares nodes with address blocks';

/** Most pods have no address that is known, and fare alike. */
function podsByAddress({ classes, size }: World): { readonly unknown: BitSet; readonly others: readonly EndpointClass[] } {
  const others = classes.filter(({ sample: { ips, hostNetwork } }) => hostNetwork || ips.length > 0);
  const unknown = BitSet.full(size);
  for (const { index } of others) unknown.remove(new BitSet(size).add(index));
  return { unknown, others };
}

function blockClasses(block: AddressBlock, pods: ReturnType<typeof podsByAddress>, world: World): Selection {
  const unknown = blockHoldsPods(block, world.target.podCidrs);
  const sure = unknown === true ? pods.unknown.copy() : new BitSet(world.size);
  const perhaps = unknown === false ? new BitSet(world.size) : pods.unknown.copy();
  for (const { index, sample: { ips, hostNetwork } } of pods.others) {
    const own = ips.map(({ family, address }) => blockHolds(block, { type: 'addresses', family, first: address, last: address }));
    const match = hostNetwork ? UNDEFINED : anyMatch(own);
    if (match === true) sure.add(index);
    if (match !== false) perhaps.add(index);
  }
  return { sure, perhaps };
}

function foreignPolicies(world: World): Note[] {
  return ofKind(world.objects, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy').map(policy => ({
    policy, text: `${displayName(policy.object)} has no effect without Cilium`,
  }));
}
