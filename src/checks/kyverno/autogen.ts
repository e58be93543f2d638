import type { Policy } from './policy';
import { asString } from '../read';
import { isGiven } from './fields';

/** Names the controllers that Kyverno makes rules for, from those for pods. */
const AUTOGEN_ANNOTATION = 'pod-policies.kyverno.io/autogen-controllers';

export const AUTOGEN_POINTER = '/metadata/annotations/pod-policies.kyverno.io~1autogen-controllers';

export const CONTROLLERS: readonly string[] = [
  'DaemonSet', 'Deployment', 'Job', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'CronJob',
];

export function autogenAnnotation(policy: Policy | undefined): string | undefined {
  return asString(policy?.annotations[AUTOGEN_ANNOTATION]);
}

/** Why Kyverno makes no rules for controllers from any rule of the policy. */
export function whyNoAutogen({ rules }: Policy): string | undefined {
  for (const rule of rules) {
    if (rule.has('generate')) return `the generate rule ${rule.name}`;
    if (isGiven(rule.mutate.patchesJson6902) || rule.foreach.some(({ fields }) => isGiven(fields.patchesJson6902))) {
      return `a JSON patch in the rule ${rule.name}`;
    }
    for (const { resources, kinds, place } of rule.filters) {
      const field = ['name', 'names', 'selector', 'annotations'].find(name => isGiven(resources[name]));
      if (field) return `${field} in ${place} of the rule ${rule.name}`;
      if (kinds.length > 1 && kinds.includes('Pod')) return `Pod beside other kinds in ${place} of the rule ${rule.name}`;
    }
  }
  return undefined;
}
