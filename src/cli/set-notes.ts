import type { Located } from '../checks/finding';
import { displayName, identityOf } from '../manifests/identity';
import { unreadPods } from '../reach/unread-pods';
import type { Target } from '../target/target';

/** What makes a set of objects another than its reader takes it for. */
export function setNotes(objects: readonly Located[], { podTemplates }: Target): string[] {
  return [...twiceNote(objects), ...unreadNotes(objects, podTemplates)];
}

/** Objects that are there more than once: of several clusters, most likely, and told together. */
function twiceNote(objects: readonly Located[]): string[] {
  const known = new Map<string, Located>();
  const twice = new Map<string, readonly [Located, Located]>();
  for (const located of objects) {
    const { object } = located;
    // Build files of kustomize have no name.
    if (typeof object.metadata?.name !== 'string') continue;
    const identity = identityOf(object);
    const first = known.get(identity);
    if (!first) known.set(identity, located);
    else if (!twice.has(identity)) twice.set(identity, [first, located]);
  }
  const [pair] = twice.values();
  if (!pair) return [];
  const more = twice.size > 1 ? ` and ${twice.size - 1} more are` : ' is';
  const [one, other] = pair.map(fileOf) as [string, string];
  const files = one === other ? `in ${one}` : `in ${one} and in ${other}`;
  return [`${displayName(pair[0].object)}${more} there twice, ${files}, and all is taken for one cluster: if it is several, give ${partOf(one, other)}`];
}

/** The folder that one file is in and the other is not. */
function partOf(one: string, other: string): string {
  const [folders, others] = [one, other].map(file => file.split('/').slice(0, -1)) as [string[], string[]];
  const apart = folders.findIndex((name, at) => name !== others[at]);
  return apart < 0 ? 'the files of one' : `the folder of one, such as ${folders.slice(0, apart + 1).join('/')}`;
}

function unreadNotes(objects: readonly Located[], podTemplates: Target['podTemplates']): string[] {
  const byKind = new Map<string, ReturnType<typeof unreadPods>>();
  for (const one of unreadPods(objects, podTemplates)) byKind.set(one.kind, [...byKind.get(one.kind) ?? [], one]);
  return [...byKind].map(([kind, [first, ...others]]) => {
    const more = others.length > 0 ? ` and ${others.length} more have pod templates` : ' has a pod template';
    return `${displayName(first!.located.object)} (${fileOf(first!.located)})${more}, and ${kind} is no kind that is known: the pods are left out; `
      + `write \`podTemplates: { ${kind}: ${first!.path} }\` in the target file (--target FILE)`;
  });
}

function fileOf({ source }: Located): string {
  return source.file ?? 'stdin';
}
