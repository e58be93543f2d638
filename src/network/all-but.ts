import type { IConstruct } from 'constructs';
import type { Workload } from './workload';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { LabelSelector } from '../values/label-selector';
import type { SelectorRequirement } from '../values/selector';

/**
 * The pods of a workload, or all pods of the namespace, without those of some workloads. A selector can leave out what one
 * label tells; it cannot say "not both of these labels".
 *
 * @throws GuardrailsError when a workload that is left out is selected by anything but one label, or lives in another namespace:
 * its label would leave out pods of this one
 */
export function allBut(construct: IConstruct, namespace: string, subject: Workload | undefined, except: Workload[] = []): LabelSelector {
  const base = subject?.selector._selector ?? {};
  if (except.length === 0) return subject?.selector ?? LabelSelector.all();
  const values = new Map<string, string[]>();
  for (const workload of except) {
    if (workload.namespace !== namespace) {
      refuse(where(construct), 'except', {
        given: `${workload.name} of the namespace ${workload.namespace}`,
        allowed: `workloads of ${namespace}, where the policy is`,
        mend: `Leave it out here: a policy of ${namespace} is not about it.`,
      });
    }
    const { matchLabels = {}, matchExpressions = [] } = workload.selector._selector;
    const [label, ...more] = Object.entries(matchLabels);
    if (!label || more.length > 0 || matchExpressions.length > 0) {
      refuse(where(construct), 'except', {
        given: `${workload.name}, which is selected by ${workload.selector.toString() || 'nothing'}`,
        allowed: 'workloads that are selected by one label',
        mend: 'Give the workload a label of its own and select it by that alone.',
      });
    }
    values.set(label[0], [...values.get(label[0]) ?? [], label[1]]);
  }
  const excluded: SelectorRequirement[] = [...values].sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, list]) => ({ key, operator: 'NotIn', values: [...new Set(list)].sort() }));
  return LabelSelector._fromData(where(construct), {
    ...base,
    matchExpressions: [...base.matchExpressions ?? [], ...excluded],
  });
}
