import { inNamespace } from './in-namespace';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { asList, asObject } from '../read';

/** An item of a LimitRange. */
export interface LimitItem {
  readonly located: Located;
  readonly max: Record<string, unknown>;
  readonly min: Record<string, unknown>;
  readonly default: Record<string, unknown>;
  readonly defaultRequest: Record<string, unknown>;
}

/** What the LimitRanges of a namespace say of containers. */
export function containerLimits(context: CheckContext, namespace: string): LimitItem[] {
  if (namespace === '') return [];
  const ranges = inNamespace(context, '', 'LimitRange', namespace);
  return ranges.flatMap(located => asList(asObject(located.object.spec)?.limits).flatMap(entry => {
    const item = asObject(entry);
    if (item?.type !== 'Container') return [];
    const amounts = (field: string) => asObject(item[field]) ?? {};
    return [{ located, max: amounts('max'), min: amounts('min'), default: amounts('default'), defaultRequest: amounts('defaultRequest') }];
  }));
}
