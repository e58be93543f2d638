import { type AllowedPort, type AllowRule, type PodPeer, selectsAllWith } from './allow-rule';
import { ANYONE, coversOutside, type OutsidePeer } from './outside-peer';
import { NAMESPACE_NAME_LABEL } from '../../target/well-known-labels';
import type { Located } from '../finding';
import { readSelector } from '../kubernetes/read-selector';
import { readNetworkPolicy } from '../network/read-network-policy';
import { asList, asObject, asString } from '../read';

const DIRECTIONS = ['ingress', 'egress'] as const;

/**
 * What a NetworkPolicy allows between pods.
 *
 * @param isWanted whether rules about a subject are asked for in a direction; the others are not read
 */
export function networkPolicyAllows(
  located: Located, isWanted: (subject: PodPeer, direction: AllowRule['direction']) => boolean = () => true,
): AllowRule[] {
  const { spec: fields, subject } = readNetworkPolicy(located) ?? {};
  if (!fields || !subject) return [];
  const namespace = asString(asObject(located.object.metadata)?.namespace) ?? 'default';
  const pods: PodPeer = { namespace, labels: subject.matchLabels ?? {} };
  return DIRECTIONS.filter(direction => isWanted(pods, direction)).flatMap(direction => asList(fields[direction]).flatMap(entry => {
    const rule = asObject(entry);
    if (!rule) return [];
    const peers = asList(direction === 'ingress' ? rule.from : rule.to);
    const ports = asList(rule.ports);
    // Most rules are never asked, so what answers is made when the first question comes.
    let coverings: ((pods: PodPeer) => boolean)[] | undefined;
    return [{
      direction,
      subject: pods,
      text: () => JSON.stringify([fields.podSelector, rule]),
      coversSubject: (others: PodPeer) => others.namespace === namespace && selectsAllWith(subject, others.labels),
      coversPeer: (others: PodPeer) => {
        coverings ??= peers.map(peer => covering(peer, namespace));
        return coverings.length === 0 || coverings.some(covers => covers(others));
      },
      coversOutside: (peer: OutsidePeer) => outsidePeers(peers).some(own => coversOutside(own, peer)),
      ports: ports.length > 0 ? ports.map(allowedPort) : undefined,
    }];
  }));
}

/** A block with a part left out covers no network for sure. */
function outsidePeers(peers: readonly unknown[]): OutsidePeer[] {
  if (peers.length === 0) return [ANYONE];
  return peers.flatMap(peer => {
    const block = asObject(asObject(peer)?.ipBlock);
    const text = asString(block?.cidr);
    return text === undefined || asList(block?.except).length > 0 ? [] : [{ kind: 'cidr' as const, text }];
  });
}

function covering(peer: unknown, own: string): (pods: PodPeer) => boolean {
  const { podSelector, namespaceSelector } = asObject(peer) ?? {};
  if (!podSelector && !namespaceSelector) return () => false;
  const pod = readSelector(podSelector);
  const space = readSelector(namespaceSelector);
  // What a selector that is malformed or a template covers, nobody knows.
  if (!pod || !space) return () => false;
  return ({ namespace, labels }) => {
    const namespaces = namespaceSelector
      ? namespace !== undefined && selectsAllWith(space, { [NAMESPACE_NAME_LABEL]: namespace })
      : namespace === own;
    return namespaces && selectsAllWith(pod, labels);
  };
}

function allowedPort(entry: unknown): AllowedPort {
  const { protocol, port, endPort } = asObject(entry) ?? {};
  return {
    protocol: asString(protocol) ?? 'TCP',
    port: typeof port === 'string' || typeof port === 'number' ? String(port) : undefined,
    endPort: typeof endPort === 'number' ? endPort : undefined,
  };
}
