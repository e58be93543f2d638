import type { ContainerLimits } from './container-limits';
import { CONTAINER_DEFAULTS, QUOTAS } from './tenant-figures';
import type { TenantSize } from './tenant-size';
import { insist, refuse } from '../values/guardrails-error';
import { compareQuantities, parseQuantity, quantityProblem } from '../values/quantity';

/**
 * The `hard` figures of a ResourceQuota.
 *
 * @throws GuardrailsError when a figure is no quantity
 */
export function quotaFigures(at: string, size: TenantSize, overrides: Record<string, string> = {}): Record<string, string> {
  for (const [resource, value] of Object.entries(overrides)) insist(at, `quota ${resource}`, quantityProblem(value));
  return { ...QUOTAS[size], ...overrides };
}

/**
 * The container entry of a LimitRange.
 *
 * @throws GuardrailsError when a figure is no quantity, or they are not in the order min, default request, default limit, max
 */
export function containerLimits(at: string, given: ContainerLimits = {}): object {
  const figures = {
    min: given.min ?? {},
    defaultRequest: { ...CONTAINER_DEFAULTS.defaultRequest, ...given.defaultRequest },
    default: { ...CONTAINER_DEFAULTS.default, ...given.defaultLimit },
    max: given.max ?? {},
  };
  for (const [field, values] of Object.entries(figures)) {
    for (const [resource, value] of Object.entries(values)) insist(at, `containerLimits ${field} ${resource}`, quantityProblem(value));
  }
  const order = Object.entries(figures);
  order.forEach(([smaller, low], i) => order.slice(i + 1).forEach(([larger, high]) => {
    for (const [resource, value] of Object.entries(low)) {
      const bound = (high as Record<string, string>)[resource];
      if (bound !== undefined && compareQuantities(parseQuantity(value)!, parseQuantity(bound)!) > 0) {
        refuse(at, 'containerLimits', {
          given: `${smaller} ${resource} ${value} above ${larger} ${bound}`,
          allowed: 'min <= defaultRequest <= defaultLimit <= max',
          mend: 'Raise the larger or lower the smaller one; the API server refuses the LimitRange otherwise.',
        });
      }
    }
  }));
  return { type: 'Container', ...Object.fromEntries(order.filter(([, values]) => Object.keys(values).length > 0)) };
}
