import type { ObjectRule } from '../rule';
import { AUTOGEN_POINTER, autogenAnnotation } from './autogen';
import { POLICY_KINDS, policyIn } from './policy';
import { TEAM_SPEC } from './sample';

export const autogenAll: ObjectRule = {
  id: 'kyverno/AutogenAll',
  severity: 'error',
  what: 'The annotation autogen-controllers says `all`.',
  why: 'It was taken once; now the webhook refuses the policy.',
  mend: 'Drop the annotation: every controller is the default.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/autogen/',
  bad: sample('all'),
  good: sample('none'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    if (autogenAnnotation(policyIn(object)) === 'all') report({ object, pointer: AUTOGEN_POINTER, found: '`all`' });
  },
};

function sample(controllers: string): string {
  return `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: sample, annotations: { pod-policies.kyverno.io/autogen-controllers: ${controllers} } }
${TEAM_SPEC}`;
}
