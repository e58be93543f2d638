import type { AllowedPort, AllowRule, PodPeer } from './allow-rule';
import type { Identifiable } from '../../manifests/identity';
import { NAMESPACE_NAME_LABEL } from '../../target/well-known-labels';
import { type Selector, selectorMatches } from '../../values/selector';

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
}

interface Rule {
  readonly from?: Peer[];
  readonly to?: Peer[];
  readonly ports?: { readonly protocol?: string; readonly port?: string | number; readonly endPort?: number }[];
}

interface NetworkPolicy extends Identifiable {
  readonly spec?: { readonly podSelector?: Selector; readonly ingress?: Rule[]; readonly egress?: Rule[] };
}

/** What a NetworkPolicy allows between pods. */
export function networkPolicyAllows(policy: Identifiable): AllowRule[] {
  const { spec = {} } = policy as NetworkPolicy;
  const namespace = policy.metadata?.namespace ?? 'default';
  return (['ingress', 'egress'] as const).flatMap(direction => (spec[direction] ?? []).map(rule => {
    const peers = direction === 'ingress' ? rule.from : rule.to;
    return {
      direction,
      coversSubject: (pods: PodPeer) => pods.namespace === namespace && selectorMatches(spec.podSelector ?? {}, pods.labels),
      coversPeer: (pods: PodPeer) => !peers || peers.length === 0 || peers.some(peer => coversPods(peer, pods, namespace)),
      ports: rule.ports && rule.ports.length > 0 ? rule.ports.map(allowedPort) : undefined,
    };
  }));
}

function coversPods({ podSelector, namespaceSelector }: Peer, pods: PodPeer, own: string): boolean {
  if (!podSelector && !namespaceSelector) return false;
  const namespaces = namespaceSelector
    ? pods.namespace !== undefined && selectorMatches(namespaceSelector, { [NAMESPACE_NAME_LABEL]: pods.namespace })
    : pods.namespace === own;
  return namespaces && selectorMatches(podSelector ?? {}, pods.labels);
}

function allowedPort({ protocol, port, endPort }: NonNullable<Rule['ports']>[number]): AllowedPort {
  return { protocol: protocol ?? 'TCP', port: port === undefined ? undefined : String(port), endPort };
}
