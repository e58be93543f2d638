import type { IConstruct } from 'constructs';
import { Entity } from './entity';
import type { Peer } from './peer';
import type { Port } from './port';
import { peerKindName } from './render-network-policy';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { CIDR_GROUP_SELECTOR, MULTI_LEVEL_DNS_WILDCARD } from '../target/cilium-features';
import { refuse } from '../values/guardrails-error';

export type Direction = 'ingress' | 'egress';

/**
 * What holds for the peers and ports of every rule, whatever kind it is written as.
 *
 * @throws GuardrailsError for an empty list, for a peer or port that makes its neighbours pointless, for the name of a port where
 * nobody can know its number, and for what the platform cannot do
 */
export function checkPeersAndPorts(construct: IConstruct, direction: Direction, peers?: Peer[], ports?: Port[]): void {
  const at = where(construct);
  if (peers?.length === 0) {
    refuse(at, direction === 'ingress' ? 'from' : 'to', {
      given: 'an empty list',
      allowed: 'at least one peer',
      mend: 'Kubernetes reads an empty list as anyone; write Peer.anywhere() if that is meant, and leave the rule out if nobody is.',
    });
  }
  if (ports?.length === 0) {
    refuse(at, 'ports', {
      given: 'an empty list',
      allowed: 'at least one port',
      mend: 'Kubernetes reads an empty list as every port; write Port.all() if that is meant.',
    });
  }
  alone(at, 'peers', 'Peer.anywhere()', peers, peer => peer._spec.kind === 'anywhere');
  alone(at, 'ports', 'Port.all()', ports, port => port._portSpec.kind === 'all');
  if (direction === 'ingress' && peers?.some(peer => peer._spec.kind === 'fqdn')) {
    refuse(at, 'from', {
      given: 'a DNS name',
      allowed: 'pods, namespaces, entities, nodes and CIDRs on ingress',
      mend: 'A connection arrives with an address, never with a name; allow the addresses with Peer.cidr.',
    });
  }
  if (direction === 'egress') checkNamedPorts(at, peers ?? [], ports ?? []);
  checkPlatform(construct, peers ?? [], ports ?? []);
}

/** The name of a port is looked up in the containers of the pods that are connected to. */
function checkNamedPorts(at: string, peers: Peer[], ports: Port[]): void {
  const outside = peers.find(isOutside);
  const named = ports.find(port => port._portSpec.kind === 'named');
  if (outside && named) {
    refuse(at, 'ports', {
      given: `${named.toString()} beside a peer of kind ${peerKindName(outside)}`,
      allowed: 'numbers towards addresses and hosts, since only the containers of pods give names to ports',
      mend: 'Give the number; where pods are meant too, write a rule of their own for them.',
    });
  }
}

/** Cilium's own endpoints, for health checks and for its ingress, have no containers either. */
const WITHOUT_CONTAINERS: readonly Entity[] = [
  Entity.HEALTH, Entity.HOST, Entity.INGRESS, Entity.KUBE_APISERVER, Entity.REMOTE_NODE, Entity.WORLD,
];

function isOutside({ _spec: spec }: Peer): boolean {
  return ['cidr', 'cidrGroup', 'cidrGroups', 'fqdn', 'nodes'].includes(spec.kind)
    || (spec.kind === 'entity' && WITHOUT_CONTAINERS.includes(spec.entity));
}

function alone<T>(at: string, what: string, name: string, items: T[] | undefined, isWide: (item: T) => boolean): void {
  if (items && items.length > 1 && items.some(isWide)) {
    refuse(at, what, {
      given: `${name} beside others`,
      allowed: `${name} alone`,
      mend: `${name} covers the others: drop them if it is meant, or drop ${name}.`,
    });
  }
}

function checkPlatform(construct: IConstruct, peers: Peer[], ports: Port[]): void {
  const platform = Platform.of(construct);
  if (platform.cni.enforcesCiliumPolicy && ports.some(({ _portSpec: spec }) => 'protocol' in spec && spec.protocol === 'SCTP')) {
    platform._requireOption(construct, 'an SCTP port', 'sctp');
  }
  const specs = peers.map(peer => peer._spec);
  if (specs.some(({ kind }) => kind === 'nodes')) {
    platform._requireCilium(construct, 'a peer of nodes');
    platform._requireOption(construct, 'a peer of nodes', 'nodeSelectors');
  }
  if (specs.some(({ kind }) => kind === 'cidrGroups')) platform._requireCiliumFeature(construct, CIDR_GROUP_SELECTOR);
  if (specs.some(spec => spec.kind === 'fqdn' && spec.value.startsWith('**.'))) {
    platform._requireCiliumFeature(construct, MULTI_LEVEL_DNS_WILDCARD);
  }
}
