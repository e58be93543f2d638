import type { PodsMeant } from './pods-meant';
import { remember } from './remember';
import type { Direction } from './rule';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { selectorMatches, type SelectorRequirement } from '../values/selector';

type Labels = Readonly<Record<string, string>>;

/** What policies do to those whom they are about, in one direction. */
export interface Governing {
  readonly isolates: boolean;
  /** The same where it is not certain. */
  readonly mayIsolate: boolean;
  readonly denies: boolean;
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** The selectors of a set's policies by whom they are about or whom they deny, found by namespace and label. */
export class GoverningSelectors {
  private readonly byLabel = new Map<string, PodsMeant[]>();
  /** Keys of labels that a pod has to have for some policy, by namespace. */
  private readonly keys = new Map<string, Set<string>>();

  /** @param isIn whether a namespace is one that is meant */
  constructor(meant: readonly PodsMeant[], private readonly isIn: (name: string, requirements: readonly SelectorRequirement[]) => boolean) {
    for (const one of meant) {
      if (!one.governing && !one.denied) continue;
      for (const space of namesOf(one.namespace)) {
        for (const label of labelsOf(one.pods)) remember(this.byLabel, `${space}\0${label}`, () => [] as PodsMeant[]).push(one);
        const keys = remember(this.keys, space, () => new Set<string>());
        for (const { key, operator } of one.pods) if (operator === 'In' || operator === 'Exists') keys.add(key);
      }
    }
  }

  /** Whether policies hold back pods with some labels that they would let through, had the pods a part of the labels only. */
  bindMore(namespace: string, labels: Labels, part: Labels, directions: readonly Direction[]): boolean {
    const isAsked = (key: string) => this.keys.get(namespace)?.has(key) === true || this.keys.get('')?.has(key) === true;
    if (!Object.keys(labels).some(key => labels[key] !== part[key] && isAsked(key))) return false;
    const own = this.about(namespace, labels);
    const others = new Set(this.about(namespace, part));
    return directions.some(direction => {
      const isIsolated = [...others].some(({ governing }) => governing?.[direction].isolates);
      return own.some(one => {
        const { mayIsolate = false, denies = false } = one.governing?.[direction] ?? {};
        return (one.denied || denies || (mayIsolate && !isIsolated)) && !others.has(one);
      });
    });
  }

  private about(namespace: string, labels: Labels): PodsMeant[] {
    const keys = ['', ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)];
    const candidates = [namespace, ''].flatMap(space => keys.flatMap(key => this.byLabel.get(`${space}\0${key}`) ?? []));
    return candidates.filter(one => selectorMatches({ matchExpressions: [...one.pods] }, labels) && this.isIn(namespace, one.namespace));
  }
}

/** The directions that matter of pods at the other end: whom an ingress means has to get out. */
export function directionsOf({ sides }: PodsMeant): readonly Direction[] {
  return sides === 'from' ? ['egress'] : sides === 'to' ? ['ingress'] : DIRECTIONS;
}

function namesOf(requirements: readonly SelectorRequirement[]): readonly string[] {
  return requirements.find(({ key, operator }) => key === NAMESPACE_NAME_LABEL && operator === 'In')?.values ?? [''];
}

function labelsOf(requirements: readonly SelectorRequirement[]): readonly string[] {
  const listed = requirements.find(({ operator }) => operator === 'In');
  return listed ? (listed.values ?? []).map(value => `${listed.key}=${value}`) : [''];
}
