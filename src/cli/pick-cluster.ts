import { UsageError } from './exit-code';
import type { Io } from './io';
import { targetOf, type TargetValues } from './target-options';
import type { Located } from '../checks/finding';
import { type ClusterObjects, splitClusters } from '../checks/flux/split-clusters';
import { refusedPolicies } from '../checks/refused-policies';
import { displayName, identityOf } from '../manifests/identity';
import { Cluster } from '../reach/cluster';
import { describeTarget } from '../target/target-of';

/** The flag of commands that look at one cluster. */
export const CLUSTER_OPTION = { cluster: { type: 'string' } } as const;

export const CLUSTER_HELP = `
Cluster:
  --cluster NAME        Which one, where a tree of Flux has several in folders clusters/<name>
`;

/**
 * One cluster of a set.
 *
 * @throws UsageError where there are several and none is named, or none of that name
 */
export function pickCluster(objects: readonly Located[], name: string | undefined, wanted = '--cluster NAME'): ClusterObjects {
  const clusters = splitClusters(objects);
  const names = clusters.flatMap(cluster => cluster.name ?? []);
  if (name === undefined) {
    const [only, ...others] = clusters;
    if (others.length === 0) return only!;
    throw new UsageError(`the manifests are of several clusters: ${names.join(', ')}; name one with ${wanted}`);
  }
  const own = clusters.find(cluster => cluster.name === name);
  if (own) return own;
  const known = names.length > 0 ? `there is ${names.join(', ')}` : 'nothing tells clusters apart: no folder clusters/<name> has Flux Kustomizations';
  throw new UsageError(`--cluster ${name}: ${known}`);
}

/** The engine for one cluster of a set. */
export function engineFor(set: ClusterObjects, values: TargetValues, io: Io, strangers = true): Cluster {
  const target = targetOf(set, values);
  if (io.interactive) io.stderr(`for ${describeTarget(target)}\n`);
  const twice = repeated(set.objects);
  if (twice.length > 0) {
    const more = twice.length > 1 ? ` and ${twice.length - 1} more` : '';
    io.stderr(`note: ${twice[0]!}${more} are there twice: if the manifests are of several clusters, give those of one\n`);
  }
  return new Cluster(set.objects, target, { refused: refusedPolicies(set.objects, target), strangers });
}

/** A cluster before and after a change. */
export interface ClusterPair {
  readonly name?: string;
  readonly before: ClusterObjects;
  readonly after: ClusterObjects;
}

/**
 * The clusters of two sets, or the one that is named, side by side: what one of the sets does not have is empty there.
 *
 * @throws UsageError for a name that neither has, and where only one of the sets tells clusters apart
 */
export function pairClusters(before: readonly Located[], after: readonly Located[], name: string | undefined): ClusterPair[] {
  const sets = [splitClusters(before), splitClusters(after)] as const;
  const isOne = ([, second]: readonly ClusterObjects[]) => second === undefined;
  if (name === undefined && isOne(sets[0]) && isOne(sets[1])) return [{ before: sets[0][0]!, after: sets[1][0]! }];
  const names = new Set(sets.flat().flatMap(set => set.name ?? []));
  if (name !== undefined && !names.has(name)) {
    throw new UsageError(`--cluster ${name}: there is ${[...names].join(', ') || 'no folder clusters/<name>'}`);
  }
  for (const [index, side] of sets.entries()) {
    if (side.every(set => set.name === undefined && set.objects.length > 0)) {
      const which = index === 0 ? 'OLD' : 'NEW';
      throw new UsageError(`${which} is not laid out by cluster, and the other is: ${[...names].join(', ')}; compare folders of one cluster`);
    }
  }
  const [first, second] = sets;
  const setOf = (side: readonly ClusterObjects[], own: string) => side.find(set => set.name === own) ?? { name: own, objects: [] };
  return [...names].sort().filter(own => name === undefined || own === name)
    .map(own => ({ name: own, before: setOf(first, own), after: setOf(second, own) }));
}

/** The names of objects that are there more than once. */
function repeated(objects: readonly Located[]): string[] {
  const known = new Set<string>();
  const twice = new Set<string>();
  for (const { object } of objects) {
    // Build files of kustomize have no name.
    if (typeof object.metadata?.name !== 'string') continue;
    const identity = identityOf(object);
    if (known.has(identity)) twice.add(displayName(object));
    known.add(identity);
  }
  return [...twice];
}
