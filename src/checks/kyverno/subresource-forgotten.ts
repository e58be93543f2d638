import type { ObjectRule } from '../rule';
import { jsonOf } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy, validateRule } from './sample';

const BODY = 'pattern: { spec: { replicas: ">1" } }';

export const subresourceForgotten: ObjectRule = {
  id: 'kyverno/SubresourceForgotten',
  severity: 'info',
  what: 'A rule looks at replicas or status, and does not match the subresource that changes them.',
  why: '`kubectl scale` and controllers write them through `scale` and `status`, past the rule; Kyverno warns.',
  mend: 'Match the subresource too, such as Deployment/scale, in a rule with `background: false`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(validateRule(BODY, 'Deployment')),
  good: clusterPolicy(validateRule(BODY, 'Deployment, Deployment/scale'), 'background: false'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const found = forgotten(rule);
      if (found) report({ object, pointer: rule.pointer, found: `${found} in the rule ${rule.name}` });
    }
  },
};

function forgotten(rule: PolicyRule): string | undefined {
  const { deny: _deny, ...validate } = rule.validate;
  const text = jsonOf([validate, rule.mutate]) ?? '';
  const matches = (subresource: string) => rule.filters.some(({ kinds }) => kinds.some(kind => kind.toLowerCase().includes(subresource)));
  if (text.includes('replicas') && !matches('scale')) return 'replicas without the subresource scale';
  return (text.includes('.status') || text.includes('"status":')) && !matches('status') ? 'status without the subresource status' : undefined;
}
