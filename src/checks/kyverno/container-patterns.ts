import { type Fields, spotsIn } from './fields';
import type { PolicyRule } from './policy-rule';
import { withoutAnchor } from '../../values/kyverno-anchor';
import { asList, asObject } from '../read';

/** A list of containers in a pattern, and the pattern of its elements. */
export interface ContainerPattern {
  readonly list: string;
  readonly pointer: string;
  /** The fields that are asked of a container, without anchors. */
  readonly fields: readonly string[];
}

const LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** The container lists in the patterns of a rule. */
export function containerPatternsOf(rule: PolicyRule): ContainerPattern[] {
  return rule.patterns.filter(({ ofElement }) => !ofElement).flatMap(({ value, pointer }) =>
    spotsIn(value, pointer, isContainerList).map(spot => ({
      list: withoutAnchor(spot.key),
      pointer: spot.pointer,
      fields: fieldsAsked(asObject(asList(spot.value)[0]) ?? {}),
    })));
}

function isContainerList(key: string, value: unknown): boolean {
  return Array.isArray(value) && LISTS.includes(withoutAnchor(key)) && asObject(value[0]) !== undefined;
}

/** A condition, `(name)`, only says which containers are meant. */
function fieldsAsked(element: Fields): string[] {
  return Object.keys(element).filter(key => !key.startsWith('(')).map(withoutAnchor);
}

export function matchesPods(rule: PolicyRule): boolean {
  return rule.kinds.some(kind => kind === 'Pod' || kind.endsWith('/Pod'));
}
