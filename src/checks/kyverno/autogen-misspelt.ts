import type { ObjectRule } from '../rule';
import { AUTOGEN_POINTER, autogenAnnotation, CONTROLLERS } from './autogen';
import { isTemplate } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { TEAM_SPEC } from './sample';

export const autogenMisspelt: ObjectRule = {
  id: 'kyverno/AutogenMisspelt',
  severity: 'warning',
  what: 'The annotation autogen-controllers has a name that Kyverno does not recognize.',
  why: 'It splits at commas and compares the names as they are, spaces and case included, and passes over the others.',
  mend: 'Write a list without spaces, such as Deployment,StatefulSet,CronJob.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/autogen/',
  bad: sample('Deployment, Job'),
  good: sample('Deployment,Job'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const annotation = autogenAnnotation(policyIn(object));
    if (annotation === undefined || isTemplate(annotation)) return;
    // A controller of another project is taken as it is.
    const lost = annotation.split(',').find(name => !CONTROLLERS.includes(name) && isMeant(name));
    if (lost !== undefined) report({ object, pointer: AUTOGEN_POINTER, found: `'${lost}'` });
  },
};

function isMeant(name: string): boolean {
  return CONTROLLERS.some(controller => controller.toLowerCase() === name.trim().toLowerCase().replace(/s$/, ''));
}

function sample(controllers: string): string {
  return `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: sample, annotations: { pod-policies.kyverno.io/autogen-controllers: "${controllers}" } }
${TEAM_SPEC}`;
}
