import { isPublicName } from './address-block';
import { passing } from './connection';
import { isOneName, plain } from './dns-names';
import type { Halves } from './halves';
import type { NameParty, WorkloadParty } from './party';
import { remember } from './remember';
import type { Peer } from './rule';

/** A name that no policy says anything of. */
const UNNAMED: NameParty = { type: 'name', name: 'example.com' };

const read = ({ name }: NameParty) => ({ text: plain(name), isPublic: isPublicName(name) });
const known = new WeakMap<NameParty, ReturnType<typeof read>>();

/**
 * Whether there is anything to say of a source and a DNS name: where no rule of the source means the name, that it may have an address in a
 * block says no more than the block does.
 */
export function namesOfSource(from: WorkloadParty, halves: Halves): (name: NameParty) => boolean {
  const half = halves.half('egress', from);
  const isOpen = !passing(halves.connection('egress', from, UNNAMED)).isEmpty();
  if (isOpen) return () => true;
  // Who means names, and no pattern of them, is asked about those only: of thousands of names a source means a few.
  const byName = new Map<string, Peer[]>();
  const others: Peer[] = [];
  for (const peer of [...half.allow, ...half.deny].flatMap(({ rule }) => rule.peers)) {
    if (!peer.names) continue;
    if (peer.names.every(isOneName)) for (const name of peer.names) remember(byName, plain(name), () => [] as Peer[]).push(peer);
    else others.push(peer);
  }
  return to => {
    const { text, isPublic } = remember(known, to, read);
    const isMeant = (peer: Peer) => peer.matches(to, half) !== false;
    return !isPublic || byName.get(text)?.some(isMeant) === true || others.some(isMeant);
  };
}
