import { isKept } from '../../reach/cilium-labels';
import { requirementsOf, type Selector } from '../../values/selector';
import type { CheckContext } from '../check-context';

/**
 * What a finding says of a label that a selector asks for and Cilium leaves out of identities unless its agent is told otherwise; nothing
 * where there is none.
 *
 * @see https://docs.cilium.io/en/stable/operations/performance/scalability/identity-relevant-labels/
 */
export function unseenLabel(selector: Selector, { target }: CheckContext): string | undefined {
  if (target.cilium === undefined) return undefined;
  const asked = requirementsOf(selector).find(({ key, operator }) => (operator === 'In' || operator === 'Exists') && !isKept(key));
  return asked && `a selector on ${asked.key}, which Cilium leaves out of the labels that it selects by`;
}
