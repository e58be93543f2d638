import type { IConstruct } from 'constructs';
import type { Peer } from '../network/peer';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

/**
 * Refuses DNS names of the cluster's own Services and pods as peers. Cilium knows pods and nodes by their labels and never by an address
 * that it has learned from DNS: such an allow would look right and open nothing.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#dns-based
 */
export function insistOutside(construct: IConstruct, what: string, peers: readonly Peer[]): void {
  const { clusterDomain } = Platform.of(construct);
  for (const { _spec: spec } of peers) {
    if (spec.kind !== 'fqdn') continue;
    const name = spec.value.toLowerCase().replace(/\.$/, '');
    // A pod's resolver completes `api.payments.svc` with the cluster's domain.
    const domain = [clusterDomain, 'svc'].find(suffix => name === suffix || name.endsWith(`.${suffix}`));
    if (domain === undefined) continue;
    refuse(where(construct), what, problem(
      spec.value,
      `names of hosts outside of the cluster, and not of ${domain}: Cilium never takes a pod for the address of a name`,
      'Allow the pods behind the Service: Workload.allowTo another workload, or Peer.pods({ ... }, { namespace }), on the port of the pods.',
    ));
  }
}
