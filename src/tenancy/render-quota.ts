import { CONTAINER_DEFAULTS, QUOTAS } from './tenant-figures';
import type { TenantSize } from './tenant-size';
import { containerLimitItem } from '../platform/container-limit-item';
import type { ContainerLimits } from '../platform/container-limits';
import { quotaFigureProblem } from '../platform/resource-figures';
import { insist } from '../values/guardrails-error';

/**
 * The `hard` figures of a ResourceQuota.
 *
 * @throws GuardrailsError when the API server would not take a figure
 */
export function quotaFigures(at: string, size: TenantSize, overrides: Record<string, string> = {}): Record<string, string> {
  for (const [resource, value] of Object.entries(overrides)) insist(at, `quota ${resource}`, quotaFigureProblem(resource, value));
  return { ...QUOTAS[size], ...overrides };
}

/**
 * The container item of a LimitRange, with the defaults of the library where nothing is said.
 *
 * @throws GuardrailsError when a figure is no quantity, or they do not rise from min over the defaults to max
 */
export function containerLimits(at: string, given: ContainerLimits = {}): object {
  return containerLimitItem(at, {
    ...given,
    defaultRequest: { ...CONTAINER_DEFAULTS.defaultRequest, ...given.defaultRequest },
    defaultLimit: { ...CONTAINER_DEFAULTS.defaultLimit, ...given.defaultLimit },
  });
}
