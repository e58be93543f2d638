import type { ObjectRule } from '../rule';
import { isGiven, shown } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const USER = /(?<![.\w])(serviceAccountName|serviceAccountNamespace|request\.(userInfo|roles|clusterRoles))\b/;
const FILTERS = ['subjects', 'roles', 'clusterRoles'];
const BODY = 'pattern: { metadata: { labels: { team: "?*" } } }';
const EXCLUDE = 'exclude: { any: [{ clusterRoles: [cluster-admin] }] }';

export const userInBackground: ObjectRule = {
  id: 'kyverno/UserInBackground',
  severity: 'error',
  what: 'A policy that runs in the background asks who makes the request.',
  why: 'A background scan has no request and no user, and the webhook refuses the policy.',
  mend: 'Set `background: false` on the policy.',
  link: 'https://kyverno.io/docs/policy-reports/background/',
  bad: clusterPolicy(validateRule(BODY, 'Deployment', EXCLUDE)),
  good: clusterPolicy(validateRule(BODY, 'Deployment', EXCLUDE), 'background: false'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    if (!policy?.background) return;
    // Rules with targets run in the background by request, where the user is known; filters are refused all the same.
    const knowsUser = policy.rules.some(rule => isGiven(rule.mutate.targets));
    for (const rule of policy.rules) {
      for (const { fields, place, pointer } of rule.filters) {
        const field = FILTERS.find(name => isGiven(fields[name]));
        if (field) report({ object, pointer: `${pointer}/${field}`, found: `${field} in ${place} of the rule ${rule.name}` });
      }
      const variable = knowsUser ? undefined : rule.variables.find(({ expression }) => USER.test(expression));
      if (variable) report({ object, pointer: variable.pointer, found: `{{ ${shown(variable.expression)} }} in the rule ${rule.name}` });
    }
  },
};
