import type { Spot } from './spot';
import { LabelSelector } from '../../values/label-selector';
import { selectorProblem } from '../../values/selector';

/**
 * What Kubernetes asks of label selectors, wherever they stand: a key with a source of Cilium's before it, such as `k8s:app`,
 * is taken by LabelSelector for Cilium's sake and matches nothing here.
 */
export function checkSelectors(spot: Spot, value: unknown): void {
  if (value instanceof LabelSelector) {
    spot.insist(selectorProblem(value._selector));
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => checkSelectors(spot.in(index), item));
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, item]) => checkSelectors(spot.in(key), item));
  }
}
