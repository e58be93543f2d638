import * as fc from 'fast-check';
import { ADDRESSES, IDENTITIES, NAMES, NODES, type PlacePair, type ProbePair, PROBES, WORLD } from './support/probes';
import { ciliumFacts, type RandomCluster, randomCluster } from './support/random-clusters';
import { anyPolicy, networkPolicy } from './support/random-policies';
import { answerText, Cluster } from '../../src/reach';
import { Reach, type ReachOptions } from '../support/reach';

/** Both ends of every question that a cluster is asked. */
function pairsOf({ workloads }: RandomCluster, others: readonly PlacePair[]): [PlacePair, PlacePair][] {
  const own = workloads.map(name => ({ engine: name, naive: name }));
  return own.flatMap(a => [...own.map((b): [PlacePair, PlacePair] => [a, b]), ...others.flatMap((b): [PlacePair, PlacePair][] => [[a, b], [b, a]])]);
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
const RUNS = Number(process.env.REACH_RUNS ?? 40);

test('on the Kubernetes dataplane the engine never contradicts the naive evaluator', () => {
  const others = [...ADDRESSES, ...NAMES, ...NODES, WORLD];
  fc.assert(fc.property(randomCluster(networkPolicy, 5), probes, (random, asked) => {
    const objects = [...random.base, ...random.policies];
    const cluster = Cluster.fromManifests(objects, { dataplane: 'kubernetes' });
    expect(contradictions(cluster, new Reach(objects, { dataplane: 'kubernetes' }), pairsOf(random, others), asked)).toEqual([]);
  }), { numRuns: RUNS });
});

test('on the Cilium dataplane the engine never contradicts the naive evaluator', () => {
  const others = [...ADDRESSES, ...NAMES, ...NODES, ...IDENTITIES, WORLD];
  fc.assert(fc.property(randomCluster(anyPolicy), ciliumFacts, probes, (random, { version, ...agent }, asked) => {
    const objects = [...random.base, ...random.policies];
    const cluster = Cluster.fromManifests(objects, { target: { cni: 'cilium', cilium: { version, ...agent } } });
    const options: ReachOptions = {
      dataplane: 'cilium',
      ciliumVersion: version,
      normalizePath: agent.normalizedPaths,
      cidrMatchMode: [...(agent.cidrMatchesNodes ? ['nodes'] : []), ...(agent.cidrMatchesPods ? ['pods'] : [])],
    };
    expect(contradictions(cluster, new Reach(objects, options), pairsOf(random, others), asked)).toEqual([]);
  }), { numRuns: RUNS });
});
