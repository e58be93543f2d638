import type { IConstruct } from 'constructs';
import type { Peer } from './peer';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

// What the value of a label may have, and thereby the name of an object of this library.
const LONGEST = 63;

/**
 * The name of an allow: `allow-<from>-to-<to>`. A peer of another namespace is prefixed with it; several are joined in the order
 * of the alphabet, so that the order they are given in changes nothing.
 *
 * @param namespace of the policy; a peer of it is not prefixed
 * @param suffix what tells two objects of one pair apart, such as `-ingress`
 * @throws GuardrailsError when a peer has no name of its own, and when the whole would be too long
 */
export function pairName(
  construct: IConstruct, verb: 'allow' | 'deny', from: Peer[], to: Peer[], namespace: string, suffix = '',
): string {
  const side = (peers: Peer[]) => [...new Set(peers.map(peer => peerName(construct, peer, namespace)))].sort().join('-and-');
  const name = `${verb}-${side(from)}-to-${side(to)}${suffix}`;
  if (name.length > LONGEST) {
    refuse(where(construct), 'name', {
      given: `none, and ${name} of ${name.length} characters would be too long`,
      allowed: `at most ${LONGEST} characters`,
      mend: 'Pass a `name`; it is never cut, so that it stays what it is.',
    });
  }
  return name;
}

function peerName(construct: IConstruct, peer: Peer, namespace: string): string {
  if (peer._name === undefined) {
    return refuse(where(construct), 'name', {
      given: 'none, and a peer that has no name of its own',
      allowed: 'a name in the peer or in the construct',
      mend: 'Give the peer one, as in Peer.cidr(\'10.0.0.0/8\', { name: \'office\' }), or pass `name`.',
    });
  }
  const elsewhere = peer._namespace !== undefined && peer._namespace !== namespace;
  return elsewhere ? `${peer._namespace}-${peer._name}` : peer._name;
}
