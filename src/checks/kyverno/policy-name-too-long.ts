import { asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { isTemplate } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { TEAM_SPEC } from './sample';

const LONGEST = 63;
export const policyNameTooLong: ObjectRule = {
  id: 'kyverno/PolicyNameTooLong',
  severity: 'error',
  what: 'The name of a policy is longer than 63 bytes.',
  why: 'Kyverno writes the name into labels, which hold no more, and its webhook refuses the policy.',
  mend: 'Shorten the name to 63 characters.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: every-deployment-of-every-team-says-which-team-it-belongs-to-in-a-label }
${TEAM_SPEC}`,
  good: `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: every-deployment-says-which-team-it-belongs-to }
${TEAM_SPEC}`,
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const name = asString(asObject(object.object.metadata)?.name) ?? '';
    if (!policyIn(object) || isTemplate(name)) return;
    const bytes = Buffer.byteLength(name);
    if (bytes > LONGEST) report({ object, pointer: '/metadata/name', found: `a name of ${bytes} bytes` });
  },
};
