import { compareMinor } from '../../values/semver-minor';
import { asString } from '../read';
import type { ObjectRule } from '../rule';
import { clusterPolicy, TEAM_RULE } from './sample';

export const policyRefused: ObjectRule = {
  id: 'kyverno/PolicyRefused',
  severity: 'error',
  what: 'A policy of Kyverno\'s older language for a Kyverno that refuses it.',
  why: 'From 1.20 the webhook denies these kinds, and an upgrade with Helm stops while one of them is stored.',
  mend: 'Write a ValidatingPolicy, MutatingPolicy, GeneratingPolicy, DeletingPolicy or PolicyException of policies.kyverno.io, or keep Kyverno at 1.19.',
  link: 'https://kyverno.io/docs/policy-types/overview/',
  bad: `# target: { kyverno: '1.20' }${clusterPolicy(TEAM_RULE)}`,
  good: `# target: { kyverno: '1.19' }${clusterPolicy(TEAM_RULE)}`,
  kinds: ['ClusterPolicy', 'Policy', 'ClusterCleanupPolicy', 'CleanupPolicy', 'PolicyException'],
  checkObject(object, report, { target }) {
    const apiVersion = asString(object.object.apiVersion) ?? '';
    if (apiVersion.startsWith('kyverno.io/') && compareMinor(target.kyverno, '1.20') >= 0) {
      report({ object, pointer: '/kind', found: `${apiVersion} ${object.object.kind} for Kyverno ${target.kyverno}` });
    }
  },
};
