import { type AddressBlock, blockHolds, blockHoldsPods, blockHoldsPublic, isEverything, isOfOwnLink, readBlocks } from './address-block';
import { BitSet } from './bit-set';
import { splitKey, WHERE_API_SERVER_RUNS } from './cilium-labels';
import { blocksMatchPods } from './inside';
import { anyMatch, type EntityParty, type Match, type Party } from './party';
import { readLabels } from './read-endpoints';
import { readRequirements } from './read-selector';
import { nobody, type Selection } from './selection';
import { ofKind, type World } from './world';
import type { Located } from '../checks/finding';
import { asList, asObject } from '../checks/read';
import { selectorMatches } from '../values/selector';
import { compareMinor } from '../values/semver-minor';

/**
 * What a block of addresses means to Cilium: peers without an identity of their own, and never a pod or a node, unless the agent
 * is told so.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based
 */
export class CiliumAddresses {
  private readonly matchesNodes: boolean;
  private readonly nodesOutsideOfAll: boolean;
  private readonly groups: readonly Located[];

  constructor(private readonly world: World) {
    const { cilium = '1.18', ciliumAgent } = world.target;
    this.matchesNodes = ciliumAgent?.cidrMatchesNodes === true;
    this.nodesOutsideOfAll = compareMinor(cilium, '1.19') >= 0;
    this.groups = ofKind(world.objects, 'cilium.io', 'CiliumCIDRGroup');
  }

  /** Blocks of an entry of `fromCIDRSet` or `toCIDRSet`. */
  blocksOf(entry: Record<string, unknown>): AddressBlock[] {
    const { cidr, except } = entry;
    if (cidr !== undefined) return readBlocks(cidr, asList(except));
    return this.groupsOf(entry).flatMap(({ object }) => asList(asObject(object.spec)?.externalCIDRs))
      .flatMap(external => readBlocks(external, asList(except)));
  }

  /** Whether an entry means a group and the set has none that is meant. */
  isMissing(entry: Record<string, unknown>): boolean {
    return entry.cidr === undefined && this.groupsOf(entry).length === 0;
  }

  private groupsOf({ cidrGroupRef, cidrGroupSelector }: Record<string, unknown>): Located[] {
    return this.groups.filter(group => isMeant(group, cidrGroupRef, cidrGroupSelector));
  }

  matches(block: AddressBlock, party: Party): Match {
    switch (party.type) {
      case 'addresses': return blockHolds(block, party);
      case 'name': return blockHoldsPublic(block, party.name);
      case 'entity': return this.holdsEntity(block, party);
      case 'node': return this.holdsNode(block, party.addresses.length > 0
        ? anyMatch(party.addresses.map(address => blockHolds(block, address)))
        : NODE_ADDRESS);
      case 'workload': return false;
    }
  }

  classes(block: AddressBlock): Selection {
    if (!blocksMatchPods(this.world.target)) return nobody(this.world.size);
    const [sure, perhaps] = [new BitSet(this.world.size), new BitSet(this.world.size)];
    const unknown = blockHoldsPods(block, this.world.target.podCidrs);
    for (const { index, sample: { ips, hostNetwork } } of this.world.classes) {
      if (hostNetwork) continue;
      const own = ips.map(({ family, address }) => blockHolds(block, { type: 'addresses', family, first: address, last: address }));
      const match = ips.length > 0 ? anyMatch(own) : unknown;
      if (match === true) sure.add(index);
      if (match !== false) perhaps.add(index);
    }
    return { sure, perhaps };
  }

  /** An API server that somebody else manages is outside, and known by its addresses. */
  private holdsEntity(block: AddressBlock, { entity, address }: EntityParty): Match {
    if (entity === 'host' || entity === 'remote-node') return this.holdsNode(block, address ? blockHolds(block, address) : NODE_ADDRESS);
    return entity === 'kube-apiserver' && !isOfOwnLink(block) && WHERE_API_SERVER_RUNS;
  }

  private holdsNode({ block }: AddressBlock, held: Match): Match {
    // Since 1.19 the block of all addresses leaves nodes out even where blocks match nodes.
    return this.matchesNodes && !(this.nodesOutsideOfAll && isEverything(block)) && held;
  }
}

export const NODE_ADDRESS = 'the node has an address in the block';

function isMeant({ object: { metadata } }: Located, ref: unknown, selector: unknown): boolean {
  if (selector === undefined) return metadata.name === ref;
  const requirements = readRequirements(selector).map(requirement => ({ ...requirement, key: splitKey(requirement.key).name }));
  return selectorMatches({ matchExpressions: requirements }, readLabels(metadata.labels));
}
