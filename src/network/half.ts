import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { orderedPeers, orderedPorts } from './canonical-order';
import { networkPolicyManifest } from './network-policy-manifest';
import type { Peer } from './peer';
import { PolicyType } from './policy-type';
import type { Port } from './port';
import { peerKindName, peerNeedsCilium, portNeedsCilium } from './render-network-policy';
import { checkPeersAndPorts, type Direction } from './rule-checks';
import { AuthenticationMode } from '../cilium/authentication-mode';
import { ciliumNetworkPolicyManifest } from '../cilium/cilium-network-policy-manifest';
import { ciliumItems } from '../cilium/render-items';
import type { Manifest } from '../manifests/manifest';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { LabelSelector } from '../values/label-selector';

/** One direction of an allow: what pods of one namespace may send or receive. */
export interface Half {
  readonly direction: Direction;
  readonly name: string;
  readonly namespace: string;
  readonly subject: LabelSelector;
  readonly peers: Peer[];
  readonly ports: Port[];
  /** Whether the peer must prove who it is; needs Cilium. */
  readonly authentication?: AuthenticationMode;
}

/**
 * Writes a half as a NetworkPolicy, or, where a peer, a port or authentication needs Cilium, wholly as a CiliumNetworkPolicy of
 * the same name.
 */
export function writeHalf(construct: Construct, half: Half): ApiObject {
  checkPeersAndPorts(construct, half.direction, half.peers, half.ports);
  refuseDnsNames(construct, half);
  const canonical: Half = { ...half, peers: orderedPeers(half.peers, half.namespace), ports: orderedPorts(half.ports) };
  const reason = ciliumReason(canonical);
  if (reason === undefined) return addObject(construct, asNetworkPolicy(construct, canonical));
  Platform.of(construct)._requireCilium(construct, reason);
  return addObject(construct, asCiliumNetworkPolicy(construct, canonical));
}

/** A DNS name allows nothing until Cilium reads the answers for it. */
function refuseDnsNames(construct: Construct, { peers }: Half): void {
  if (peers.some(peer => peer._spec.kind === 'fqdn')) {
    refuse(where(construct), 'to', {
      given: 'a DNS name',
      allowed: 'pods, namespaces, entities, nodes and CIDRs',
      mend: 'Use AllowFqdn, which also lets Cilium read the DNS answers from which it learns the addresses.',
    });
  }
}

function ciliumReason({ peers, ports, authentication }: Half): string | undefined {
  const peer = peers.find(peerNeedsCilium);
  if (peer) return `a peer of kind ${peerKindName(peer)}`;
  const port = ports.find(portNeedsCilium);
  if (port) return `the port ${port.toString()}`;
  return authentication && 'mutual authentication';
}

function asNetworkPolicy(construct: Construct, half: Half): Manifest {
  const { name, namespace, subject: podSelector, peers, ports } = half;
  return networkPolicyManifest(construct, half.direction === 'ingress'
    ? { name, namespace, podSelector, policyTypes: [PolicyType.INGRESS], ingress: [{ from: peers, ports }] }
    : { name, namespace, podSelector, policyTypes: [PolicyType.EGRESS], egress: [{ to: peers, ports }] });
}

function asCiliumNetworkPolicy(construct: Construct, half: Half): Manifest {
  const { name, namespace, subject: endpointSelector, peers, ports, authentication } = half;
  const items = ciliumItems(peers, ports).map(item => ({ ...item, authentication }));
  return ciliumNetworkPolicyManifest(construct, half.direction === 'ingress'
    ? { name, namespace, endpointSelector, ingress: items.map(({ peers: from, ...rest }) => ({ from, ...rest })) }
    : { name, namespace, endpointSelector, egress: items.map(({ peers: to, ...rest }) => ({ to, ...rest })) });
}
