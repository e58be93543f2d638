import type { CheckContext } from '../check-context';
import { type Workload, workloadsOf } from '../kubernetes/workloads';

interface PodIndex {
  readonly namespaces: ReadonlySet<string>;
  /** Under each `key=value`. */
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
}

const indexes = new WeakMap<CheckContext, PodIndex>();

/** The pods of the set that have all these labels, in one namespace or in any. */
export function podsWith(labels: ReadonlyMap<string, string>, context: CheckContext, namespace?: string): Workload[] {
  const { byLabel } = indexOf(context);
  // The rarest label leaves the fewest to look at.
  const [candidates = []] = [...labels].map(label => byLabel.get(label.join('=')) ?? []).sort((a, b) => a.length - b.length);
  return candidates.filter(pod => (namespace === undefined || namespaceOf(pod) === namespace)
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
  const namespaces = new Set<string>();
  const byLabel = new Map<string, Workload[]>();
  for (const workload of workloadsOf(context)) {
    namespaces.add(namespaceOf(workload));
    for (const label of Object.entries(workload.labels ?? {})) {
      const key = label.join('=');
      const list = byLabel.get(key);
      if (list) list.push(workload);
      else byLabel.set(key, [workload]);
    }
  }
  return { namespaces, byLabel };
}
