import { CONTAINER_CONTROLS, POD_CONTROLS, RESTRICTED_CONTROLS } from '../../values/kyverno-pod-security';
import { asList, asObject, asString, isKind } from '../read';
import type { ObjectRule } from '../rule';
import { below, type Fields, isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

export const podSecurityExclude: ObjectRule = {
  id: 'kyverno/PodSecurityExclude',
  severity: 'error',
  what: 'A control of the Pod Security Standards is excluded in a way that it cannot be.',
  why: 'A control of containers is let off for images, one of the pod never, and baseline does not know those of restricted; the webhook refuses the rest.',
  mend: 'Name images for a control of containers and none for one of the pod; write restrictedField and values together.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#pod-security',
  bad: clusterPolicy(validateRule('podSecurity: { level: restricted, version: latest, exclude: [{ controlName: Capabilities }] }', 'Pod')),
  good: clusterPolicy(validateRule('podSecurity: { level: restricted, version: latest, exclude: [{ controlName: Capabilities, images: ["ghcr.io/acme/*"] }] }', 'Pod')),
  kinds: [...POLICY_KINDS, 'PolicyException'],
  checkObject(object, report) {
    if (isKind(object, 'kyverno.io', 'PolicyException')) {
      for (const [index, entry] of asList(asObject(object.object.spec)?.podSecurity).entries()) {
        const found = problemOf(undefined, asObject(entry) ?? {});
        if (found) report({ object, pointer: below('/spec/podSecurity', index), found });
      }
    }
    for (const rule of rulesIn(object)) {
      const podSecurity = asObject(rule.validate.podSecurity) ?? {};
      for (const [index, entry] of asList(podSecurity.exclude).entries()) {
        const found = problemOf(podSecurity.level, asObject(entry) ?? {});
        if (found) report({ object, pointer: rule.at('validate', 'podSecurity', 'exclude', index), found: `${found} in the rule ${rule.name}` });
      }
    }
  },
};

function problemOf(level: unknown, { controlName, images, restrictedField, values }: Fields): string | undefined {
  const control = asString(controlName) ?? '';
  if (level === 'baseline' && RESTRICTED_CONTROLS.includes(control)) return `${control} at the level baseline`;
  if (CONTAINER_CONTROLS.includes(control) && !isGiven(images)) return `${control} without images`;
  if (POD_CONTROLS.includes(control) && isGiven(images)) return `${control} with images`;
  if (Boolean(restrictedField) === isGiven(values)) return undefined;
  return restrictedField ? 'restrictedField without values' : 'values without restrictedField';
}
