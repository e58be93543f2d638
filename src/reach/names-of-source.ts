import { isPublicName } from './address-block';
import { passing } from './connection';
import type { Halves } from './halves';
import type { NameParty, WorkloadParty } from './party';

/** A name that no policy says anything of. */
const UNNAMED: NameParty = { type: 'name', name: 'example.com' };

/**
 * Whether there is anything to say of a source and a DNS name: where no rule of the source means the name, that it may have an address in a
 * block says no more than the block does.
 */
export function namesOfSource(from: WorkloadParty, halves: Halves): (name: NameParty) => boolean {
  const half = halves.half('egress', from);
  const peers = [...half.allow, ...half.deny].flatMap(({ rule }) => rule.peers).filter(({ byName }) => byName);
  const isOpen = !passing(halves.connection('egress', from, UNNAMED)).isEmpty();
  return to => isOpen || !isPublicName(to.name) || peers.some(peer => peer.matches(to, half) !== false);
}
