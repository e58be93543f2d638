import { readAddresses } from './address-block';
import { BitSet } from './bit-set';
import { POLICY_CLUSTER } from './cilium-labels';
import { type Endpoint, type EndpointClass, classesOf } from './endpoint';
import { LabelIndex } from './label-index';
import type { NodeParty } from './party';
import type { PodsMeant } from './pods-meant';
import { type PodTemplates, readEndpoints, readLabels } from './read-endpoints';
import { joinStrangers, type Stranger, strangerEndpoint, strangersOf } from './strangers';
import type { Located } from '../checks/finding';
import { asList, asObject, asString } from '../checks/read';
import type { Target } from '../target/target';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';

export interface WorldOptions {
  readonly podTemplates?: PodTemplates;
  /** Whom policies mean: those who are not in the set become strangers. */
  readonly meant?: readonly PodsMeant[];
  /** By whose selectors strangers are told apart besides, to compare with another set. */
  readonly apart?: readonly PodsMeant[];
  /** Strangers of another set, to compare the two. */
  readonly strangers?: readonly Stranger[];
  /** Policies of which it is not sure that the cluster takes them. */
  readonly doubtful?: ReadonlyMap<Located, string>;
}

/** Whoever policies can be about, found once and looked up by label. */
export class World {
  readonly classes: readonly EndpointClass[];
  /** Labels of the Namespaces in the set. */
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** The classes of each namespace. */
  readonly inNamespace: ReadonlyMap<string, BitSet>;
  readonly nodes: readonly NodeParty[];
  /** Pods that share the network of their node, and are no pods to a policy. */
  readonly onHost: BitSet;
  private inOrder: readonly Endpoint[] | undefined;
  private labelsOfNamespaces: LabelIndex | undefined;
  private byNamespace: Map<string, Endpoint[]> | undefined;
  private readonly classByEndpoint = new Map<Endpoint, EndpointClass>();
  /** Strangers of another cluster of a mesh: policies of this one can mean them as peers, and are never about them. */
  readonly remote: BitSet;
  /** Those that policies mean and the set does not have. */
  readonly strangers: readonly Stranger[];
  /** Policies of which it is not sure that the cluster takes them, and for which fields. */
  readonly doubtful: ReadonlyMap<Located, string>;
  /** Namespaces that have somebody in the set. */
  private readonly inhabited: ReadonlySet<string>;

  constructor(
    readonly objects: readonly Located[], readonly target: Target,
    { podTemplates = {}, meant = [], apart = [], strangers = [], doubtful = new Map<Located, string>() }: WorldOptions = {},
  ) {
    this.doubtful = doubtful;
    this.namespaces = new Map(ofKind(objects, 'v1', 'Namespace').map(({ object }) => [object.metadata.name, readLabels(object.metadata.labels)]));
    const endpoints = readEndpoints(objects, podTemplates);
    const own = strangersOf(meant, { endpoints, namespaces: this.namespaces, clusterName: target.clusterName }, apart);
    this.strangers = joinStrangers([strangers, own]);
    this.inhabited = new Set(endpoints.map(({ namespace }) => namespace));
    this.classes = classesOf([...endpoints, ...this.strangers.map(strangerEndpoint)]);
    for (const one of this.classes) for (const member of one.members) this.classByEndpoint.set(member, one);
    this.inNamespace = this.groupByNamespace();
    this.nodes = ofKind(objects, 'v1', 'Node').map(readNode);
    this.onHost = new BitSet(this.size);
    this.remote = new BitSet(this.size);
    for (const { index, sample } of this.classes) {
      if (sample.hostNetwork) this.onHost.add(index);
      const cluster = target.clusterName ?? 'default';
      if (sample.stranger && (sample.labels[POLICY_CLUSTER] ?? cluster) !== cluster) this.remote.add(index);
    }
  }

  get size(): number {
    return this.classes.length;
  }

  /** In the order of their titles. */
  get endpoints(): readonly Endpoint[] {
    return this.inOrder ??= [...this.classByEndpoint.keys()].sort((a, b) => (a.title < b.title ? -1 : 1));
  }

  /** The classes of each namespace's labels; nothing is known of a Namespace outside of the set but its name. */
  get namespaceLabels(): LabelIndex {
    return this.labelsOfNamespaces ??= this.indexNamespaces();
  }

  classOf(endpoint: Endpoint): EndpointClass {
    return this.classByEndpoint.get(endpoint)!;
  }

  endpointsOf(namespace: string): readonly Endpoint[] {
    if (!this.byNamespace) {
      this.byNamespace = new Map<string, Endpoint[]>();
      for (const endpoint of this.endpoints) {
        const own = this.byNamespace.get(endpoint.namespace);
        if (own) own.push(endpoint);
        else this.byNamespace.set(endpoint.namespace, [endpoint]);
      }
    }
    return this.byNamespace.get(namespace) ?? [];
  }

  namespace(name: string): BitSet {
    return this.inNamespace.get(name) ?? new BitSet(this.size);
  }

  /** Whether a namespace is in the set, or somebody in it. */
  hasNamespace(name: string): boolean {
    return this.namespaces.has(name) || this.inhabited.has(name);
  }

  /** What is known of the namespace of an endpoint: of one that has somebody in the set nothing is made up. */
  labelsAround({ namespace, namespaceLabels }: Endpoint): Readonly<Record<string, string>> | undefined {
    return this.namespaces.get(namespace) ?? (this.inhabited.has(namespace) ? undefined : namespaceLabels);
  }

  private groupByNamespace(): Map<string, BitSet> {
    const groups = new Map<string, BitSet>();
    for (const { index, sample: { namespace } } of this.classes) {
      const group = groups.get(namespace);
      if (group) group.add(index);
      else groups.set(namespace, new BitSet(this.size).add(index));
    }
    return groups;
  }

  private indexNamespaces(): LabelIndex {
    const labels = new LabelIndex(this.size);
    // Of a named namespace that is asked about, more may be true than the question says.
    const asked = new Set(this.strangers.flatMap(({ asked: isAsked, title, namespaceLabels }) => (
      isAsked && namespaceLabels[NAMESPACE_NAME_LABEL] !== undefined ? title : []
    )));
    for (const { index, sample } of this.classes) {
      const known = this.labelsAround(sample);
      for (const [key, value] of Object.entries(known ?? {})) if (key !== NAMESPACE_NAME_LABEL) labels.add(index, key, value);
      if (!known || (asked.has(sample.title) && !this.namespaces.has(sample.namespace))) labels.addOpaque(index);
      labels.add(index, NAMESPACE_NAME_LABEL, sample.namespace);
    }
    return labels;
  }
}

/** Objects of a kind that have a name. */
export function ofKind(objects: readonly Located[], group: string, ...kinds: readonly string[]): Located[] {
  return objects.filter(located => isOfKind(located, group, ...kinds));
}

/** The same of one; the group of the core is `v1`. */
export function isOfKind({ object: { apiVersion, kind, metadata } }: Located, group: string, ...kinds: readonly string[]): boolean {
  return kinds.includes(kind) && typeof apiVersion === 'string'
    && (apiVersion === group || apiVersion.startsWith(`${group}/`)) && typeof asObject(metadata)?.name === 'string';
}

function readNode({ object }: Located): NodeParty {
  return {
    type: 'node',
    name: object.metadata.name,
    labels: readLabels(object.metadata.labels),
    addresses: asList(asObject(object.status)?.addresses).flatMap(entry => readAddresses(asString(asObject(entry)?.address)) ?? []),
  };
}
