import { NOT_PUBLIC, readAddresses, SOME_ADDRESS } from './address-block';
import { AddressCuts } from './address-cuts';
import type { Half } from './half';
import { areIn } from './inside';
import { type AddressParty, type Match, type Party, within } from './party';
import { remember } from './remember';

/** Whom a peer may turn out to be. */
export interface Case {
  readonly party: Party;
  /** In words, for telling what depends on it. */
  readonly condition: string;
  /** Whether what is sure of the peer has to hold for this one too. */
  readonly counts: boolean;
}

export const ON_ONE_NODE = 'both run on one node';
export const ON_DIFFERENT_NODES = 'they run on different nodes';

const NO_NODE = 'no node has the address';

/** Which node a pod of the host network runs on is not known. */
const onANode = (address?: AddressParty): readonly [Case, Case] => [
  { party: { type: 'entity', entity: 'host', address }, condition: ON_ONE_NODE, counts: true },
  { party: { type: 'entity', entity: 'remote-node', address }, condition: ON_DIFFERENT_NODES, counts: true },
];
const ON_A_NODE = onANode();

/** That every pod lets its own node in is told of nodes, and not of each of the addresses that they may have. */
function nodeCases(address: AddressParty, { direction }: Half): readonly Case[] {
  const cases = onANode(address);
  return direction === 'egress' ? cases : cases.slice(1);
}

const SPACE = ['0.0.0.0/0', '::/0'].flatMap(text => readAddresses(text) ?? []);
const PUBLIC = new AddressCuts(NOT_PUBLIC);
const worlds = new WeakMap<Half, readonly Case[]>();

/** Whom a peer may turn out to be for those whom a half is about; nothing for somebody who is one and the same to all rules. */
export function casesOf(peer: Party, half: Half, nodeRanges: readonly AddressParty[]): readonly Case[] | undefined {
  switch (peer.type) {
    case 'workload': return peer.endpoint.hostNetwork ? ON_A_NODE : undefined;
    case 'addresses': return addressCases(peer, half, nodeRanges);
    case 'entity': return peer.entity === 'world' ? remember(worlds, half, () => partsOf(SPACE, half)) : undefined;
    default: return undefined;
  }
}

function addressCases(peer: AddressParty, half: Half, nodeRanges: readonly AddressParty[]): readonly Case[] | undefined {
  if (!nodeRanges.some(range => within(range, peer) !== 'none')) return half.cuts.partOf(peer) === undefined ? partsOf([peer], half) : undefined;
  return new AddressCuts(nodeRanges).cut(peer).flatMap(part => {
    const parts = partsOf([part], half);
    return areIn(nodeRanges, part) ? [...parts.map(one => ({ ...one, condition: NO_NODE })), ...nodeCases(part, half)] : parts;
  });
}

/** The world is every public address of IPv4 for sure; that something passes to private ones, or by IPv6, does not make it less. */
function partsOf(addresses: readonly AddressParty[], half: Half): Case[] {
  return addresses.flatMap(whole => half.cuts.cut(whole)).map(party => (
    { party, condition: SOME_ADDRESS, counts: addresses !== SPACE || (party.family === 4 && isPublicInPart(party)) }
  ));
}

export function isPublicInPart(addresses: AddressParty): boolean {
  return PUBLIC.cut(addresses).some(part => !NOT_PUBLIC.some(range => within(range, part) === 'all'));
}

/** What holds of a peer, by what does in each of its cases. */
export function matchOf(cases: readonly Case[], matches: readonly Match[]): Match {
  if (matches.length === 1) return matches[0]!;
  if (cases.every(({ counts }, index) => !counts || matches[index] === true)) return true;
  const place = matches.findIndex(match => match !== false);
  return place >= 0 && (matches[place] === true ? cases[place]!.condition : matches[place]!);
}
