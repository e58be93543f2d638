import { UsageError } from './exit-code';
import type { Io } from './io';
import { setNotes } from './set-notes';
import { targetOf, type TargetValues } from './target-options';
import { insistOnOne } from './twice';
import type { Located } from '../checks/finding';
import { filledIn } from '../checks/flux/filled-in';
import { type ClusterObjects, splitClusters } from '../checks/flux/split-clusters';
import { displayName } from '../manifests/identity';
import { Cluster } from '../reach/cluster';
import { NO_CLUSTER } from '../report/diff/shown';
import { describeTarget } from '../target/target-of';

/** The flag of commands that look at one cluster. */
export const CLUSTER_OPTION = { cluster: { type: 'string' } } as const;

export const CLUSTER_HELP = `
Cluster:
  --cluster NAME        Which one, where a tree of Flux has several in folders clusters/<name>
`;

/**
 * One cluster of a set. What belongs to no cluster is left out, and told.
 *
 * @throws UsageError where there are several and none is named, or none of that name
 */
export function pickCluster(objects: readonly Located[], name: string | undefined, io: Io, wanted = '--cluster NAME'): ClusterObjects {
  const clusters = splitClusters(objects);
  const names = clusters.flatMap(cluster => cluster.name ?? []);
  if (name === undefined) {
    const [only, ...others] = clusters;
    if (others.length === 0) return only!;
    throw new UsageError(`the manifests are of several clusters: ${names.join(', ')}; name one with ${wanted}`);
  }
  const own = clusters.find(cluster => cluster.name === name);
  if (own) {
    tellOutside(clusters, io);
    return own;
  }
  const known = names.length > 0 ? `there is ${names.join(', ')}` : 'nothing tells clusters apart: no folder clusters/<name> has Flux Kustomizations';
  throw new UsageError(`--cluster ${name}: ${known}`);
}

export interface EngineOptions {
  /** Whether pods that policies mean and the set does not have are looked for. @default true */
  readonly strangers?: boolean;
  /** What was told of another set, and is not told again. */
  readonly told?: Set<string>;
  /** Whether somebody relies on the answer, so that it has to be about one cluster. @default false */
  readonly isGate?: boolean;
}

/** The engine for one cluster of a set. @throws UsageError where somebody relies on it, and the set looks like several clusters */
export function engineFor(
  set: ClusterObjects, values: TargetValues, io: Io, { strangers = true, told = new Set(), isGate = false }: EngineOptions = {},
): Cluster {
  const target = targetOf(set, values);
  const objects = filledIn(set.objects);
  if (isGate) insistOnOne(objects, target);
  if (io.interactive) io.stderr(`for ${describeTarget(target)}\n`);
  for (const note of setNotes(objects, target)) {
    if (!told.has(note)) io.stderr(`note: ${note}\n`);
    told.add(note);
  }
  return new Cluster(objects, target, { strangers });
}

/** A cluster before and after a change. */
export interface ClusterPair {
  readonly name?: string;
  readonly before: ClusterObjects;
  readonly after: ClusterObjects;
}

/**
 * The clusters of two sets, side by side: what one of the sets does not have is empty there. What belongs to no cluster is a pair of its
 * own, the last. Where a cluster is named there is only that pair, and what belongs to none is told.
 *
 * @throws UsageError for a name that neither has, and where only one of the sets tells clusters apart
 */
export function pairClusters(before: readonly Located[], after: readonly Located[], name: string | undefined, io: Io): ClusterPair[] {
  const [first, second] = [splitClusters(before), splitClusters(after)];
  if (name === undefined && first.length === 1 && second.length === 1) return [{ before: first[0]!, after: second[0]! }];
  const names = [...new Set([...first, ...second].flatMap(set => set.name ?? []))].sort();
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`--cluster ${name}: there is ${names.join(', ') || 'no folder clusters/<name>'}`);
  }
  insistNamed('OLD', first, names);
  insistNamed('NEW', second, names);
  const pairOf = (own?: string): ClusterPair => ({ name: own ?? NO_CLUSTER, before: named(first, own), after: named(second, own) });
  if (name !== undefined) {
    for (const side of [first, second]) tellOutside(side, io);
    return [pairOf(name)];
  }
  return [...names, ...[...first, ...second].some(isOutside) ? [undefined] : []].map(pairOf);
}

function insistNamed(which: string, side: readonly ClusterObjects[], names: readonly string[]): void {
  if (side.some(({ name, objects }) => name !== undefined || objects.length === 0)) return;
  throw new UsageError(`${which} is not laid out by cluster, and the other is: ${names.join(', ')}; compare folders of one cluster`);
}

function named(side: readonly ClusterObjects[], name: string | undefined): ClusterObjects {
  return side.find(set => set.name === name) ?? { name, objects: [] };
}

function isOutside({ name, objects }: ClusterObjects): boolean {
  return name === undefined && objects.length > 0;
}

/** What is not looked at is never left out without a word. */
function tellOutside(sets: readonly ClusterObjects[], io: Io): void {
  const [first, ...others] = sets.filter(isOutside).flatMap(({ objects }) => objects);
  if (!first) return;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const verb = others.length > 0 ? 'belong to no cluster and are' : 'belongs to no cluster and is';
  io.stderr(`note: ${displayName(first.object)}${more} ${verb} left out; the first is in ${first.source.file ?? 'no file'}\n`);
}
