import type { ContainerLimits } from './container-limits';
import { containerFigureProblem } from './resource-figures';
import { insist, refuse } from '../values/guardrails-error';
import { canonicalAmounts, compareQuantities, parseQuantity } from '../values/quantity';

type Amounts = Record<string, string>;

/**
 * The item of a LimitRange, with what the API server would fill in: whoever compares what is written with what is there, as Kyverno
 * does, would otherwise write it again and again.
 *
 * @throws GuardrailsError when a figure is no quantity, or they do not rise from min over the defaults to max
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function containerLimitItem(at: string, limits: ContainerLimits): object {
  for (const [field, amounts] of Object.entries(limits) as [string, Amounts | undefined][]) {
    for (const [resource, quantity] of Object.entries(amounts ?? {})) {
      insist(at, `containerLimits.${field}.${resource}`, containerFigureProblem(resource, quantity));
    }
  }
  const { min = {}, max = {} } = limits;
  const defaultLimit = { ...max, ...limits.defaultLimit };
  const defaultRequest = { ...min, ...defaultLimit, ...limits.defaultRequest };
  checkOrder(at, { min, defaultRequest: limits.defaultRequest ?? {}, defaultLimit: limits.defaultLimit ?? {}, max });
  const item = { min, defaultRequest, default: defaultLimit, max };
  const filled = Object.entries(item).filter(([, amounts]) => Object.keys(amounts).length > 0);
  if (filled.length === 0) {
    refuse(at, 'containerLimits', { given: 'no resource', allowed: 'at least one resource', mend: 'Name one, or leave `containerLimits` out.' });
  }
  return { type: 'Container', ...Object.fromEntries(filled.map(([field, amounts]) => [field, canonicalAmounts(amounts)])) };
}

/** Each amount up to the next one, as the API server asks. */
function checkOrder(at: string, given: Record<string, Amounts>): void {
  const steps = Object.entries(given);
  steps.forEach(([lower, amounts], index) => {
    for (const [upper, bounds] of steps.slice(index + 1)) {
      for (const [resource, quantity] of Object.entries(amounts)) {
        const least = parseQuantity(quantity);
        const most = parseQuantity(bounds[resource] ?? quantity);
        if (least && most && compareQuantities(least, most) > 0) {
          refuse(at, `containerLimits.${lower}.${resource}`, {
            given: `${quantity}, above ${bounds[resource]} of ${upper}`,
            allowed: 'min, defaultRequest, defaultLimit and max in rising order',
            mend: `Lower it, or raise ${upper}.`,
          });
        }
      }
    }
  });
}
