import { POLICY_CLUSTER, SERVICE_ACCOUNT } from './cilium-labels';
import type { Endpoint } from './endpoint';
import { directionsOf, GoverningSelectors } from './governing';
import type { PodsMeant } from './pods-meant';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { selectorMatches, type SelectorRequirement } from '../values/selector';

export type Labels = Readonly<Record<string, string>>;

/** The value of a label of which nothing is known but that it is there. No label can have it. */
export const SOME_VALUE = '*';

/** Who is in the set, found by a label. */
export class KnownPods {
  /** Those of a namespace, those with a label, and those of a namespace with a label. */
  private readonly lists = new Map<string, Endpoint[]>();
  private readonly spaces = new Map<string, Labels>();
  private readonly governing: GoverningSelectors;
  private spacesByLabel: Map<string, string[]> | undefined;

  constructor(
    endpoints: readonly Endpoint[], private readonly namespaces: ReadonlyMap<string, Labels>, private readonly clusterName = 'default',
    meant: readonly PodsMeant[] = [],
  ) {
    this.governing = new GoverningSelectors(meant, (name, requirements) => this.isIn(name, requirements));
    for (const endpoint of endpoints) {
      const { namespace, labels, serviceAccount, hostNetwork } = endpoint;
      // No selector means pods on the network of a node.
      if (hostNetwork) continue;
      this.append(namespace, '', endpoint);
      for (const key in labels) this.append(namespace, `\0${key}\0${labels[key]}`, endpoint);
      this.append(namespace, `\0${SERVICE_ACCOUNT}\0${serviceAccount}`, endpoint);
    }
  }

  /** Whether a namespace can be as it is wanted: each has a name, and the labels of those in the set are known. */
  allows(namespaceLabels: Labels, { namespace }: PodsMeant): boolean {
    const name = namespaceLabels[NAMESPACE_NAME_LABEL];
    return name === undefined || (name !== '' && (!this.namespaces.has(name) || this.isIn(name, namespace)));
  }

  /** Whether a policy is about anybody at all. */
  hasSubject(one: PodsMeant): boolean {
    return this.someSubject(one, () => true);
  }

  /** Whether a policy is about somebody whom no others hold back. */
  hasFreeSubject(one: PodsMeant): boolean {
    const listed = Object.fromEntries(one.pods.flatMap(({ key, operator, values }) => (operator === 'In' ? [[key, values?.[0] ?? '']] : [])));
    return this.someSubject(one, ({ namespace, labels }) => !this.governing.bindMore(namespace, labels, listed, directionsOf(one)));
  }

  private someSubject({ namespace, pods }: PodsMeant, takes: (endpoint: Endpoint) => boolean): boolean {
    const listed = pods.find(({ key, operator }) => operator === 'In' && key !== POLICY_CLUSTER);
    const labels = listed?.values?.map(value => `\0${listed.key}\0${value}`) ?? [''];
    return this.candidateSpaces(namespace).some(name => labels.some(label => this.lists.get(`${name}${label}`)
      ?.some(endpoint => this.meets(endpoint, pods) && this.isIn(endpoint.namespace, namespace) && takes(endpoint))));
  }

  /**
   * Whether somebody stands for pods that are meant: has the labels, and is meant for sure. Only where the namespace is named: that
   * one with the labels of a selector is in the set says nothing of others that have them, or will. Nor does one who is held back by
   * policies that are not about all of them.
   */
  has(namespaceLabels: Labels, labels: Labels, one: PodsMeant): boolean {
    const name = namespaceLabels[NAMESPACE_NAME_LABEL];
    if (name === undefined) return false;
    const sure = Object.keys(labels).find(key => labels[key] !== SOME_VALUE && key !== POLICY_CLUSTER);
    const candidates = this.lists.get(sure === undefined ? name : `${name}\0${sure}\0${labels[sure]}`) ?? [];
    const isBound = (endpoint: Endpoint) => this.governing.bindMore(name, endpoint.labels, labels, directionsOf(one));
    const isMeant = (endpoint: Endpoint) => hasLabels(endpoint, labels, this.clusterName) && this.fulfils(endpoint, one.pods);
    return candidates.some(endpoint => isMeant(endpoint) && !isBound(endpoint));
  }

  /** What tells a namespace apart from one that nobody knows. */
  knowledgeOf(name: string): string {
    const labels = this.namespaces.get(name);
    return labels ? JSON.stringify(labels) : this.lists.has(name) ? 'inhabited' : '';
  }

  /** Namespaces that can be meant; the empty name for all together. */
  private candidateSpaces(requirements: readonly SelectorRequirement[]): readonly string[] {
    const listed = requirements.filter(({ operator }) => operator === 'In');
    const { key, values = [] } = listed.find(requirement => requirement.key === NAMESPACE_NAME_LABEL) ?? listed[0] ?? {};
    if (key === undefined) return [''];
    return key === NAMESPACE_NAME_LABEL ? values : values.flatMap(value => this.withLabel.get(`${key}\0${value}`) ?? []);
  }

  private get withLabel(): ReadonlyMap<string, readonly string[]> {
    if (!this.spacesByLabel) {
      this.spacesByLabel = new Map();
      for (const [name, labels] of this.namespaces) {
        for (const [key, value] of Object.entries(labels)) append(this.spacesByLabel, `${key}\0${value}`, name);
      }
    }
    return this.spacesByLabel;
  }

  private isIn(name: string, requirements: readonly SelectorRequirement[]): boolean {
    let own = this.spaces.get(name);
    if (!own) {
      own = { ...this.namespaces.get(name), [NAMESPACE_NAME_LABEL]: name };
      this.spaces.set(name, own);
    }
    return selectorMatches({ matchExpressions: [...requirements] }, own);
  }

  private meets(endpoint: Endpoint, requirements: readonly SelectorRequirement[]): boolean {
    return requirements.every(({ key, operator, values = [] }) => {
      const value = labelOf(endpoint, key, this.clusterName);
      switch (operator) {
        case 'In': return value !== undefined && values.includes(value);
        case 'NotIn': return value === undefined || !values.includes(value);
        case 'Exists': return value !== undefined;
        case 'DoesNotExist': return value === undefined;
      }
    });
  }

  /** Whether somebody who has the labels that are wanted has none that is forbidden. */
  private fulfils(endpoint: Endpoint, requirements: readonly SelectorRequirement[]): boolean {
    return this.meets(endpoint, requirements.filter(({ operator }) => operator === 'DoesNotExist' || operator === 'NotIn'));
  }

  private append(namespace: string, label: string, endpoint: Endpoint): void {
    append(this.lists, `${namespace}${label}`, endpoint);
    append(this.lists, label, endpoint);
  }
}

/** The agent says the cluster of a pod, whatever its labels do. */
function labelOf({ labels, serviceAccount }: Endpoint, key: string, clusterName: string): string | undefined {
  if (key === SERVICE_ACCOUNT) return serviceAccount;
  return key === POLICY_CLUSTER ? clusterName : Object.hasOwn(labels, key) ? labels[key] : undefined;
}

export function isOne(value: string | undefined, wanted: string | undefined): boolean {
  return value !== undefined && (value === wanted || wanted === SOME_VALUE);
}

export function hasLabels(endpoint: Endpoint, wanted: Labels, clusterName = 'default'): boolean {
  for (const key in wanted) if (!isOne(labelOf(endpoint, key, clusterName), wanted[key])) return false;
  return true;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
