import { SERVICE_ACCOUNT } from './cilium-labels';
import type { Endpoint } from './endpoint';
import type { PodsMeant } from './pods-meant';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { selectorMatches, type SelectorRequirement } from '../values/selector';

export type Labels = Readonly<Record<string, string>>;

/** The value of a label of which nothing is known but that it is there. No label can have it. */
export const SOME_VALUE = '*';

/** Who is in the set, found by a label. */
export class KnownPods {
  private readonly lists = new Map<string, Endpoint[]>();

  constructor(private readonly endpoints: readonly Endpoint[], private readonly namespaces: ReadonlyMap<string, Labels>) {
    for (const endpoint of endpoints) {
      const { namespace, labels, serviceAccount } = endpoint;
      append(this.lists, namespace, endpoint);
      for (const key in labels) {
        append(this.lists, `${namespace}\0${key}\0${labels[key]}`, endpoint);
        append(this.lists, `\0${key}\0${labels[key]}`, endpoint);
      }
      append(this.lists, `${namespace}\0${SERVICE_ACCOUNT}\0${serviceAccount}`, endpoint);
      append(this.lists, `\0${SERVICE_ACCOUNT}\0${serviceAccount}`, endpoint);
    }
  }

  /** Whether a namespace can be as it is wanted: the labels of those in the set are known. */
  allows(namespaceLabels: Labels, { namespace }: PodsMeant): boolean {
    const name = namespaceLabels[NAMESPACE_NAME_LABEL];
    const own = name === undefined ? undefined : this.namespaces.get(name);
    return own === undefined || selectorMatches({ matchExpressions: [...namespace] }, { ...own, [NAMESPACE_NAME_LABEL]: name! });
  }

  /** Whether a policy is about anybody at all. */
  hasSubject({ namespace, pods }: PodsMeant): boolean {
    const [only] = namespace;
    const isNamed = namespace.length === 1 && only!.key === NAMESPACE_NAME_LABEL && only!.operator === 'In' && only!.values?.length === 1;
    const candidates = isNamed ? this.lists.get(only!.values![0]!) ?? [] : this.endpoints;
    return candidates.some(endpoint => meets(endpoint, pods)
      && (isNamed || this.isIn(endpoint.namespace, {}, namespace)));
  }

  /** Whether somebody has the labels, and is meant for sure. */
  has(namespaceLabels: Labels, labels: Labels, { namespace, pods }: PodsMeant): boolean {
    if (isEmpty(namespaceLabels)) return false;
    const name = namespaceLabels[NAMESPACE_NAME_LABEL];
    return this.candidates(name, labels).some(endpoint => hasLabels(endpoint, labels) && fulfils(endpoint, pods)
      && (name !== undefined || this.isIn(endpoint.namespace, namespaceLabels, namespace)));
  }

  private isIn(name: string, wanted: Labels, requirements: readonly SelectorRequirement[]): boolean {
    const own: Record<string, string> = { ...this.namespaces.get(name), [NAMESPACE_NAME_LABEL]: name };
    return Object.entries(wanted).every(([key, value]) => Object.hasOwn(own, key) && isOne(own[key], value))
      && selectorMatches({ matchExpressions: [...requirements] }, own);
  }

  /** Those who have one of the labels; everybody where none has a value. */
  private candidates(namespace: string | undefined, labels: Labels): readonly Endpoint[] {
    for (const key in labels) {
      if (labels[key] !== SOME_VALUE) return this.lists.get(`${namespace ?? ''}\0${key}\0${labels[key]}`) ?? [];
    }
    return namespace === undefined ? this.endpoints : this.lists.get(namespace) ?? [];
  }
}

function isEmpty(labels: Labels): boolean {
  for (const _ in labels) return false;
  return true;
}

function labelOf({ labels, serviceAccount }: Endpoint, key: string): string | undefined {
  return key === SERVICE_ACCOUNT ? serviceAccount : Object.hasOwn(labels, key) ? labels[key] : undefined;
}

export function isOne(value: string | undefined, wanted: string | undefined): boolean {
  return value !== undefined && (value === wanted || wanted === SOME_VALUE);
}

export function hasLabels(endpoint: Endpoint, wanted: Labels): boolean {
  for (const key in wanted) if (!isOne(labelOf(endpoint, key), wanted[key])) return false;
  return true;
}

function meets(endpoint: Endpoint, requirements: readonly SelectorRequirement[]): boolean {
  return requirements.every(({ key, operator, values = [] }) => {
    const value = labelOf(endpoint, key);
    switch (operator) {
      case 'In': return value !== undefined && values.includes(value);
      case 'NotIn': return value === undefined || !values.includes(value);
      case 'Exists': return value !== undefined;
      case 'DoesNotExist': return value === undefined;
    }
  });
}

/** Whether somebody who has the labels that are wanted has none that is forbidden. */
function fulfils(endpoint: Endpoint, requirements: readonly SelectorRequirement[]): boolean {
  return requirements.every(({ key, operator, values = [] }) => {
    const value = labelOf(endpoint, key);
    return operator === 'DoesNotExist' ? value === undefined : operator === 'NotIn' ? value === undefined || !values.includes(value) : true;
  });
}

function append(lists: Map<string, Endpoint[]>, key: string, endpoint: Endpoint): void {
  const list = lists.get(key);
  if (list) list.push(endpoint);
  else lists.set(key, [endpoint]);
}
