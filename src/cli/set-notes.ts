import { fileOf } from './file-of';
import { twiceNote } from './twice';
import { unfilledNote } from './unfilled-note';
import { CILIUM_POLICIES } from '../checks/cilium/read-policy';
import type { Located } from '../checks/finding';
import { displayName } from '../manifests/identity';
import { unreadPods } from '../reach/unread-pods';
import type { Target } from '../target/target';

/** What makes a set of objects another than its reader takes it for. */
export function setNotes(objects: readonly Located[], target: Target): string[] {
  return [
    ...unenforcedNote(objects, target), ...twiceNote(objects), ...unfilledNote(objects), ...unreadNotes(objects, target.podTemplates),
  ];
}

/** Whoever reads that everything passes looks for what is wrong with the policies. */
function unenforcedNote(objects: readonly Located[], { enforcesNetworkPolicy }: Target): string[] {
  if (enforcesNetworkPolicy || !objects.some(({ object: { kind } }) => kind === 'NetworkPolicy' || CILIUM_POLICIES.includes(kind))) return [];
  return ['the CNI of the target enforces no policies: everything passes, whatever they say'];
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
