import { SERVICE_ACCOUNT } from './cilium-labels';
import type { Endpoint } from './endpoint';
import { hasLabels, isOne, KnownPods, type Labels, SOME_VALUE } from './known-pods';
import type { PodsMeant } from './pods-meant';
import type { Located } from '../checks/finding';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { selectorMatches, type SelectorRequirement } from '../values/selector';

/** Some pods that match a selector, told by the labels that make them match. */
export interface Stranger {
  /** `monitoring/app=prometheus[Pods]`; `*` for a namespace or labels that nothing is said of. */
  readonly title: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** Whether a policy is about them. */
  readonly governed: boolean;
  /** The policy that means them. */
  readonly policy: Located;
}

/**
 * Pods that are not in the set: for each selector of a peer that nobody in the set matches, one for every value that it lists. What asks
 * nothing of the namespace means pods of namespaces that nobody here knows, whoever else it means.
 */
export function strangersOf(
  meant: readonly PodsMeant[], endpoints: readonly Endpoint[], namespaces: ReadonlyMap<string, Labels>,
): Stranger[] {
  if (meant.length === 0) return [];
  const known = new KnownPods(endpoints, namespaces);
  const strangers = new Map<string, Stranger>();
  const add = (namespaceLabels: Labels, labels: Labels, one: PodsMeant): void => {
    if (!one.subject && known.has(namespaceLabels, labels, one)) return;
    const title = titleOf(namespaceLabels, labels);
    const { governed = false, policy = one.policy } = strangers.get(title) ?? {};
    strangers.set(title, strangerOf(namespaceLabels, labels, { governed: governed || one.subject, policy }));
  };
  for (const one of meant) {
    if (one.subject && known.hasSubject(one)) continue;
    const [place, ...places] = witnesses(one.namespace).filter(labels => known.allows(labels, one));
    const [first, ...others] = witnesses(one.pods);
    if (!place || !first) continue;
    // One value of each list at a time: what is added to a list is seen, and long lists do not multiply.
    add(place, first, one);
    for (const other of places) add(other, first, one);
    for (const other of others) add(place, other, one);
  }
  return [...strangers.values()];
}

export function strangerOf(namespaceLabels: Labels, labels: Labels, rest: Pick<Stranger, 'governed' | 'policy'>): Stranger {
  return { title: titleOf(namespaceLabels, labels), namespaceLabels, labels, ...rest };
}

/** Several lists as one, each stranger once. */
export function joinStrangers(lists: readonly (readonly Stranger[])[]): Stranger[] {
  const joined = new Map<string, Stranger>();
  for (const stranger of lists.flat()) {
    const known = joined.get(stranger.title);
    joined.set(stranger.title, known && !known.governed && stranger.governed ? { ...known, governed: true } : known ?? stranger);
  }
  return [...joined.values()];
}

/** Whether somebody of the set is one of them too. */
export function isAmong({ namespaceLabels, labels }: Stranger, endpoint: Endpoint, namespaceOf: Labels | undefined): boolean {
  const own: Labels = { ...namespaceOf, [NAMESPACE_NAME_LABEL]: endpoint.namespace };
  return hasLabels(endpoint, labels)
    && Object.entries(namespaceLabels).every(([key, value]) => Object.hasOwn(own, key) && isOne(own[key], value));
}

export function strangerEndpoint({ title, labels, namespaceLabels, governed, policy }: Stranger): Endpoint {
  const { [SERVICE_ACCOUNT]: serviceAccount = SOME_VALUE, ...own } = labels;
  return {
    namespace: namespaceText(namespaceLabels),
    name: labelsText(labels),
    kind: 'Pods',
    title,
    labels: own,
    addedLabels: [],
    serviceAccount,
    ports: [],
    hostNetwork: false,
    ips: [],
    replicated: true,
    located: policy,
    stranger: true,
    governed,
  };
}

/** What is said of the namespaces of strangers, one with another; the first in the alphabet where two say different things of one. */
export function strangerNamespaces(strangers: readonly Stranger[]): Map<string, Labels> {
  const namespaces = new Map<string, Record<string, string>>();
  for (const { namespaceLabels } of strangers) {
    const name = namespaceText(namespaceLabels);
    const labels = namespaces.get(name) ?? {};
    namespaces.set(name, labels);
    for (const [key, value] of Object.entries(namespaceLabels)) {
      const known = labels[key];
      if (known === undefined || value < known) labels[key] = value;
    }
  }
  return namespaces;
}

/** The fewest labels that fulfil the requirements, for each value that one of them lists; none where nothing can. */
function witnesses(requirements: readonly SelectorRequirement[]): Labels[] {
  const least: Record<string, string> = {};
  const others: [string, string][] = [];
  for (const { key, operator, values = [] } of requirements) {
    // Every namespace has a name.
    if (operator === 'Exists' && key !== NAMESPACE_NAME_LABEL) least[key] ??= SOME_VALUE;
    if (operator !== 'In') continue;
    const [first, ...rest] = values.length > 1 ? [...values].sort() : values;
    if (first !== undefined) least[key] = first;
    for (const value of rest) others.push([key, value]);
  }
  const all = [least, ...others.map(([key, value]) => ({ ...least, [key]: value }))];
  return isPlain(requirements) ? all
    : all.filter(labels => selectorMatches({ matchExpressions: [...requirements] }, { [NAMESPACE_NAME_LABEL]: SOME_VALUE, ...labels }));
}

/** Whether no requirement can stand in the way of another. */
function isPlain(requirements: readonly SelectorRequirement[]): boolean {
  return requirements.every(({ operator, values = [] }) => operator === 'In' && values.length > 0)
    && (requirements.length < 2 || new Set(requirements.map(({ key }) => key)).size === requirements.length);
}

function titleOf(namespaceLabels: Labels, labels: Labels): string {
  return `${namespaceText(namespaceLabels)}/${labelsText(labels)}[Pods]`;
}

/** The name, where it is known. */
function namespaceText(labels: Labels): string {
  return labels[NAMESPACE_NAME_LABEL] ?? labelsText(labels);
}

function labelsText(labels: Labels): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).sort().join(',') || '*';
}
