import type { CheckContext } from '../check-context';
import { type ByLabel, type Workload, workloadsByLabel, workloadsOf } from '../kubernetes/workloads';

interface PodIndex {
  readonly namespaces: ReadonlySet<string>;
  readonly byLabel: ByLabel;
}

const NONE: readonly Workload[] = [];

const indexes = new WeakMap<CheckContext, PodIndex>();

/** The pods of the set that have all these labels, in one namespace or in any. */
export function podsWith(labels: ReadonlyMap<string, string>, context: CheckContext, namespace?: string): Workload[] {
  const { byLabel } = indexOf(context);
  // The rarest label leaves the fewest to look at.
  let candidates: readonly Workload[] | undefined;
  for (const [key, value] of labels) {
    const having = byLabel.get(key)?.get(value) ?? NONE;
    if (!candidates || having.length < candidates.length) candidates = having;
  }
  return (candidates ?? NONE).filter(pod => (namespace === undefined || namespaceOf(pod) === namespace)
    && [...labels].every(([key, value]) => pod.labels?.[key] === value));
}

/** Whether the set shows all pods of a namespace; a Helm release may make some that nobody sees. */
export function showsPodsOf(namespace: string, context: CheckContext): boolean {
  return indexOf(context).namespaces.has(namespace) && context.ofKind('HelmRelease').length === 0;
}

/** Whoever names no namespace means the one that kubectl takes. */
export function namespaceOf({ namespace }: Workload): string {
  return namespace || 'default';
}

function indexOf(context: CheckContext): PodIndex {
  let index = indexes.get(context);
  if (!index) {
    index = build(context);
    indexes.set(context, index);
  }
  return index;
}

function build(context: CheckContext): PodIndex {
  const workloads = workloadsOf(context);
  return { namespaces: new Set(workloads.map(namespaceOf)), byLabel: workloadsByLabel(workloads) };
}
