import { ciliumHalf } from './cilium-half';
import type { Rule } from './cilium-rule';
import { rulesOf } from './cilium-rule';
import { Cluster } from './cluster';
import type { Endpoint } from './endpoint';
import { ENTITIES, namedPorts } from './endpoint';
import type { Connection, Direction, Flow, Half, Protocol } from './flow';
import type { KubeObject } from './kube-object';
import { kubernetesHalf } from './kubernetes-half';

export interface ReachOptions {
  /** @default - 'cilium' when there is an object of cilium.io, else 'kubernetes', where such objects mean nothing */
  readonly dataplane?: 'cilium' | 'kubernetes';
  /** @default '1.18' */
  readonly ciliumVersion?: string;
  /** @default 'default' */
  readonly clusterName?: string;
  /** Agent option http-normalize-path. @default true */
  readonly normalizePath?: boolean;
  /** Agent option policy-cidr-match-mode: 'nodes', 'pods'. @default [] */
  readonly cidrMatchMode?: string[];
  /** Agent option enable-policy. @default 'default' */
  readonly enforcement?: string;
  /** Address of the pods whose manifest has none. @default '10.244.0.1' */
  readonly podIp?: string;
  /** Whether pods of the host network run on the node of whoever is at the other end; otherwise they are on another one. @default false */
  readonly sameNode?: boolean;
}

export interface Verdict {
  readonly allowed: boolean;
  /** What decided, each line with the half it is about. */
  readonly why: string[];
}

/** Who reaches whom, pair by pair and policy by policy: slow, and simple enough to be believed. */
export class Reach {
  private readonly cluster: Cluster;
  private readonly half: (direction: Direction, connection: Connection) => Half;

  constructor(objects: object[], options: ReachOptions = {}) {
    const all = objects as KubeObject[];
    // An object that cannot be told apart would be a policy that silently does nothing.
    if (all.some(({ kind, metadata }) => !kind || !metadata?.name)) throw new Error('reach: an object without kind or metadata.name');
    const cluster = new Cluster(all, options.podIp ?? '10.244.0.1', options.sameNode);
    this.cluster = cluster;
    const dataplane = options.dataplane ?? (all.some((object) => object.apiVersion?.startsWith('cilium.io/')) ? 'cilium' : 'kubernetes');
    if (dataplane === 'kubernetes') {
      this.half = (direction, connection) => kubernetesHalf(direction, connection, cluster);
      return;
    }
    const l7 = { minor: minorOf(options.ciliumVersion ?? '1.18'), normalizePath: options.normalizePath ?? true };
    const context = { cluster, ...l7, clusterName: options.clusterName ?? 'default', cidrMatchMode: options.cidrMatchMode ?? [] };
    const rules: Rule[] = all.flatMap((policy) => rulesOf(policy, context));
    const resolvers = [...cluster.pods, ...ENTITIES.map((entity) => cluster.find(`entity:${entity}`))];
    const half = { ...l7, always: options.enforcement === 'always' };
    this.half = (direction, connection) => ciliumHalf(direction, connection, rules, resolvers, half);
  }

  /** Both halves: the egress of the source and the ingress of the destination. */
  verdict(flow: Flow): Verdict {
    const connection = this.connection(flow);
    const { source } = connection;
    // Two replicas of a workload talk like any other pods, a pod is never cut off from itself.
    if (flow.from === flow.to && !(source.kind === 'pod' && source.replicated)) {
      return { allowed: true, why: [`${source.name} is at both ends`] };
    }
    const egress = this.half('egress', connection);
    const ingress = this.half('ingress', connection);
    return {
      allowed: egress.allowed && ingress.allowed,
      why: [...egress.why.map((line) => `egress: ${line}`), ...ingress.why.map((line) => `ingress: ${line}`)],
    };
  }

  allows(flow: Flow): boolean {
    return this.verdict(flow).allowed;
  }

  denies(flow: Flow): boolean {
    return !this.allows(flow);
  }

  /** All that is allowed between the pods and workloads given, as sorted lines `ns/a -> ns/b TCP/8080`; no line from one to itself. */
  flows(probes: { readonly port: number; readonly protocol?: Protocol }[]): string[] {
    const names = [...new Set(this.cluster.pods.map((pod) => pod.name))];
    return names.flatMap((from) => names.filter((to) => to !== from).flatMap((to) => probes
      .filter(({ port, protocol }) => this.allows({ from, to, port, protocol }))
      .map(({ port, protocol = 'TCP' }) => `${from} -> ${to} ${protocol}/${port}`))).sort();
  }

  private connection(flow: Flow): Connection {
    const source = this.cluster.find(flow.from);
    const destination = this.cluster.find(flow.to);
    const protocol = flow.protocol ?? (flow.icmpType === undefined ? 'TCP' : 'ICMP');
    return { ...flow, source, destination, protocol, port: portOf(flow, destination, protocol) };
  }
}

function portOf({ port }: Flow, destination: Endpoint, protocol: Protocol): number | undefined {
  if (protocol === 'ICMP') return undefined;
  if (port === undefined) throw new Error(`reach: a ${protocol} flow needs a port`);
  if (typeof port === 'number') return port;
  const [number, another] = new Set(namedPorts(destination, port, protocol));
  if (number === undefined) throw new Error(`reach: ${destination.name} has no ${protocol} port called ${port}`);
  if (another !== undefined) throw new Error(`reach: ${destination.name} has several ${protocol} ports called ${port}; ask by number`);
  return number;
}

function minorOf(version: string): number {
  const minor = /^v?1\.(\d+)/.exec(version)?.[1];
  if (minor === undefined) throw new Error(`reach: ${version} is no version of Cilium 1.x`);
  return Number(minor);
}
