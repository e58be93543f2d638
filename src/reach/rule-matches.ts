import { ADDRESS_OF_IPV4, blocksHoldBoth } from './address-block';
import { AddressCuts } from './address-cuts';
import { type AddressParty, allMatch, anyMatch, anyOf, type Match, type Party } from './party';
import { remember } from './remember';
import type { Peer, Required, Rule, Subject } from './rule';

/** Whether a rule is about a peer. */
export function ruleMatches(rule: Rule, party: Party, subject: Subject): Match {
  const match = matchesRule(rule, party, subject);
  return match === true && rule.deny && party.type === 'name' && isOfIpv4(rule, party, subject) ? ADDRESS_OF_IPV4 : match;
}

function matchesRule(rule: Rule, party: Party, subject: Subject): Match {
  const { peers, peerClasses, deny } = rule;
  const required = subject.required(deny);
  if (required.length > 0) return matchesWithRequired(rule, required, party, subject);
  if (peers.length === 0) return true;
  if (party.type === 'workload') {
    const { index } = party.class;
    if (peerClasses.sure.has(index)) return true;
    return peerClasses.perhaps.has(index) && anyOf(peers, peer => peerMatches(peer, party, subject));
  }
  const blocks = party.type === 'addresses' ? remember(blocksOfRules, rule, readBlocks) : undefined;
  if (!blocks || blocks.cuts === undefined) return anyOf(peers, peer => peer.matches(party, subject));
  return anyMatch([blocks.matches(party as AddressParty, subject), anyOf(blocks.others, peer => peer.matches(party, subject))]);
}

/** A name is allowed where it is for its addresses of IPv4; it is denied only where it is for those of IPv6 too. */
function isOfIpv4({ peers }: Rule, name: Party, subject: Subject): boolean {
  if (peers.length === 0 || blocksHoldBoth(peers.flatMap(({ blocks = [] }) => blocks))) return false;
  return !peers.some(peer => peer.blocks === undefined && peer.matches(name, subject) === true);
}

/** A NetworkPolicy that names no peer has a selector of everybody to Cilium; an item of its own kinds that names none has no selector. */
function matchesWithRequired({ peers, policy }: Rule, required: readonly Required[], party: Party, subject: Subject): Match {
  const accepted = required.reduce<Match>((all, { peer, about }) => {
    const match = peerMatches(peer, party, subject);
    return allMatch(all, about === true || match === true ? match : about);
  }, true);
  if (peers.length === 0) return policy.located.object.kind !== 'NetworkPolicy' || accepted;
  return anyOf(peers, peer => allMatch(peerMatches(peer, party, subject), !peer.bySelector || accepted));
}

function peerMatches({ classes, classesIf, matches }: Peer, party: Party, subject: Subject): Match {
  if (party.type !== 'workload') return matches(party, subject);
  const { index } = party.class;
  return classes.sure.has(index) || (classes.perhaps.has(index) && classesIf);
}

/** Of rules with many blocks, what they say of addresses is kept. */
const blocksOfRules = new WeakMap<Rule, BlocksOfRule>();
const MANY_BLOCKS = 8;

interface BlocksOfRule {
  /** Left out where the blocks are few. */
  readonly cuts?: AddressCuts;
  /** Peers that are no blocks. */
  readonly others: readonly Peer[];
  matches(addresses: AddressParty, subject: Subject): Match;
}

function readBlocks({ peers }: Rule): BlocksOfRule {
  const withBlocks = peers.filter(({ blocks }) => blocks !== undefined);
  const blocks = withBlocks.flatMap(peer => peer.blocks!);
  const ask = (addresses: AddressParty, subject: Subject, asked = withBlocks) => anyOf(asked, peer => peer.matches(addresses, subject));
  if (blocks.length < MANY_BLOCKS) return { others: peers, matches: ask };
  const cuts = new AddressCuts(blocks.flatMap(({ block, except }) => [block, ...except]));
  const known = new Map<number, Match>();
  const byPart = new Map<number, Peer[]>();
  for (const peer of withBlocks) {
    for (const part of new Set(peer.blocks!.flatMap(({ block }) => cuts.partsOf(block)))) {
      const own = byPart.get(part);
      if (own) own.push(peer);
      else byPart.set(part, [peer]);
    }
  }
  return {
    cuts,
    others: peers.filter(peer => peer.blocks === undefined),
    matches: (addresses, subject) => {
      const part = cuts.partOf(addresses);
      if (part === undefined) return ask(addresses, subject);
      let match = known.get(part);
      if (match === undefined) {
        match = ask(addresses, subject, byPart.get(part) ?? []);
        known.set(part, match);
      }
      return match;
    },
  };
}
