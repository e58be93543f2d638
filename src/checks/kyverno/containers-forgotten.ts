import { asString } from '../read';
import type { ObjectRule } from '../rule';
import { containerPatternsOf, matchesPods } from './container-patterns';
import { jsonOf, listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy, validateRule } from './sample';

const PRIVILEGED = '[{ =(securityContext): { =(privileged): false } }]';

/** What only the main containers have. */
const OF_MAIN = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle', 'ports'];

export const containersForgotten: ObjectRule = {
  id: 'kyverno/ContainersForgotten',
  severity: 'warning',
  what: 'A rule for pods looks at their containers, and not at init or ephemeral ones.',
  why: 'Whoever may write a pod writes an init container, and `kubectl debug` an ephemeral one: both go past the rule.',
  mend: 'Ask the same of `=(initContainers)` and `=(ephemeralContainers)`; ephemeral ones have no resources.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#anchors',
  bad: clusterPolicy(validateRule(`pattern: { spec: { containers: ${PRIVILEGED} } }`, 'Pod')),
  good: clusterPolicy(validateRule(
    `pattern: { spec: { containers: ${PRIVILEGED}, =(initContainers): ${PRIVILEGED}, =(ephemeralContainers): ${PRIVILEGED} } }`, 'Pod',
  )),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const rules = rulesIn(object).filter(matchesPods);
    // Another rule of the policy may look at the others.
    let text: string | undefined;
    for (const rule of rules) {
      const { forgotten, pointer } = forgottenBy(rule);
      if (forgotten.length === 0) continue;
      const asked = text ??= rules.map(({ validate }) => jsonOf(validate) ?? '').join('');
      const missing = forgotten.filter(list => !asked.includes(list));
      if (missing.length > 0) report({ object, pointer, found: `containers, and not ${listed(missing)}, in the rule ${rule.name}` });
    }
  },
};

function forgottenBy(rule: PolicyRule): { forgotten: string[]; pointer: string } {
  const main = containerPatternsOf(rule).find(({ list }) => list === 'containers');
  if (main) {
    const asked = main.fields.filter(field => !OF_MAIN.includes(field) && field !== 'name');
    const ephemeral = asked.some(field => field !== 'resources') ? ['ephemeralContainers'] : [];
    return { forgotten: asked.length === 0 ? [] : ['initContainers', ...ephemeral], pointer: main.pointer };
  }
  const loop = rule.foreach.find(({ of, fields }) => of === 'validate' && /^request\.object\.spec\.containers(\[\])?$/.test(asString(fields.list) ?? ''));
  const text = loop ? jsonOf(loop.fields) ?? '' : '';
  const isOfMain = OF_MAIN.some(field => text.includes(field)) || text.includes('resources');
  return { forgotten: loop && !isOfMain ? ['initContainers', 'ephemeralContainers'] : [], pointer: loop?.pointer ?? rule.pointer };
}
