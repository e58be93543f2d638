import type { ContainerPort, Endpoint } from './endpoint';
import type { Located } from '../checks/finding';
import { asList, asObject, asString } from '../checks/read';
import { type Ip, parseIp } from '../values/cidr';

type Fields = Record<string, unknown>;

/** Where a kind has its pod template, and the labels that its controller adds to the pods. */
interface PodSource {
  readonly template: readonly string[];
  readonly adds: readonly string[];
}

const JOB_LABELS = ['batch.kubernetes.io/controller-uid', 'controller-uid'];

const POD_SOURCES: Readonly<Record<string, PodSource>> = {
  'Pod': { template: [], adds: [] },
  'ReplicationController': { template: ['spec', 'template'], adds: [] },
  'apps/Deployment': { template: ['spec', 'template'], adds: ['pod-template-hash'] },
  'apps/ReplicaSet': { template: ['spec', 'template'], adds: [] },
  'apps/StatefulSet': {
    template: ['spec', 'template'],
    adds: ['apps.kubernetes.io/pod-index', 'controller-revision-hash', 'statefulset.kubernetes.io/pod-name'],
  },
  'apps/DaemonSet': { template: ['spec', 'template'], adds: ['controller-revision-hash', 'pod-template-generation'] },
  'batch/Job': { template: ['spec', 'template'], adds: JOB_LABELS },
  'batch/CronJob': {
    template: ['spec', 'jobTemplate', 'spec', 'template'],
    adds: [...JOB_LABELS, 'batch.kubernetes.io/job-name', 'job-name'],
  },
};

/** Where objects of a kind that Kubernetes itself does not know have their pod template, as `spec.template`. */
export type PodTemplates = Readonly<Record<string, string>>;

/** Everything in the set that makes pods. What a controller of the set owns is told by the controller; finished pods are left out. */
export function readEndpoints(objects: readonly Located[], podTemplates: PodTemplates = {}): Endpoint[] {
  const endpoints = objects.flatMap(located => readEndpoint(located, podTemplates) ?? []);
  const owners = new Set(endpoints.map(ownerKey));
  return endpoints.filter(({ located, namespace }) => !ownersOf(located.object).some(owner => owners.has(`${namespace}/${owner}`)));
}

function ownerKey({ namespace, kind, name }: Endpoint): string {
  return `${namespace}/${kind}/${name}`;
}

function ownersOf(object: Located['object']): string[] {
  return asList(asObject(object.metadata)?.ownerReferences).flatMap(entry => {
    const { kind, name, controller } = asObject(entry) ?? {};
    return controller === true ? [`${asString(kind)}/${asString(name)}`] : [];
  });
}

function readEndpoint(located: Located, podTemplates: PodTemplates): Endpoint | undefined {
  const { object } = located;
  const { name, namespace } = asObject(object.metadata) ?? {};
  const source = sourceOf(object, podTemplates);
  if (!source || typeof name !== 'string' || isFinished(object)) return undefined;
  let template: unknown = object;
  for (const field of source.template) template = asObject(template)?.[field];
  const pod = asObject(asObject(template)?.spec);
  if (!pod) return undefined;
  const own = asString(namespace) || 'default';
  return {
    namespace: own,
    name,
    kind: object.kind,
    title: `${own}/${name}[${object.kind}]`,
    labels: { ...addedKnown(object.kind, name), ...readLabels(asObject(asObject(template)?.metadata)?.labels) },
    addedLabels: source.adds,
    serviceAccount: asString(pod.serviceAccountName) || asString(pod.serviceAccount) || 'default',
    ports: containerPorts(pod),
    hostNetwork: pod.hostNetwork === true,
    ips: podIps(object),
    replicated: object.kind !== 'Pod',
    located,
    stranger: false,
    governed: false,
  };
}

function sourceOf({ apiVersion, kind }: Located['object'], podTemplates: PodTemplates): PodSource | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const custom = Object.hasOwn(podTemplates, kind) ? podTemplates[kind] : undefined;
  if (custom !== undefined) return { template: custom.split('.').filter(Boolean), adds: [] };
  const key = apiVersion.includes('/') ? `${apiVersion.slice(0, apiVersion.indexOf('/'))}/${kind}` : kind;
  return Object.hasOwn(POD_SOURCES, key) ? POD_SOURCES[key] : undefined;
}

/** The pods of a Job carry its name; those of a CronJob the name of a Job that is made up anew for each run. */
function addedKnown(kind: string, name: string): Record<string, string> {
  return kind === 'Job' ? { 'batch.kubernetes.io/job-name': name, 'job-name': name } : {};
}

function isFinished({ kind, status }: Located['object']): boolean {
  return kind === 'Pod' && ['Succeeded', 'Failed'].includes(asString(asObject(status)?.phase) ?? '');
}

/** Texts only: the API server takes nothing else. */
export function readLabels(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(asObject(value) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** A plain init container is gone before anybody calls; one that restarts is a sidecar and stays. */
function containerPorts(pod: Fields): ContainerPort[] {
  const sidecars = asList(pod.initContainers).filter(container => asObject(container)?.restartPolicy === 'Always');
  return [...asList(pod.containers), ...sidecars].flatMap(container => asList(asObject(container)?.ports)).flatMap(entry => {
    const { name, containerPort, protocol } = asObject(entry) ?? {};
    if (typeof name !== 'string' || typeof containerPort !== 'number') return [];
    return [{ name, port: containerPort, protocol: asString(protocol) || 'TCP' }];
  });
}

function podIps(object: Located['object']): Ip[] {
  if (object.kind !== 'Pod') return [];
  const { podIP, podIPs } = asObject(object.status) ?? {};
  const several = asList(podIPs).flatMap(entry => asString(asObject(entry)?.ip) ?? []);
  return (several.length > 0 ? several : [asString(podIP) ?? '']).flatMap(text => parseIp(text) ?? []);
}
