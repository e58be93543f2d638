import { clusterOf } from './cluster-of';
import type { Cluster } from '../../reach/cluster';
import type { Half } from '../../reach/half';
import { ENTITIES, type Party } from '../../reach/party';
import { PortSet } from '../../reach/port-set';
import { resolvePorts } from '../../reach/resolve-ports';
import type { Direction, Peer, Policy, Rule } from '../../reach/rule';
import type { SetRule } from '../rule';

export const policyChangesNothing: SetRule = {
  id: 'reach/PolicyChangesNothing',
  severity: 'info',
  what: 'A policy isolates nobody who is not isolated without it, and allows nothing that others do not allow.',
  why: 'Whoever reads it believes that it does something, and whoever takes it out to close a flow closes nothing.',
  mend: 'Take it out, or take out the wider policy that makes it void.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: same-namespace, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    if (!cluster) return;
    // Of two that are the same, one has to stay.
    const gone = new Set<Policy>();
    for (const policy of [...cluster.policies].reverse()) {
      const cover = coverOf(policy, cluster, gone);
      if (cover === undefined) continue;
      gone.add(policy);
      yield { object: policy.located, found: `nothing that ${[...cover].sort().join(' and ')} ${cover.size > 1 ? 'do' : 'does'} not do` };
    }
  },
};

/** The policies that do all that it does; nothing where it does something of its own, or is about nobody in the set. */
function coverOf(policy: Policy, cluster: Cluster, gone: ReadonlySet<Policy>): Set<string> | undefined {
  const { subjects } = policy;
  // What is about nobody here may be about somebody elsewhere, and a deny is never void because of an allow.
  if (subjects.sure.isEmpty() || policy.ingress.deny.length + policy.egress.deny.length > 0) return undefined;
  // Denying by default for the sake of it is what a policy without rules is for.
  if (policy.ingress.allow.length + policy.egress.allow.length === 0) return undefined;
  const cover = new Set<string>();
  const isClusterwide = (one: Policy) => one.located.object.kind === 'CiliumClusterwideNetworkPolicy';
  for (const index of subjects.perhaps.members()) {
    const one = cluster.world.classes[index]!;
    const party: Party = { type: 'workload', endpoint: one.sample, class: one };
    for (const direction of ['ingress', 'egress'] as const) {
      const half = cluster.halfOf(direction, party);
      // What a policy for the whole cluster does to namespaces that the set does not have, one for a namespace does not do.
      const others = half.policies.filter(other => other.policy !== policy && other.match === true && !gone.has(other.policy)
        && (isClusterwide(other.policy) || !isClusterwide(policy)));
      const isolating = others.find(other => other.policy[direction].isolates);
      if (policy[direction].isolates && !isolating) return undefined;
      const { allow: more = [], deny: fewer = [] } = policy[direction].requires ?? {};
      if (more.length + fewer.length > 0) return undefined;
      for (const rule of policy[direction].allow) {
        const wider = others.find(other => other.policy[direction].allow.some(candidate => covers(candidate, rule, half, party)));
        if (!wider) return undefined;
        cover.add(wider.policy.title);
      }
    }
  }
  return cover;
}

function covers(wide: Rule, narrow: Rule, half: Half, subject: Party): boolean {
  if (wide.authenticated || wide.ports.every(({ l7 }) => l7 !== undefined)) return false;
  return coversPorts(wide, narrow, half.direction, subject) && coversPeers(wide, narrow, half);
}

/** Peers outside of the set are compared by what they say: whoever is not in it may be let in by the one and not by the other. */
function coversPeers(wide: Rule, narrow: Rule, half: Half): boolean {
  if (wide.peers.length === 0) return true;
  if (narrow.peers.length === 0) return false;
  const isForAll = wide.peers.some(({ elsewhere }) => elsewhere === 'all');
  // A host is a class of the set only where pods run on its network.
  const coversEntities = (peer: Peer) => ENTITIES.map((entity): Party => ({ type: 'entity', entity }))
    .every(entity => peer.matches(entity, half) === false || wide.peers.some(other => other.matches(entity, half) === true));
  return narrow.peers.every(peer => wide.peers.some(other => saysTheSame(other, peer))
    || (!peer.outside && (isForAll || peer.elsewhere === undefined) && !peer.classes.perhaps.isEmpty()
      && wide.peerClasses.sure.covers(peer.classes.perhaps) && coversEntities(peer)));
}

function saysTheSame(one: Peer, other: Peer): boolean {
  return one.text === other.text && one.classes.sure.covers(other.classes.sure) && one.classes.perhaps.covers(other.classes.perhaps);
}

/** Ports with a name are those of the subject of ingress. At the other end of egress, or where it has none so called, they may be any. */
function coversPorts(wide: Rule, narrow: Rule, direction: Direction, subject: Party): boolean {
  const open = wide.ports.filter(({ l7 }) => l7 === undefined);
  if (open.some(({ ports }) => ports.numbers === PortSet.ALL)) return true;
  const wideNames = open.flatMap(({ ports }) => ports.names.map(({ name }) => name));
  const isOffered = (name: string) => direction === 'ingress' && subject.type === 'workload' && subject.endpoint.ports.some(port => port.name === name);
  const names = narrow.ports.flatMap(({ ports }) => ports.names.map(({ name }) => name));
  if (names.some(name => !isOffered(name) && !wideNames.includes(name))) return false;
  const set = (entries: Rule['ports']) => PortSet.union(entries.map(({ ports }) => (direction === 'ingress' ? resolvePorts(ports, subject) : ports.numbers)));
  return set(open).covers(set(narrow.ports));
}
