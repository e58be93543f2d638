import { groupOf } from './group';
import { readLabels } from './read-selector';
import { plainText } from './text';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { asList, asObject } from '../read';

type Fields = Record<string, unknown>;

/** For each kind that makes pods: its group, and where its pod template is. */
const TEMPLATES: Record<string, { readonly group: string; readonly path: readonly string[] }> = {
  Pod: { group: '', path: [] },
  ReplicationController: { group: '', path: ['spec', 'template'] },
  Deployment: { group: 'apps', path: ['spec', 'template'] },
  StatefulSet: { group: 'apps', path: ['spec', 'template'] },
  DaemonSet: { group: 'apps', path: ['spec', 'template'] },
  ReplicaSet: { group: 'apps', path: ['spec', 'template'] },
  Job: { group: 'batch', path: ['spec', 'template'] },
  CronJob: { group: 'batch', path: ['spec', 'jobTemplate', 'spec', 'template'] },
};

export const WORKLOAD_KINDS: readonly string[] = Object.keys(TEMPLATES);

/** Something that makes pods, and what its pods are like. */
export interface Workload {
  readonly located: Located;
  /** Empty where none is written. */
  readonly namespace: string;
  /** The labels of its pods, which are those of the template and never those of the controller; nothing where they are templates. */
  readonly labels?: Record<string, string>;
  /** JSON pointer to the pod template. */
  readonly template: string;
  /** The spec of its pods. */
  readonly pod: Fields;
  readonly containers: readonly Container[];
}

export interface Container {
  readonly pointer: string;
  readonly fields: Fields;
  /** `sidecar` for an init container that goes on running. */
  readonly role: 'main' | 'init' | 'sidecar';
}

const readings = new WeakMap<object, Workload | null>();
const sets = new WeakMap<CheckContext, readonly Workload[]>();

/** Everything in the set that makes pods. */
export function workloadsOf(context: CheckContext): readonly Workload[] {
  let workloads = sets.get(context);
  if (!workloads) {
    workloads = context.ofKind(...WORKLOAD_KINDS).flatMap(located => readWorkload(located) ?? []);
    sets.set(context, workloads);
  }
  return workloads;
}

/** Workloads by key and value of the labels of their pods. */
export type ByLabel = ReadonlyMap<string, ReadonlyMap<string, readonly Workload[]>>;

export function workloadsByLabel(workloads: readonly Workload[]): ByLabel {
  const byLabel = new Map<string, Map<string, Workload[]>>();
  for (const workload of workloads) {
    const { labels = {} } = workload;
    for (const key in labels) {
      const value = labels[key]!;
      let ofKey = byLabel.get(key);
      if (!ofKey) byLabel.set(key, ofKey = new Map());
      const list = ofKey.get(value);
      if (list) list.push(workload);
      else ofKey.set(value, [workload]);
    }
  }
  return byLabel;
}

export function readWorkload(located: Located): Workload | undefined {
  let workload = readings.get(located.object);
  if (workload === undefined) {
    workload = read(located);
    readings.set(located.object, workload);
  }
  return workload ?? undefined;
}

function read(located: Located): Workload | null {
  const { object } = located;
  const kind = TEMPLATES[object.kind];
  if (!kind || groupOf(object.apiVersion) !== kind.group) return null;
  let template: unknown = object;
  for (const field of kind.path) template = asObject(template)?.[field];
  const pod = asObject(asObject(template)?.spec);
  if (!pod) return null;
  const pointer = kind.path.map(field => `/${field}`).join('');
  return {
    located,
    namespace: namespaceOf(located),
    labels: readLabels(asObject(asObject(template)?.metadata)?.labels),
    template: pointer,
    pod,
    containers: [
      ...containers(pod.initContainers, `${pointer}/spec/initContainers`, fields => (fields.restartPolicy === 'Always' ? 'sidecar' : 'init')),
      ...containers(pod.containers, `${pointer}/spec/containers`, () => 'main'),
    ],
  };
}

function containers(list: unknown, pointer: string, roleOf: (fields: Fields) => Container['role']): Container[] {
  return asList(list).flatMap((entry, index) => {
    const fields = asObject(entry);
    return fields ? [{ pointer: `${pointer}/${index}`, fields, role: roleOf(fields) }] : [];
  });
}

/** The namespace that is written in an object, or nothing at all as an empty text. */
export function namespaceOf({ object }: Located): string {
  return plainText(asObject(object.metadata)?.namespace) ?? '';
}
