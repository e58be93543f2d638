import { IPeer } from '../network/i-peer';
import { refuse } from '../values/guardrails-error';

/**
 * A peer that stands for a component of the platform. Pods without a namespace would be those of whatever namespace a policy is in.
 *
 * @throws GuardrailsError for such a peer
 */
export function placedPeer(factory: string, peer: IPeer): IPeer {
  const { _spec: spec } = peer.toPeer();
  if (spec.kind === 'pods' && spec.namespaces.kind === 'same') {
    refuse(factory, 'peer', {
      given: 'pods without a namespace, which are those of the namespace of each policy',
      allowed: 'pods of a namespace that is named, addresses, entities, or a Workload',
      mend: 'Say where the component runs: Peer.pods({ ... }, { namespace: \'infra\' }), or Peer.namespace(\'infra\').',
    });
  }
  return peer;
}
