import { UsageError } from './exit-code';
import { fileOf } from './file-of';
import { CILIUM_POLICIES } from '../checks/cilium/read-policy';
import type { Located } from '../checks/finding';
import { displayName, identityOf } from '../manifests/identity';
import type { Endpoint } from '../reach/endpoint';
import { readEndpoints } from '../reach/read-endpoints';
import type { Target } from '../target/target';

type Pair = readonly [Located, Located];

/** Objects that are there more than once: of several clusters, most likely, and told together. */
export function twiceNote(objects: readonly Located[]): string[] {
  const pairs = sameOnes(objects).map(([one, other]): Pair => [one!, other!]);
  const text = textOf(pairs);
  return text === undefined ? [] : [`${text}, and all is taken for one cluster: if it is several, give ${partOf(pairs[0]!)}`];
}

/** @throws UsageError where what says who reaches whom is there twice and is not the same: what holds for both may hold for neither */
export function insistOnOne(objects: readonly Located[], { podTemplates }: Target): void {
  const pairs = sameOnes(objects).flatMap(same => unlikePair(same, podTemplates));
  const text = textOf(pairs);
  if (text === undefined) return;
  throw new UsageError(`${text}, and not the same: what holds for all of it together may hold for no cluster; give ${partOf(pairs[0]!)}`);
}

/** The objects of each name that is there more than once. */
function sameOnes(objects: readonly Located[]): Located[][] {
  const known = new Map<string, Located[]>();
  for (const located of objects) {
    const { object } = located;
    // Build files of kustomize have no name.
    if (typeof object.metadata?.name !== 'string') continue;
    const identity = identityOf(object);
    const same = known.get(identity);
    if (same) same.push(located);
    else known.set(identity, [located]);
  }
  return [...known.values()].filter(({ length }) => length > 1);
}

/** The first two objects that contradict each other. */
function unlikePair(same: readonly Located[], podTemplates: Target['podTemplates']): Pair[] {
  const known = new Map<string, readonly [Located, string]>();
  for (const located of same) {
    for (const [what, content] of contentOf(located, podTemplates)) {
      const first = known.get(what);
      if (!first) known.set(what, [located, content]);
      else if (first[1] !== content) return [[first[0], located]];
    }
  }
  return [];
}

/**
 * What an object has to say about who reaches whom, by what it is about: a policy all of it, a workload what policies can tell apart. A
 * Namespace may be written in several places, each with a part of its labels.
 */
function contentOf(located: Located, podTemplates: Target['podTemplates']): [string, string][] {
  const { object } = located;
  const { kind, metadata: { labels }, spec, specs } = object;
  if (kind === 'Namespace') return Object.entries(labels ?? {}).map(([key, value]) => [key, JSON.stringify(value)]);
  if (kind === 'CiliumCIDRGroup') return [['', JSON.stringify([spec, Object.entries(labels ?? {}).sort()])]];
  if (kind === 'NetworkPolicy' || CILIUM_POLICIES.includes(kind)) return [['', JSON.stringify([spec, specs])]];
  const plain = (one: Endpoint) => [Object.entries(one.labels).sort(), one.serviceAccount, one.ports, one.hostNetwork];
  return [['', JSON.stringify(readEndpoints([located], podTemplates).map(plain))]];
}

function textOf([pair, ...others]: readonly Pair[]): string | undefined {
  if (!pair) return undefined;
  const more = others.length > 0 ? ` and ${others.length} more are` : ' is';
  const [one, other] = pair.map(fileOf);
  return `${displayName(pair[0].object)}${more} there twice, ${one === other ? `in ${one}` : `in ${one} and in ${other}`}`;
}

/** The folder that one file is in and the other is not. */
function partOf(pair: Pair): string {
  const [folders, others] = pair.map(located => fileOf(located).split('/').slice(0, -1)) as [string[], string[]];
  const apart = folders.findIndex((name, at) => name !== others[at]);
  return apart < 0 ? 'the files of one' : `the folder of one, such as ${folders.slice(0, apart + 1).join('/')}`;
}
