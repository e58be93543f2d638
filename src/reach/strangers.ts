import { SERVICE_ACCOUNT } from './cilium-labels';
import type { Endpoint } from './endpoint';
import { hasLabels, isOne, KnownPods, type Labels, SOME_VALUE } from './known-pods';
import type { PodsMeant } from './pods-meant';
import { type LabelOwner, ValueGroups } from './value-groups';
import type { Located } from '../checks/finding';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { selectorMatches, type SelectorRequirement } from '../values/selector';

/** Some pods that match a selector, told by the labels that make them match. */
export interface Stranger {
  /** `monitoring/app=prometheus[Pods]`; `*` for a namespace or labels that nothing is said of. */
  readonly title: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** How many more there are, with other values of one list, that no policy tells apart from these. */
  readonly alike: number;
  /** Whether a policy is about them. */
  readonly governed: boolean;
  /** Whether nobody means them and they are only asked about: their namespace may have more labels than are said. */
  readonly asked?: boolean;
  /** The policy that means them. */
  readonly policy: Located;
}

/** Pods of any other namespace, of which nothing is known. */
export const ANYBODY = '*/*[Pods]';

/** Who is in the set, and whose labels of namespaces are known. */
export interface KnownSet {
  readonly endpoints: readonly Endpoint[];
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly clusterName?: string;
}

/** As many values that policies do not tell apart are told one by one; of more, one stands for all. */
const MANY = 32;

/**
 * Pods that are not in the set: for each selector of a peer one for every value that it lists, unless the selector names the namespace
 * and somebody there is in the set. A selector of namespaces by other labels, or of all, means some that nobody here knows, whoever
 * else it means.
 *
 * @param others selectors by which values are told apart, besides those that are meant
 */
export function strangersOf(
  meant: readonly PodsMeant[], { endpoints, namespaces, clusterName }: KnownSet, others: readonly PodsMeant[] = [],
): Stranger[] {
  if (meant.length === 0) return [];
  const known = new KnownPods(endpoints, namespaces, clusterName, meant);
  let groups: ValueGroups | undefined;
  const groupsFor = (one: PodsMeant) => (isLong(one) ? groups ??= new ValueGroups([...meant, ...others], known) : undefined);
  return joinStrangers(meant.map(one => {
    if (one.subject && known.hasSubject(one)) return [];
    return alikeOf(one, known, groupsFor(one)).flatMap(candidates => {
      const unknown = candidates.filter(({ namespaceLabels, labels }) => one.subject || !known.has(namespaceLabels, labels, one));
      const told = unknown.length > MANY ? [{ ...unknown[0]!, alike: candidates.length - 1 }] : unknown;
      const { subject: governed, policy } = one;
      return told.map(({ namespaceLabels, labels, alike }) => strangerOf(namespaceLabels, labels, { alike, governed, policy }));
    });
  }));
}

type Candidate = Pick<Stranger, 'namespaceLabels' | 'labels' | 'alike'>;

/** One value of each list at a time, so that long lists do not multiply; together those that policies do not tell apart. */
function alikeOf(one: PodsMeant, known: KnownPods, groups: ValueGroups | undefined): Candidate[][] {
  const [place, ...places] = witnesses('namespace', one.namespace, groups).filter(({ labels }) => known.allows(labels, one));
  const [first, ...others] = witnesses('pods', one.pods, groups);
  if (!place || !first) return [];
  const alike = new Map<string, Candidate[]>();
  const add = (group: string, { labels: namespaceLabels }: Witness, { labels }: Witness): void => {
    const candidates = alike.get(group);
    if (candidates) candidates.push({ namespaceLabels, labels, alike: 0 });
    else alike.set(group, [{ namespaceLabels, labels, alike: 0 }]);
  };
  add((places.length > 0 ? place : first).group, place, first);
  for (const other of places) add(other.group, other, first);
  for (const other of others) add(other.group, place, other);
  return [...alike.values()];
}

/** Whether there can be more candidates than are told one by one. */
function isLong({ namespace, pods }: PodsMeant): boolean {
  return [...namespace, ...pods].reduce((sum, { values = [] }) => sum + values.length, 0) > MANY;
}

export function strangerOf(namespaceLabels: Labels, labels: Labels, rest: Pick<Stranger, 'alike' | 'governed' | 'asked' | 'policy'>): Stranger {
  return { title: titleOf(namespaceLabels, labels, rest.alike), namespaceLabels, labels, ...rest };
}

/** Several lists as one, each stranger once. */
export function joinStrangers(lists: readonly (readonly Stranger[])[]): Stranger[] {
  const joined = new Map<string, Stranger>();
  for (const stranger of lists.flat()) {
    const known = joined.get(stranger.title);
    const one = known?.asked ? stranger : known ?? stranger;
    joined.set(stranger.title, known && !one.governed && (known.governed || stranger.governed) ? { ...one, governed: true } : one);
  }
  return [...joined.values()];
}

/** Whether somebody of the set is one of them too. */
export function isAmong(
  { namespaceLabels, labels }: Stranger, endpoint: Endpoint, namespaceOf: Labels | undefined, clusterName?: string,
): boolean {
  const own: Labels = { ...namespaceOf, [NAMESPACE_NAME_LABEL]: endpoint.namespace };
  return hasLabels(endpoint, labels, clusterName)
    && Object.entries(namespaceLabels).every(([key, value]) => Object.hasOwn(own, key) && isOne(own[key], value));
}

export function strangerEndpoint({ title, labels, namespaceLabels, alike, governed, policy }: Stranger): Endpoint {
  const { [SERVICE_ACCOUNT]: serviceAccount = SOME_VALUE, ...own } = labels;
  return {
    namespace: namespaceText(namespaceLabels),
    name: labelsText(labels),
    kind: 'Pods',
    title,
    namespaceLabels,
    alike,
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

interface Witness {
  readonly labels: Labels;
  /** What the values have in common that it stands for. */
  readonly group: string;
}

/** The fewest labels that fulfil the requirements, for each value that one of them lists; none where nothing can. */
function witnesses(owner: LabelOwner, requirements: readonly SelectorRequirement[], groups: ValueGroups | undefined): Witness[] {
  const least: Record<string, string> = {};
  const others: [string, string][] = [];
  let varying = '';
  const groupOf = (key: string, value: string) => groups?.groupOf(owner, key, value) ?? '';
  for (const { key, operator, values = [] } of requirements) {
    // Every namespace has a name.
    if (operator === 'Exists' && key !== NAMESPACE_NAME_LABEL) least[key] ??= SOME_VALUE;
    if (operator !== 'In') continue;
    const [first, ...rest] = values.length > 1 ? [...values].sort() : values;
    if (first !== undefined) least[key] = first;
    if (rest.length > 0) varying ||= groupOf(key, first!);
    for (const value of rest) others.push([key, value]);
  }
  const all = [{ labels: least, group: varying }, ...others.map(([key, value]): Witness => (
    { labels: { ...least, [key]: value }, group: groupOf(key, value) }
  ))];
  return isPlain(requirements) ? all : all.filter(({ labels }) => (
    selectorMatches({ matchExpressions: [...requirements] }, { [NAMESPACE_NAME_LABEL]: SOME_VALUE, ...labels })
  ));
}

/** Whether no requirement can stand in the way of another. */
function isPlain(requirements: readonly SelectorRequirement[]): boolean {
  return requirements.every(({ operator, values = [] }) => operator === 'In' && values.length > 0)
    && (requirements.length < 2 || new Set(requirements.map(({ key }) => key)).size === requirements.length);
}

function titleOf(namespaceLabels: Labels, labels: Labels, alike: number): string {
  const { [NAMESPACE_NAME_LABEL]: name, ...others } = namespaceLabels;
  const place = name === undefined ? labelsText(others) : [name, ...labelTexts(others)].join();
  return `${place}/${labelsText(labels)}[Pods${alike > 0 ? ` +${alike}` : ''}]`;
}

/** The name, where it is known. */
function namespaceText(labels: Labels): string {
  return labels[NAMESPACE_NAME_LABEL] ?? labelsText(labels);
}

function labelsText(labels: Labels): string {
  return labelTexts(labels).join() || '*';
}

function labelTexts(labels: Labels): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).sort();
}
