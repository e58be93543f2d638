import type { ContainerPort, Endpoint } from './endpoint';
import type { Located } from '../checks/finding';
import { addedLabels, LABELS_OF_ANY_CONTROLLER } from '../checks/kubernetes/added-labels';
import { groupOf } from '../checks/kubernetes/group';
import { asList, asObject, asString } from '../checks/read';
import { type Ip, parseIp } from '../values/cidr';

type Fields = Record<string, unknown>;

/** Where a kind of a group has its pod template. */
interface PodSource {
  readonly group: string;
  readonly template: readonly string[];
}

const POD_SOURCES: Readonly<Record<string, PodSource>> = {
  Pod: { group: '', template: [] },
  ReplicationController: { group: '', template: ['spec', 'template'] },
  Deployment: { group: 'apps', template: ['spec', 'template'] },
  ReplicaSet: { group: 'apps', template: ['spec', 'template'] },
  StatefulSet: { group: 'apps', template: ['spec', 'template'] },
  DaemonSet: { group: 'apps', template: ['spec', 'template'] },
  Job: { group: 'batch', template: ['spec', 'template'] },
  CronJob: { group: 'batch', template: ['spec', 'jobTemplate', 'spec', 'template'] },
};

/** Where objects of a kind that Kubernetes itself does not know have their pod template, as `spec.template`. */
export type PodTemplates = Readonly<Record<string, string>>;

/** Everything in the set that makes pods. What a controller of the set owns is told by the controller; finished pods are left out. */
export function readEndpoints(objects: readonly Located[], podTemplates: PodTemplates = {}): Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const located of objects) {
    const endpoint = readEndpoint(located, podTemplates);
    if (endpoint) endpoints.push(endpoint);
  }
  // Only what was read from a cluster says its owners.
  if (!endpoints.some(({ located }) => ownersOf(located.object).length > 0)) return endpoints;
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
  const source = sourceOf(object, podTemplates);
  if (!source) return undefined;
  const metadata = asObject(object.metadata) ?? {};
  const name = nameOf(metadata);
  if (name === undefined || isFinished(object)) return undefined;
  let template: unknown = object;
  for (const field of source.template) template = asObject(template)?.[field];
  const pod = asObject(asObject(template)?.spec);
  if (!pod) return undefined;
  const own = asString(metadata.namespace) || 'default';
  const isNamed = typeof metadata.name === 'string';
  return {
    namespace: own,
    name,
    kind: object.kind,
    title: `${own}/${name}[${object.kind}]`,
    labels: withAdded(object.kind, isNamed ? name : undefined, readLabels(asObject(asObject(template)?.metadata)?.labels)),
    addedLabels: isNamed ? source.adds : source.addsUnnamed ?? source.adds,
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

function sourceOf(
  { apiVersion, kind }: Located['object'], podTemplates: PodTemplates,
): SourceOfPods | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const custom = Object.hasOwn(podTemplates, kind) ? podTemplates[kind] : undefined;
  if (custom !== undefined) return { template: custom.split('.').filter(Boolean), adds: LABELS_OF_ANY_CONTROLLER };
  const source = Object.hasOwn(POD_SOURCES, kind) ? POD_SOURCES[kind]! : undefined;
  if (!source || groupOf(apiVersion) !== source.group) return undefined;
  return { template: source.template, adds: addedLabels(kind), addsUnnamed: kind === 'Job' ? addedLabels('CronJob') : undefined };
}

interface SourceOfPods {
  readonly template: readonly string[];
  readonly adds: readonly string[];
  /** Where what is made gets its name in the cluster. */
  readonly addsUnnamed?: readonly string[];
}

/** `migrate-*` for what the API server gives a name with that start. */
function nameOf({ name, generateName }: Fields): string | undefined {
  if (typeof name === 'string') return name;
  return typeof generateName === 'string' ? `${generateName}*` : undefined;
}

/** The pods of a Job carry its name; those of a CronJob the name of a Job that is made up anew for each run. */
function withAdded(kind: string, name: string | undefined, labels: Record<string, string>): Record<string, string> {
  return kind === 'Job' && name !== undefined ? { 'batch.kubernetes.io/job-name': name, 'job-name': name, ...labels } : labels;
}

function isFinished({ kind, status }: Located['object']): boolean {
  return kind === 'Pod' && ['Succeeded', 'Failed'].includes(asString(asObject(status)?.phase) ?? '');
}

/** Texts only: the API server takes nothing else. */
export function readLabels(value: unknown): Record<string, string> {
  const labels = asObject(value) ?? {};
  for (const key in labels) if (typeof labels[key] !== 'string') return onlyTexts(labels);
  return labels as Record<string, string>;
}

function onlyTexts(labels: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** A plain init container is gone before anybody calls; one that restarts is a sidecar and stays. */
function containerPorts(pod: Fields): ContainerPort[] {
  const ports: ContainerPort[] = [];
  for (const container of asList(pod.containers)) addPorts(ports, asObject(container));
  for (const entry of asList(pod.initContainers)) {
    const container = asObject(entry);
    if (container?.restartPolicy === 'Always') addPorts(ports, container);
  }
  return ports;
}

function addPorts(ports: ContainerPort[], container: Fields | undefined): void {
  for (const entry of asList(container?.ports)) {
    const { name, containerPort, protocol } = asObject(entry) ?? {};
    if (typeof name !== 'string' || typeof containerPort !== 'number') continue;
    ports.push({ name, port: containerPort, protocol: asString(protocol) || 'TCP' });
  }
}

function podIps(object: Located['object']): Ip[] {
  if (object.kind !== 'Pod') return [];
  const { podIP, podIPs } = asObject(object.status) ?? {};
  const several = asList(podIPs).flatMap(entry => asString(asObject(entry)?.ip) ?? []);
  return (several.length > 0 ? several : [asString(podIP) ?? '']).flatMap(text => parseIp(text) ?? []);
}
