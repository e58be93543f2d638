import type { ObjectRule } from '../rule';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

export const neverRuns: ObjectRule = {
  id: 'kyverno/NeverRuns',
  severity: 'error',
  what: 'A policy is turned off at admission, and has nothing else to run at.',
  why: 'Mutate, generate and verifyImages need a request, and validate needs one or a background scan; the webhook refuses the rest.',
  mend: 'Drop `admission: false`, or keep it for validate rules that run in the background.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(TEAM_RULE, 'admission: false\nbackground: false'),
  good: clusterPolicy(TEAM_RULE, 'admission: false'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    if (!policy || policy.spec.admission !== false) return;
    const needy = policy.rules.find(rule => rule.has('mutate') || rule.has('generate') || rule.has('verifyImages'));
    if (!policy.background) report({ object, pointer: '/spec/admission', found: 'admission and background both false' });
    else if (needy) report({ object, pointer: '/spec/admission', found: `\`admission: false\` with the rule ${needy.name}` });
  },
};
