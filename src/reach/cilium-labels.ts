import { BitSet } from './bit-set';
import { LabelIndex } from './label-index';
import { allMatch, type Match, type Party } from './party';
import { both, but, exactly, everybody, nobody, type Selection } from './selection';
import { unfilled, unfilledIn } from './unfilled';
import type { World } from './world';
import { asObject } from '../checks/read';
import type { SelectorRequirement } from '../values/selector';
import { compareMinor } from '../values/semver-minor';

export const POD_NAMESPACE = 'io.kubernetes.pod.namespace';
export const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels';
export const POLICY_CLUSTER = 'io.cilium.k8s.policy.cluster';
export const SERVICE_ACCOUNT = 'io.cilium.k8s.policy.serviceaccount';

/**
 * Labels of pods that Cilium leaves out of identities, so that no selector ever sees them.
 *
 * @see https://docs.cilium.io/en/stable/operations/performance/scalability/identity-relevant-labels/
 */
const LEFT_OUT = [
  'io.kubernetes', 'kubernetes.io', 'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index', 'batch.kubernetes.io/controller-uid', 'beta.kubernetes.io', 'k8s.io',
  'pod-template-generation', 'pod-template-hash', 'controller-revision-hash', 'annotation', 'controller-uid', 'etcd_node',
];

/** A key with the source of the label before it; `any` where none is written. */
export function splitKey(key: string): { readonly source: string; readonly name: string } {
  const colon = key.indexOf(':');
  return colon < 0 ? { source: 'any', name: key } : { source: key.slice(0, colon), name: key.slice(colon + 1) };
}

/** Which kind of policy a selector stands in decides what it takes for granted. */
export interface SelectorScope {
  /** Of a namespaced policy. */
  readonly namespace?: string;
  /** Whether the subject of a cluster-wide policy are endpoints that have no identity yet. */
  readonly initializing: boolean;
}

/** Identities, as Cilium makes them of pods. */
export class CiliumLabels {
  private readonly labels: LabelIndex;
  private readonly managed: Selection;
  private readonly onlyLocal: boolean;
  private readonly clusterName: string;

  constructor(private readonly world: World) {
    const { cilium = '1.18', clusterName = 'default' } = world.target;
    this.onlyLocal = compareMinor(cilium, '1.19') >= 0;
    this.clusterName = clusterName;
    const { onHost, size } = world;
    this.managed = onHost.isEmpty() ? everybody(size) : exactly(BitSet.full(size).remove(onHost));
    this.labels = new LabelIndex(world.size);
    for (const { index, sample } of world.classes) {
      if (sample.hostNetwork) continue;
      for (const [key, value] of Object.entries(sample.labels)) {
        if (isKept(key) && key !== SERVICE_ACCOUNT && key !== POLICY_CLUSTER) this.labels.add(index, key, value);
      }
      for (const key of sample.addedLabels) if (isKept(key)) this.labels.addUnknown(index, key);
      this.labels.add(index, POD_NAMESPACE, sample.namespace);
      this.labels.add(index, SERVICE_ACCOUNT, sample.serviceAccount);
      // The agent says which cluster a pod is of, whatever labels it has itself.
      this.labels.add(index, POLICY_CLUSTER, sample.stranger ? sample.labels[POLICY_CLUSTER] ?? clusterName : clusterName);
    }
  }

  /** Pods that have an endpoint of their own. */
  get endpoints(): Selection {
    return this.managed;
  }

  /** The pods of this cluster. */
  local(): Selection {
    return both(this.managed, this.labels.requirement({ key: POLICY_CLUSTER, operator: 'In', values: [this.clusterName] }));
  }

  /** Pods by requirements whose keys may have a source. */
  select(requirements: readonly SelectorRequirement[]): Selection {
    return requirements.reduce((selection, requirement) => both(selection, this.requirement(requirement)), this.managed);
  }

  /** Whether the requirements hold for one that is no pod. */
  holdFor(requirements: readonly SelectorRequirement[], party: Party): Match {
    return requirements.reduce<Match>((all, { key, operator, values = [] }) => {
      const label = splitKey(key);
      const mayHave = isFrom(label, 'reserved') && alsoIf(party, label.name);
      const holds = (value: string | undefined): boolean => {
        switch (operator) {
          case 'Exists': return value !== undefined;
          case 'DoesNotExist': return value === undefined;
          case 'In': return value !== undefined && values.includes(value);
          case 'NotIn': return value === undefined || !values.includes(value);
        }
      };
      const value = labelOf(party, label);
      const match = unfilled(key) ?? (value === undefined ? undefined : unfilledIn(values)) ?? holds(value);
      return allMatch(all, mayHave && holds('') !== match ? mayHave : match);
    }, true);
  }

  /** What the agent adds to the selector of a peer: the policy's own namespace, or any, and the cluster. */
  implied(requirements: readonly SelectorRequirement[], { namespace, initializing }: SelectorScope): SelectorRequirement[] {
    const keys = requirements.map(({ key }) => splitKey(key));
    if (keys.some(({ source }) => source === 'reserved')) return [];
    const says = (label: string) => keys.some(({ source, name }) => (source === 'k8s' || source === 'any')
      && (name === label || name.startsWith(`${label}.`)));
    const implied: SelectorRequirement[] = [];
    if (!says(POD_NAMESPACE)) {
      if (namespace === undefined) {
        if (!initializing) implied.push({ key: `k8s:${POD_NAMESPACE}`, operator: 'Exists' });
      } else if (!says(NAMESPACE_LABELS)) {
        implied.push({ key: `k8s:${POD_NAMESPACE}`, operator: 'In', values: [namespace] });
      }
    }
    return [...implied, ...this.clusterOf(requirements)];
  }

  /** Since 1.19 a selector that names no cluster means this one. */
  clusterOf(requirements: readonly SelectorRequirement[]): SelectorRequirement[] {
    const says = requirements.some(({ key }) => splitKey(key).name === POLICY_CLUSTER);
    return this.onlyLocal && !says ? [{ key: `k8s:${POLICY_CLUSTER}`, operator: 'In', values: [this.clusterName] }] : [];
  }

  private requirement(requirement: SelectorRequirement): Selection {
    const { source, name } = splitKey(requirement.key);
    if (source === 'k8s' || source === 'any') {
      return name.startsWith(`${NAMESPACE_LABELS}.`)
        ? this.world.namespaceLabels.requirement({ ...requirement, key: name.slice(NAMESPACE_LABELS.length + 1) })
        : this.labels.requirement({ ...requirement, key: name });
    }
    // No pod has a label of another source.
    const { operator } = requirement;
    return operator === 'DoesNotExist' || operator === 'NotIn' ? everybody(this.world.size) : nobody(this.world.size);
  }
}

/** Whether identities have a label, so that selectors see it. */
export function isKept(key: string): boolean {
  return !LEFT_OUT.some(prefix => key.startsWith(prefix));
}

/** Labels of what is no pod: reserved ones, and those of Nodes. */
function labelOf(party: Party, { source, name }: { source: string; name: string }): string | undefined {
  const fits = (own: string) => isFrom({ source }, own);
  if (fits('reserved') && name === reservedName(party)) return '';
  if (party.type !== 'node' || !(fits('node') || fits('k8s')) || !Object.hasOwn(party.labels, name)) return undefined;
  return party.labels[name];
}

/** Where a party is no pod, what Cilium calls it. */
export function reservedName(party: Party): string | undefined {
  switch (party.type) {
    case 'workload': return undefined;
    case 'node': return 'remote-node';
    case 'entity': return party.entity;
    case 'addresses':
    case 'name': return 'world';
  }
}

function isFrom({ source }: { source: string }, own: string): boolean {
  return source === 'any' || source === own;
}

export const WHERE_API_SERVER_RUNS = 'the API server runs there';
export const API_SERVER_NODE = 'the node runs the API server';

/** On what it depends whether somebody is another entity too: the API server runs on nodes, or outside where somebody else manages it. */
export function alsoIf(party: Party, entity: string): string | undefined {
  const name = reservedName(party) ?? '';
  if (name === 'kube-apiserver') return ['host', 'remote-node', 'world'].includes(entity) ? WHERE_API_SERVER_RUNS : undefined;
  return entity === 'kube-apiserver' && ['host', 'remote-node'].includes(name) ? API_SERVER_NODE : undefined;
}

/** The policy's own namespace takes the place of another that the labels of its selector name; expressions stay as they are. */
export function withoutNamespace(selector: unknown): Record<string, unknown> {
  const { matchLabels, ...others } = asObject(selector) ?? {};
  const { [`k8s:${POD_NAMESPACE}`]: _replaced, ...labels } = asObject(matchLabels) ?? {};
  return { ...others, matchLabels: labels };
}

/** Pods of the host network are nodes to Cilium, on one's own node or on another. */
export function withHosts(pods: Selection, world: World, matches: (party: Party) => Match): Selection {
  if (world.onHost.isEmpty()) return pods;
  const { sure, perhaps } = but(pods, exactly(world.onHost));
  const nodes = (['host', 'remote-node'] as const).map(entity => matches({ type: 'entity', entity }));
  if (nodes.every(match => match === true)) sure.addAll(world.onHost);
  if (nodes.some(match => match !== false)) perhaps.addAll(world.onHost);
  return { sure, perhaps };
}
