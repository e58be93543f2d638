import type { Located } from '../finding';
import { asObject, isKind } from '../read';
import type { ObjectRule } from '../rule';
import { type Fields, isGiven, shown } from './fields';
import { type Filter, filtersIn } from './filters';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const USER = /(?<![.\w])(serviceAccountName|serviceAccountNamespace|request\.(userInfo|roles|clusterRoles))\b/;
const FILTERS = ['subjects', 'roles', 'clusterRoles'];
/** What has match without rules, and how to mend it there. */
const WITHOUT_RULES: Readonly<Record<string, string>> = {
  PolicyException: 'Set `background: false` on the exception.',
  CleanupPolicy: 'Select by kind, name, namespace and label: a cleanup is no request.',
  ClusterCleanupPolicy: 'Select by kind, name, namespace and label: a cleanup is no request.',
};
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
  kinds: [...POLICY_KINDS, ...Object.keys(WITHOUT_RULES)],
  checkObject(object, report) {
    const mend = WITHOUT_RULES[object.object.kind];
    if (mend) {
      for (const { fields, place, pointer } of filtersWithoutRules(object)) {
        const field = userField(fields);
        if (field) report({ object, pointer: `${pointer}/${field}`, found: `${field} in ${place}`, mend });
      }
    }
    const policy = policyIn(object);
    if (!policy?.background) return;
    // Rules with targets run in the background by request, where the user is known; filters are refused all the same.
    const knowsUser = policy.rules.some(rule => isGiven(rule.mutate.targets));
    for (const rule of policy.rules) {
      for (const { fields, place, pointer } of rule.filters) {
        const field = userField(fields);
        if (field) report({ object, pointer: `${pointer}/${field}`, found: `${field} in ${place} of the rule ${rule.name}` });
      }
      const variable = knowsUser ? undefined : rule.variables.find(({ expression }) => USER.test(expression));
      if (variable) report({ object, pointer: variable.pointer, found: `{{ ${shown(variable.expression)} }} in the rule ${rule.name}` });
    }
  },
};

function userField(fields: Fields): string | undefined {
  return FILTERS.find(name => isGiven(fields[name]));
}

function filtersWithoutRules(object: Located): Filter[] {
  const spec = asObject(object.object.spec) ?? {};
  if (!isKind(object, 'kyverno.io', object.object.kind) || (object.object.kind === 'PolicyException' && spec.background === false)) return [];
  return (['match', 'exclude'] as const).flatMap(place => filtersIn(place, asObject(spec[place]) ?? {}, `/spec/${place}`));
}
