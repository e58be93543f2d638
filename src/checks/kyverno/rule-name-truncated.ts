import type { ObjectRule } from '../rule';
import { autogenAnnotation, whyNoAutogen } from './autogen';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

/** `autogen-cronjob-` and the name are cut to 63 characters. */
const LONGEST = 47;

export const ruleNameTruncated: ObjectRule = {
  id: 'kyverno/RuleNameTruncated',
  severity: 'info',
  what: 'The name of a rule for pods is longer than 47 characters.',
  why: 'Kyverno cuts `autogen-cronjob-` and the name to 63, so reports and exceptions know the rule by another name.',
  mend: 'Shorten the name.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/autogen/',
  bad: clusterPolicy(sample('every-container-of-a-pod-has-a-limit-for-its-memory')),
  good: clusterPolicy(sample('every-container-has-a-memory-limit')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    if (!policy || autogenAnnotation(policy) === 'none') return;
    for (const rule of policy.rules) {
      if (rule.name.length > LONGEST && rule.name.length <= 63 && rule.kinds.includes('Pod') && !whyNoAutogen(policy)) {
        report({ object, pointer: rule.at('name'), found: `a rule name of ${rule.name.length} characters` });
      }
    }
  },
};

function sample(name: string): string {
  return validateRule('pattern: { metadata: { labels: { team: "?*" } } }', 'Pod').replace('name: sample', `name: ${name}`);
}
