import type { ObjectRule } from '../rule';
import { AUTOGEN_POINTER, autogenAnnotation } from './autogen';
import { POLICY_KINDS, policyIn } from './policy';
import { validateRule } from './sample';

const FIVE = 'cronjob,daemonset,deployment,job,statefulset';

export const autogenIncomplete: ObjectRule = {
  id: 'kyverno/AutogenIncomplete',
  severity: 'info',
  what: 'A policy for pods leaves some of the controllers out of autogen.',
  why: 'Their pods are judged all the same when the controller makes them, where nobody sees the message; Kyverno warns.',
  mend: 'Name DaemonSet,Deployment,Job,StatefulSet,CronJob, drop the annotation, or exclude those pods with preconditions.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/autogen/',
  bad: sample('Deployment,StatefulSet'),
  good: sample('none'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    const annotation = autogenAnnotation(policy);
    if (annotation === undefined || annotation === 'none' || annotation.toLowerCase().split(',').sort().join() === FIVE) return;
    if (policy?.rules.some(({ kinds }) => kinds.length > 0 && kinds.every(kind => kind === 'Pod' || kind.endsWith('/Pod')))) {
      report({ object, pointer: AUTOGEN_POINTER, found: `${annotation} for a policy about pods` });
    }
  },
};

function sample(controllers: string): string {
  return `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: sample, annotations: { pod-policies.kyverno.io/autogen-controllers: "${controllers}" } }
spec:
  rules:
${validateRule('pattern: { metadata: { labels: { team: "?*" } } }', 'Pod').trim().replace(/^/gm, '    ')}
`;
}
