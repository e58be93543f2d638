import { isIP } from 'node:net';
import type { ContainerPort, Endpoint, Entity, PodEndpoint } from './endpoint';
import { ENTITIES } from './endpoint';
import type { KubeObject } from './kube-object';
import { title } from './kube-object';

const METADATA_NAME = 'kubernetes.io/metadata.name';

/** The objects of a cluster, and the endpoints that they describe. */
export class Cluster {
  /** Pods and pod templates; finished pods take no part. */
  readonly pods: PodEndpoint[];

  constructor(private readonly objects: KubeObject[], private readonly podIp: string, private readonly sameNode = false) {
    this.pods = objects.filter((object) => isWorkload(object) && !isFinished(object)).map((object) => this.podOf(object));
  }

  ofKind(...kinds: string[]): KubeObject[] {
    return this.objects.filter((object) => kinds.includes(object.kind));
  }

  /** The endpoint behind a name or a Pod manifest; throws when there is none, because a misspelt name must not read as "denied". */
  find(place: string | object): Endpoint {
    if (typeof place !== 'string') return this.podOf(place as KubeObject);
    const [, scheme, rest = ''] = /^(ip|fqdn|entity|node):(.*)$/.exec(place) ?? [];
    switch (scheme) {
      case 'ip':
        if (isIP(rest) === 0) throw new Error(`reach: ${place} is no IP address`);
        return { kind: 'outside', name: place, ip: rest };
      case 'fqdn': return { kind: 'outside', name: place, fqdn: rest };
      case 'entity': return this.entity(rest);
      case 'node': return this.node(rest);
      default: return this.pod(place);
    }
  }

  /** The labels of a namespace; undefined when its object is not among the objects. */
  private namespaceLabels(name: string): Record<string, string> | undefined {
    const namespace = this.ofKind('Namespace').find((object) => object.metadata.name === name);
    return namespace === undefined ? undefined : namespace.metadata.labels ?? {};
  }

  private entity(name: string): Endpoint {
    if (!(ENTITIES as readonly string[]).includes(name)) throw new Error(`reach: entity ${name}; known: ${ENTITIES.join(', ')}`);
    return { kind: 'entity', name: `entity:${name}`, entity: name as Entity };
  }

  private node(name: string): Endpoint {
    const node = this.ofKind('Node').find((object) => object.metadata.name === name);
    if (node === undefined) throw new Error(`reach: no Node ${name} among the objects`);
    const addresses: { address: string }[] = node.status?.addresses ?? [];
    return { kind: 'node', name: `node:${name}`, labels: node.metadata.labels ?? {}, ips: addresses.map(({ address }) => address) };
  }

  private pod(name: string): Endpoint {
    const [found, another] = this.pods.filter((pod) => pod.name === name);
    if (found === undefined) throw new Error(`reach: no pod or workload ${name}; known: ${this.pods.map((pod) => pod.name).join(', ')}`);
    if (another !== undefined) throw new Error(`reach: several workloads are called ${name}; ask with a Pod manifest`);
    return found;
  }

  private podOf(object: KubeObject): PodEndpoint {
    const namespace = object.metadata.namespace ?? 'default';
    const template = podTemplate(object);
    const known = this.namespaceLabels(namespace);
    return {
      kind: 'pod',
      name: `${namespace}/${object.metadata.name}`,
      namespace,
      labels: { ...jobLabels(object), ...template.metadata?.labels },
      namespaceLabelOf: (key) => {
        // The API server sets this label, whatever the manifest says.
        if (key === METADATA_NAME) return namespace;
        if (known === undefined) {
          throw new Error(`reach: a selector asks for label ${key} of namespace ${namespace}, whose Namespace object is not given`);
        }
        return known[key];
      },
      serviceAccount: template.spec?.serviceAccountName ?? 'default',
      ports: containerPorts(template.spec ?? {}),
      ips: podIps(object) ?? [this.podIp],
      hostNetwork: template.spec?.hostNetwork === true,
      sameNode: this.sameNode,
      replicated: object.kind !== 'Pod',
    };
  }
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: Record<string, string> };
  readonly spec?: PodSpec;
}

interface PodSpec {
  readonly serviceAccountName?: string;
  readonly hostNetwork?: boolean;
  readonly containers?: Container[];
  readonly initContainers?: Container[];
}

interface Container {
  readonly restartPolicy?: string;
  readonly ports?: { name?: string; containerPort: number; protocol?: string }[];
}

function isWorkload(object: KubeObject): boolean {
  return ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'].includes(object.kind);
}

function isFinished(object: KubeObject): boolean {
  return object.kind === 'Pod' && ['Succeeded', 'Failed'].includes(object.status?.phase);
}

/** The controller of a Job puts its name on the pods. */
function jobLabels({ kind, metadata: { name } }: KubeObject): Record<string, string> {
  return kind === 'Job' ? { 'batch.kubernetes.io/job-name': name, 'job-name': name } : {};
}

/** Labels come from the pod template, never from the controller's own metadata. */
function podTemplate(object: KubeObject): PodTemplate {
  if (!isWorkload(object)) throw new Error(`reach: ${title(object)} is no pod and has no pod template`);
  if (object.kind === 'Pod') return object;
  if (object.kind === 'CronJob') return object.spec.jobTemplate.spec.template;
  return object.spec.template;
}

/** Native sidecars hold ports, plain init containers are gone before anybody calls. */
function containerPorts(spec: PodSpec): ContainerPort[] {
  const sidecars = (spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...(spec.containers ?? []), ...sidecars]
    .flatMap((container) => container.ports ?? [])
    .map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' }));
}

function podIps(object: KubeObject): string[] | undefined {
  const several: { ip: string }[] | undefined = object.status?.podIPs;
  if (several !== undefined && several.length > 0) return several.map(({ ip }) => ip);
  return object.status?.podIP ? [object.status.podIP] : undefined;
}
