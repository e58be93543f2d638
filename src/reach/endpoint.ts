import type { Located } from '../checks/finding';
import { asObject } from '../checks/read';
import type { Ip } from '../values/cidr';

/** A workload, or a pod that belongs to none: what policies select, and one end of a connection. */
export interface Endpoint {
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  /** `namespace/name[Kind]`, as it is called in every output. */
  readonly title: string;
  /** What a policy says of the namespace of strangers; of all others the manifests tell that. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** How many more a stranger stands for, which have another value of one label. */
  readonly alike?: number;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that a controller adds, with values that no manifest tells. */
  readonly addedLabels: readonly string[];
  readonly serviceAccount: string;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  /** Addresses, where a manifest from a running cluster tells them. */
  readonly ips: readonly Ip[];
  /** Whether it may stand for several pods, which talk to one another as any others. */
  readonly replicated: boolean;
  /** Where it is written; for strangers, the policy that means them. */
  readonly located: Located;
  /** Pods that a policy means and the set does not have; they have the labels that it asks for and no others. */
  readonly stranger: boolean;
  /** Whether a policy is about such pods, and about nobody in the set: a repository of policies has its workloads elsewhere. */
  readonly governed: boolean;
}

/** Whether it is the set that says what an endpoint may do. */
export function isOwn({ stranger, governed }: Endpoint): boolean {
  return !stranger || governed;
}

/** Where the specification of a kind says how many pods there are at once. */
const COUNTS: Readonly<Record<string, (spec: Fields) => unknown>> = {
  Job: ({ parallelism = 1 }) => parallelism,
  CronJob: ({ jobTemplate }) => asObject(asObject(jobTemplate)?.spec)?.parallelism ?? 1,
};

/**
 * Whether it has connections with itself, which are those among its pods. Where the number of replicas is not said, something else may
 * set it; where it is one, the moment in which a new pod takes the place of the old one does not count.
 */
export function isSeveral({ replicated, stranger, kind, located: { object } }: Endpoint): boolean {
  if (!replicated || stranger) return replicated;
  const spec = asObject(object.spec) ?? {};
  const count = Object.hasOwn(COUNTS, kind) ? COUNTS[kind]!(spec) : spec.replicas;
  return typeof count !== 'number' || count > 1;
}

type Fields = Record<string, unknown>;

export interface ContainerPort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}

/** Endpoints that no policy can tell apart. */
export interface EndpointClass {
  /** From 0, in the order of the titles of the first members. */
  readonly index: number;
  /** In the order of their titles; never empty. */
  readonly members: readonly Endpoint[];
  /** The first member, for what all have in common. */
  readonly sample: Endpoint;
}

/** Endpoints in classes, both in the order of the titles. */
export function classesOf(endpoints: readonly Endpoint[]): EndpointClass[] {
  const members = new Map<string, Endpoint[]>();
  for (const endpoint of [...endpoints].sort((a, b) => compareText(a.title, b.title))) {
    const key = classKey(endpoint);
    const list = members.get(key);
    if (list) list.push(endpoint);
    else members.set(key, [endpoint]);
  }
  return [...members.values()].map((list, index) => ({ index, members: list, sample: list[0]! }));
}

function classKey({ namespace, title, labels, addedLabels, serviceAccount, ports, hostNetwork, ips, stranger }: Endpoint): string {
  // The title of a stranger says all that it is.
  if (stranger) return title;
  const keys = Object.keys(labels).sort();
  const named = ports.map(({ name, protocol, port }) => `${name}/${protocol}/${port}`).sort();
  const addresses = ips.map(ip => `${ip.family} ${ip.address}`);
  return JSON.stringify([namespace, keys, keys.map(key => labels[key]), addedLabels, serviceAccount, named, hostNetwork, addresses]);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
