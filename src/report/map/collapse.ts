import { type Edge, EVERYONE, groupId, type Label, labelText } from './graph';
import { compareText } from '../../reach/endpoint';

export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly label: Label;
}

export interface Collapsed {
  readonly edges: readonly Edge[];
  /** What passes from each workload of a namespace to each other. */
  readonly among: ReadonlyMap<string, readonly Label[]>;
}

/** Fewer than this many workloads are not said to be all there are. */
const EVERYONE_FROM = 4;

/**
 * Says once what holds for all workloads of a namespace, or for every workload.
 *
 * @param namespaces the workloads of each
 */
export function collapse(pairs: readonly Pair[], namespaces: ReadonlyMap<string, readonly string[]>): Collapsed {
  const byLabel = new Map<string, { readonly label: Label; readonly reach: Reach }>();
  for (const { from, to, label } of pairs) {
    const key = `${label.perhaps ? 1 : 0}${labelText(label)}`;
    const same = byLabel.get(key) ?? { label, reach: new Reach() };
    byLabel.set(key, same);
    same.reach.add(from, to);
  }
  const among = new Map<string, Label[]>();
  const joined = new Map<string, { from: string; to: string; labels: Label[] }>();
  for (const [, { label, reach }] of [...byLabel].sort(([a], [b]) => compareText(a, b))) {
    takeClique(reach, [...namespaces.values()].flat());
    for (const namespace of takeAmong(reach, namespaces)) among.set(namespace, [...among.get(namespace) ?? [], label]);
    takeAll(reach, namespaces);
    for (const [from, to] of reach.pairs()) {
      const key = `${from}\n${to}`;
      const edge = joined.get(key) ?? { from, to, labels: [] };
      joined.set(key, edge);
      edge.labels.push(label);
    }
  }
  return { edges: [...joined].sort(([a], [b]) => compareText(a, b)).map(([, edge]) => edge), among };
}

/** Who reaches whom with one label. */
class Reach {
  private readonly destinations = new Map<string, Set<string>>();

  add(from: string, to: string): void {
    const own = this.destinations.get(from) ?? new Set();
    this.destinations.set(from, own.add(to));
  }

  has(from: string, to: string): boolean {
    return this.destinations.get(from)?.has(to) === true;
  }

  remove(from: string, to: string): void {
    this.destinations.get(from)?.delete(to);
  }

  sources(): string[] {
    return [...this.destinations.keys()];
  }

  ends(): string[] {
    return [...new Set([...this.destinations.values()].flatMap(own => [...own]))];
  }

  pairs(): [string, string][] {
    return [...this.destinations].flatMap(([from, own]) => [...own].map((to): [string, string] => [from, to]));
  }
}

/** Where everybody reaches everybody, nothing else needs to be said. */
function takeClique(reach: Reach, every: readonly string[]): void {
  if (every.length < EVERYONE_FROM || !every.every(from => every.every(to => to === from || reach.has(from, to)))) return;
  for (const from of every) for (const to of every) reach.remove(from, to);
  reach.add(EVERYONE, EVERYONE);
}

/** Namespaces of which every workload reaches every other. */
function takeAmong(reach: Reach, namespaces: ReadonlyMap<string, readonly string[]>): string[] {
  return [...namespaces].filter(([, own]) => {
    const pairs = own.flatMap(from => own.filter(to => to !== from).map(to => [from, to] as const));
    if (pairs.length === 0 || !pairs.every(([from, to]) => reach.has(from, to))) return false;
    for (const [from, to] of pairs) reach.remove(from, to);
    return true;
  }).map(([namespace]) => namespace);
}

/** First every workload as one, then namespaces, as destination and as source. */
function takeAll(reach: Reach, namespaces: ReadonlyMap<string, readonly string[]>): void {
  const every = [...namespaces.values()].flat();
  const sets = [
    ...every.length >= EVERYONE_FROM && namespaces.size > 1 ? [{ id: EVERYONE, members: every }] : [],
    ...[...namespaces].filter(([, own]) => own.length > 1).map(([namespace, own]) => ({ id: groupId(namespace), members: own })),
  ];
  for (const { id, members } of sets) {
    for (const from of reach.sources()) {
      replace(members, from, id, to => reach.has(from, to), to => reach.remove(from, to), () => reach.add(from, id));
    }
  }
  for (const { id, members } of sets) {
    for (const to of reach.ends()) {
      replace(members, to, id, from => reach.has(from, to), from => reach.remove(from, to), () => reach.add(id, to));
    }
  }
}

/** Members of a set as one, where the other end is none of them and has to do with all; to every workload its own end may belong. */
function replace(
  members: readonly string[], end: string, id: string, has: (member: string) => boolean, remove: (member: string) => void, add: () => void,
): void {
  const others = members.filter(member => member !== end);
  if ((others.length < members.length && id !== EVERYONE) || end === id || !others.every(has)) return;
  others.forEach(remove);
  add();
}
