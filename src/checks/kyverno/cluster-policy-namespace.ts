import { compareMinor } from '../../values/semver-minor';
import { asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { policyIn } from './policy';
import { TEAM_SPEC } from './sample';

export const clusterPolicyNamespace: ObjectRule = {
  id: 'kyverno/ClusterPolicyNamespace',
  severity: 'error',
  what: 'A ClusterPolicy has a namespace.',
  why: 'It is for all namespaces, and from 1.17 the webhook refuses one that names its own.',
  mend: 'Drop the namespace, or make it a Policy, which holds in its namespace only.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: team, namespace: shop }
${TEAM_SPEC}`,
  good: `
apiVersion: kyverno.io/v1
kind: Policy
metadata: { name: team, namespace: shop }
${TEAM_SPEC}`,
  kinds: ['ClusterPolicy'],
  checkObject(object, report, { target }) {
    const namespace = asString(asObject(object.object.metadata)?.namespace);
    if (policyIn(object) && namespace && compareMinor(target.kyverno, '1.17') >= 0) {
      report({ object, pointer: '/metadata/namespace', found: `the namespace ${namespace}` });
    }
  },
};
