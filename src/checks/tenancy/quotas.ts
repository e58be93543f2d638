import { addQuantities, type Quantity } from '../../values/quantity';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { asObject, isKind } from '../read';
import { inNamespace } from './in-namespace';
import { readQuantity } from '../kubernetes/read-quantity';
import type { Workload } from '../kubernetes/workloads';

/** The resources that quotas hold requests and limits of. `cpu` in a quota is short for `requests.cpu`. */
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];

/** What a quota counts, as the field of containers that it adds up. */
export interface Counted {
  readonly field: 'requests' | 'limits';
  readonly resource: string;
}

export function countedBy(key: string): Counted | undefined {
  const [, field = 'requests', resource = ''] = /^(?:(requests|limits)\.)?(.+)$/.exec(key) ?? [];
  return COMPUTE.includes(resource) ? { field: field as Counted['field'], resource } : undefined;
}

/** The quotas of a namespace that are for all of its pods. */
export function quotasOf(context: CheckContext, namespace: string): Located[] {
  return namespace === '' ? [] : inNamespace(context, '', 'ResourceQuota', namespace).filter(({ object }) => {
    const { scopes, scopeSelector } = asObject(object.spec) ?? {};
    return !scopes && !scopeSelector;
  });
}

/** The least that a pod of a workload counts for: what its containers say themselves, without what defaults may add. */
export function leastOfPod({ containers }: Workload, { field, resource }: Counted): Quantity {
  return containers
    .filter(({ role }) => role !== 'init')
    .map(container => {
      const resources = asObject(container.fields.resources);
      const own = readQuantity(asObject(resources?.[field])?.[resource]);
      // A limit without a request is the request too.
      return own ?? (field === 'requests' ? readQuantity(asObject(resources?.limits)?.[resource]) : undefined) ?? { nanos: 0n };
    })
    .reduce(addQuantities, { nanos: 0n });
}

/** The least number of pods that a workload has as long as it is there. */
export function leastPods(context: CheckContext, { located, namespace }: Workload): number {
  const { kind } = located.object;
  if (kind === 'Pod') return 1;
  if (!['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].includes(kind)) return 0;
  const replicas = asObject(located.object.spec)?.replicas ?? 1;
  // Whoever scales it decides.
  if (inNamespace(context, 'autoscaling', 'HorizontalPodAutoscaler', namespace).length > 0) return 0;
  if (context.ofKind('ScaledObject').some(scaler => isKind(scaler, 'keda.sh', 'ScaledObject'))) return 0;
  return typeof replicas === 'number' && replicas > 0 ? replicas : 0;
}
