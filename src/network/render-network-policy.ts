import type { Peer } from './peer';
import type { NamespaceScope } from './peer-spec';
import type { Port } from './port';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { GuardrailsError, insist } from '../values/guardrails-error';
import { type Selector, selectorProblem } from '../values/selector';

/** Whether only a CiliumNetworkPolicy can say this peer. */
export function peerNeedsCilium({ _spec: spec }: Peer): boolean {
  switch (spec.kind) {
    case 'pods': return spec.serviceAccount !== undefined;
    case 'anywhere': case 'cidr': return false;
    default: return true;
  }
}

/** What messages call the kind of a peer. */
export function peerKindName({ _spec: spec }: Peer): string {
  return spec.kind === 'pods' && spec.serviceAccount !== undefined ? 'serviceAccount' : spec.kind;
}

/** Whether only a CiliumNetworkPolicy can say this port. */
export function portNeedsCilium({ _portSpec: spec }: Port): boolean {
  return spec.kind === 'icmp';
}

/** The `from` or `to` of a NetworkPolicy rule; `undefined`, which is anyone, where one of the peers is anywhere. */
export function networkPolicyPeers(at: string, peers: Peer[]): object[] | undefined {
  return peers.some(peer => peer._spec.kind === 'anywhere') ? undefined : peers.map(peer => networkPolicyPeer(at, peer));
}

/** The `ports` of a NetworkPolicy rule; `undefined`, which is every port, where one of them is `Port.all()`. */
export function networkPolicyPorts(at: string, ports: Port[]): object[] | undefined {
  return ports.some(port => port._portSpec.kind === 'all') ? undefined : ports.map(port => networkPolicyPort(at, port));
}

function networkPolicyPeer(at: string, peer: Peer): object {
  const { _spec: spec } = peer;
  if (spec.kind === 'cidr') {
    return { ipBlock: { cidr: spec.cidr, ...(spec.except.length > 0 && { except: spec.except }) } };
  }
  if (spec.kind !== 'pods' || peerNeedsCilium(peer)) {
    throw new GuardrailsError(at, 'peer', {
      given: `a peer of kind ${peerKindName(peer)}`,
      allowed: 'pods, namespaces, a CIDR or anywhere in a NetworkPolicy',
      mend: 'Write a CiliumNetworkPolicy, or use AllowIngress, AllowEgress or Allow, which choose the kind themselves.',
    });
  }
  const namespaceSelector = namespaces(spec.namespaces);
  const podSelector = spec.pods ?? (namespaceSelector ? undefined : {});
  for (const selector of [namespaceSelector, podSelector]) insist(at, 'peer', selector && selectorProblem(selector));
  return { ...(namespaceSelector && { namespaceSelector }), ...(podSelector && { podSelector }) };
}

function namespaces(scope: NamespaceScope): Selector | undefined {
  switch (scope.kind) {
    case 'same': return undefined;
    case 'any': return {};
    case 'labelled': return scope.selector;
    case 'named': return scope.names.length === 1
      ? { matchLabels: { [NAMESPACE_NAME_LABEL]: scope.names[0]! } }
      : { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [...scope.names] }] };
  }
}

function networkPolicyPort(at: string, { _portSpec: spec }: Port): object {
  switch (spec.kind) {
    case 'number': return { protocol: spec.protocol, port: spec.port, ...(spec.endPort !== undefined && { endPort: spec.endPort }) };
    case 'named': return { protocol: spec.protocol, port: spec.name };
    case 'protocol': return { protocol: spec.protocol };
    default: throw new GuardrailsError(at, 'port', {
      given: spec.kind,
      allowed: 'TCP, UDP and SCTP ports in a NetworkPolicy',
      mend: 'Write a CiliumNetworkPolicy, or use AllowIngress, AllowEgress or Allow, which choose the kind themselves.',
    });
  }
}
