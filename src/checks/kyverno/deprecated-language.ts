import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';
import { compareMinor } from '../../values/semver-minor';
import type { ObjectRule } from '../rule';

export const deprecatedLanguage: ObjectRule = {
  id: 'kyverno/DeprecatedLanguage',
  severity: 'info',
  what: 'A ClusterPolicy or Policy for a Kyverno that is about to drop them.',
  why: 'They are deprecated since 1.17, and 1.20 refuses them.',
  mend: 'Plan to write it as a ValidatingPolicy, MutatingPolicy, GeneratingPolicy or ImageValidatingPolicy of policies.kyverno.io.',
  link: 'https://kyverno.io/docs/policy-types/overview/',
  bad: `# target: { kyverno: '1.19' }${clusterPolicy(TEAM_RULE)}`,
  good: `# target: { kyverno: '1.16' }${clusterPolicy(TEAM_RULE)}`,
  kinds: POLICY_KINDS,
  checkObject(object, report, { target: { kyverno } }) {
    if (policyIn(object) && compareMinor(kyverno, '1.17') >= 0 && compareMinor(kyverno, '1.20') < 0) {
      report({ object, pointer: '/kind', found: `a ${object.object.kind} for Kyverno ${kyverno}` });
    }
  },
};
