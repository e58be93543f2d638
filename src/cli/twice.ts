import { UsageError } from './exit-code';
import { CILIUM_POLICIES } from '../checks/cilium/read-policy';
import type { Located } from '../checks/finding';
import { displayName, identityOf } from '../manifests/identity';
import type { Endpoint } from '../reach/endpoint';
import { readEndpoints } from '../reach/read-endpoints';
import type { Target } from '../target/target';

type Pair = readonly [Located, Located];

/** Objects that are there more than once: of several clusters, most likely, and told together. */
export function twiceNote(objects: readonly Located[]): string[] {
  const pairs = [...pairsOf(objects)];
  const text = textOf(pairs);
  return text === undefined ? [] : [`${text}, and all is taken for one cluster: if it is several, give ${partOf(pairs[0]!)}`];
}

/** @throws UsageError where policies or workloads are there twice and are not the same: what holds for both may hold for neither */
export function insistOnOne(objects: readonly Located[], { podTemplates }: Target): void {
  const pairs = [...pairsOf(objects)].filter(([one, other]) => contentOf(one, podTemplates) !== contentOf(other, podTemplates));
  const text = textOf(pairs);
  if (text === undefined) return;
  throw new UsageError(`${text}, and not the same: what holds for all of it together may hold for no cluster; give ${partOf(pairs[0]!)}`);
}

function* pairsOf(objects: readonly Located[]): Iterable<Pair> {
  const known = new Map<string, Located>();
  const told = new Set<string>();
  for (const located of objects) {
    const { object } = located;
    // Build files of kustomize have no name.
    if (typeof object.metadata?.name !== 'string') continue;
    const identity = identityOf(object);
    const first = known.get(identity);
    if (!first) known.set(identity, located);
    else if (!told.has(identity)) yield [first, located];
    if (first) told.add(identity);
  }
}

/** What an object has to say about who reaches whom: a policy all of it, a workload what policies can tell apart. */
function contentOf(located: Located, podTemplates: Target['podTemplates']): string {
  const { object } = located;
  if (['NetworkPolicy', ...CILIUM_POLICIES].includes(object.kind)) return JSON.stringify([object.spec, object.specs]);
  const plain = ({ labels, serviceAccount, ports, hostNetwork }: Endpoint) => (
    [Object.entries(labels).sort(), serviceAccount, ports, hostNetwork]
  );
  return JSON.stringify(readEndpoints([located], podTemplates).map(plain));
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

export function fileOf({ source }: Located): string {
  return source.file ?? 'stdin';
}
