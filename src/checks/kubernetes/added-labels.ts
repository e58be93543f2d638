const OF_RUNS = ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-completion-index', 'controller-uid'];
const JOB_NAMES = ['batch.kubernetes.io/job-name', 'job-name'];
const POD_INDEX = 'apps.kubernetes.io/pod-index';
const POD_NAME = 'statefulset.kubernetes.io/pod-name';

const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['pod-template-hash'],
  StatefulSet: [POD_INDEX, 'controller-revision-hash', POD_NAME],
  DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
  Job: OF_RUNS,
  CronJob: [...OF_RUNS, ...JOB_NAMES],
};

const ALL: ReadonlySet<string> = new Set(Object.values(BY_KIND).flat());

/** What the controller of a kind that nobody knows may put on its pods. */
export const LABELS_OF_ANY_CONTROLLER: readonly string[] = [...ALL];

/**
 * The labels that the controller of a kind puts on its pods, with values that no manifest tells.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export function addedLabels(kind: string): readonly string[] {
  return Object.hasOwn(BY_KIND, kind) ? BY_KIND[kind]! : [];
}

/** Whether controllers put a label on pods. */
export function isAddedLabel(key: string): boolean {
  return ALL.has(key);
}

/**
 * Whether a label that the controller of some workload adds can have a value: pods and Jobs are named after who makes them, which gets its
 * own name in the cluster where it is `migrate-*`.
 */
export function canBeAdded(workload: string, key: string, value: string): boolean {
  if (key === POD_INDEX) return /^\d+$/.test(value);
  const start = workload.endsWith('*') ? workload.slice(0, -1) : `${workload}-`;
  const madeUp = value.startsWith(start) ? value.slice(start.length) : undefined;
  if (key === POD_NAME) return madeUp !== undefined && /^\d+$/.test(madeUp);
  return !JOB_NAMES.includes(key) || madeUp !== undefined;
}
