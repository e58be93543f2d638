import * as fc from 'fast-check';
import { ADDRESSES, IDENTITIES, NAMES, NODES, type PlacePair, type ProbePair, PROBES, WORLD } from './support/probes';
import { ciliumFacts, named, type RandomCluster, randomCluster } from './support/random-clusters';
import { anyPolicy, NAMESPACES, networkPolicy, requiringPolicy } from './support/random-policies';
import { some } from './support/random-selectors';
import { answerText, Cluster } from '../../src/reach';
import { Reach, type ReachOptions } from '../support/reach';

/** Both ends of every question that a cluster is asked. */
function pairsOf({ workloads }: RandomCluster, others: readonly PlacePair[]): [PlacePair, PlacePair][] {
  const own = workloads.map(name => ({ engine: name, naive: name }));
  return own.flatMap((a): [PlacePair, PlacePair][] => [
    ...own.map((b): [PlacePair, PlacePair] => [a, b]), ...others.flatMap((b): [PlacePair, PlacePair][] => [[a, b], [b, a]]),
  ]);
}

/** Every answer of the engine that the naive evaluator contradicts. */
function contradictions(cluster: Cluster, naive: Reach, pairs: readonly [PlacePair, PlacePair][], probes: readonly ProbePair[]): string[] {
  return pairs.flatMap(([from, to]) => probes.flatMap(probe => {
    const answer = cluster.query({ from: from.engine, to: to.engine, ...probe.engine });
    if (answer.verdict === 'depends') return [];
    const { allowed, why } = naive.verdict({ from: from.naive, to: to.naive, ...probe.naive });
    if ((answer.verdict === 'allowed') === allowed) return [];
    return [`${answerText(answer)}\nbut ${JSON.stringify(probe.naive)} is ${allowed ? 'allowed' : 'denied'}: ${why.join('; ')}`];
  }));
}

const probes = fc.shuffledSubarray([...PROBES], { minLength: 1, maxLength: 4 });
const RUNS = Number(process.env.REACH_RUNS ?? 25);
/** No policy is refused: random ones mean something to the evaluator, be they such as a cluster takes or not. */
const TAKEN = new Map();

test('on the Kubernetes dataplane the engine never contradicts the naive evaluator', () => {
  const others = [...ADDRESSES, ...NAMES, ...NODES, ...WORLD];
  fc.assert(fc.property(randomCluster(networkPolicy, 5), probes, fc.boolean(), (random, asked, sameNode) => {
    const objects = [...random.base, ...random.policies];
    const cluster = Cluster.fromManifests(objects, { dataplane: 'kubernetes', refused: TAKEN });
    expect(contradictions(cluster, new Reach(objects, { dataplane: 'kubernetes', sameNode }), pairsOf(random, others), asked)).toEqual([]);
  }), { numRuns: RUNS });
});

test('on the Cilium dataplane the engine never contradicts the naive evaluator', () => {
  const others = [...ADDRESSES, ...NAMES, ...NODES, ...IDENTITIES, ...WORLD];
  fc.assert(fc.property(randomCluster(anyPolicy), ciliumFacts, probes, fc.boolean(), (random, { version, ...agent }, asked, sameNode) => {
    const objects = [...random.base, ...random.policies];
    const cluster = Cluster.fromManifests(objects, { target: { cni: 'cilium', cilium: { version, ...agent, sctp: true } }, refused: TAKEN });
    const options: ReachOptions = {
      dataplane: 'cilium',
      sameNode,
      ciliumVersion: version,
      normalizePath: agent.normalizedPaths,
      enforcement: agent.policyEnforcementMode,
      cidrMatchMode: [...(agent.cidrMatchesNodes ? ['nodes'] : []), ...(agent.cidrMatchesPods ? ['pods'] : [])],
    };
    expect(contradictions(cluster, new Reach(objects, options), pairsOf(random, others), asked)).toEqual([]);
  }), { numRuns: RUNS });
});

interface World {
  readonly sameNode: boolean;
  readonly team?: string;
  readonly job: string;
  readonly podIp: string;
}

const worlds: fc.Arbitrary<World[]> = fc.array(fc.record({
  team: some(undefined, 'red', 'blue', 'green'), job: some('nightly', 'weekly', 'other-1'), podIp: some('10.0.0.2', '10.200.1.1', '172.20.0.5'), sameNode: fc.boolean(),
}), { minLength: 1, maxLength: 3 });

/** What the manifests leave open, made up: labels of namespaces that are not among them, names of Jobs that a CronJob starts. */
function completed(object: any, unseen: readonly string[], { team, job }: World): object {
  if (object.kind === 'Namespace' && unseen.includes(object.metadata.name)) {
    return { ...object, metadata: { name: object.metadata.name, labels: team === undefined ? {} : { team } } };
  }
  if (object.kind !== 'CronJob') return object;
  const { metadata: { labels }, spec } = object.spec.jobTemplate.spec.template;
  return { ...object, spec: { jobTemplate: { spec: { template: { metadata: { labels: { 'job-name': job, ...labels } }, spec } } } } };
}

test('where something is not known, the engine is sure only of what holds whatever it is', () => {
  const others = [...ADDRESSES, ...NAMES, ...NODES, ...WORLD];
  const dataplanes = some('cilium' as const, 'kubernetes' as const);
  const missing = fc.subarray([...NAMESPACES]);
  fc.assert(fc.property(randomCluster(), dataplanes, missing, worlds, probes, (random, dataplane, unseen, all, asked) => {
    const objects = [...random.base, ...random.policies];
    const seen = objects.filter(({ kind, metadata }: any) => kind !== 'Namespace' || !unseen.includes(metadata.name));
    const cluster = Cluster.fromManifests(seen, { dataplane, refused: TAKEN, target: { cni: 'cilium', cilium: { version: '1.18', hostFirewall: true, sctp: true } } });
    for (const world of all) {
      const { podIp, sameNode } = world;
      const naive = new Reach(objects.map(object => completed(object, unseen, world)), { dataplane, podIp, sameNode });
      expect(contradictions(cluster, naive, pairsOf(random, others), asked)).toEqual([]);
    }
  }), { numRuns: RUNS });
});

test('what a policy asks of the peers of others before Cilium 1.19, the engine and the naive evaluator ask alike', () => {
  const others = [...ADDRESSES, ...NODES, ...IDENTITIES];
  const requiring = fc.array(requiringPolicy, { minLength: 1, maxLength: 2 });
  fc.assert(fc.property(randomCluster(), requiring, probes, fc.boolean(), (random, more, asked, sameNode) => {
    const objects = [...random.base, ...random.policies, ...named(more, 'requires')];
    const cluster = Cluster.fromManifests(objects, { refused: TAKEN, target: { cni: 'cilium', cilium: { version: '1.18', hostFirewall: true, sctp: true } } });
    expect(contradictions(cluster, new Reach(objects, { dataplane: 'cilium', sameNode }), pairsOf(random, others), asked)).toEqual([]);
  }), { numRuns: RUNS });
});
