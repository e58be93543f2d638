import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy } from './sample';
import { parseKind } from '../../values/kyverno-kind';
import { wildcardMatches } from '../../values/kyverno-wildcard';
import type { ObjectRule } from '../rule';

/** The subresources that an API server serves for the kinds of its own. */
const SUBRESOURCES: Record<string, readonly string[]> = {
  Pod: ['attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'log', 'portforward', 'proxy', 'resize', 'status'],
  Service: ['proxy', 'status'],
  Node: ['proxy', 'status'],
  Namespace: ['finalize', 'status'],
  ServiceAccount: ['token'],
  Deployment: ['scale', 'status'],
  ReplicaSet: ['scale', 'status'],
  StatefulSet: ['scale', 'status'],
  ReplicationController: ['scale', 'status'],
  DaemonSet: ['status'],
  Job: ['status'],
  CronJob: ['status'],
  PersistentVolume: ['status'],
  PersistentVolumeClaim: ['status'],
};

/** Kinds that only subresources have, with their group. */
const KINDS_OF_SUBRESOURCES: Record<string, string> = {
  Eviction: 'policy',
  NodeProxyOptions: '',
  PodAttachOptions: '',
  PodExecOptions: '',
  PodPortForwardOptions: '',
  PodProxyOptions: '',
  Scale: 'autoscaling',
  ServiceProxyOptions: '',
  TokenRequest: 'authentication.k8s.io',
};

export const subresourceInBackground: ObjectRule = {
  id: 'kyverno/SubresourceInBackground',
  severity: 'error',
  what: 'A validate rule for a subresource in a policy that runs in the background.',
  why: 'A subresource such as `exec` is a request and is stored nowhere, so there is nothing to scan, and the webhook refuses the policy.',
  mend: 'Set `background: false` on the policy.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample()),
  good: clusterPolicy(sample(), 'background: false'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    if (!policy?.background) return;
    for (const rule of policy.rules.filter(candidate => candidate.has('validate'))) {
      for (const { kinds, pointer } of rule.filters) {
        const sub = kinds.find(isSubresource);
        if (sub !== undefined) report({ object, pointer: `${pointer}/resources/kinds`, found: `the kind ${sub} in the rule ${rule.name}` });
      }
    }
  },
};

/** Kyverno asks the API server what a kind stands for, and refuses when one of the answers is a subresource. */
function isSubresource(text: string): boolean {
  const { kind = '', group = '*', subresource } = parseKind(text) ?? {};
  if (subresource === undefined) return Object.hasOwn(KINDS_OF_SUBRESOURCES, kind) && ['*', KINDS_OF_SUBRESOURCES[kind]].includes(group);
  const owners = kind.includes('*') ? Object.keys(SUBRESOURCES).filter(owner => wildcardMatches(kind, owner)) : [kind];
  return owners.some(owner => Object.hasOwn(SUBRESOURCES, owner) && SUBRESOURCES[owner]!.some(name => wildcardMatches(subresource, name)));
}

function sample(): string {
  return `
- name: no-exec
  match: { any: [{ resources: { kinds: [Pod/exec], namespaces: [shop], operations: [CONNECT] } }] }
  validate:
    failureAction: Enforce
    message: Nobody opens a shell here.
    deny: { conditions: { any: [{ key: "{{ request.operation }}", operator: Equals, value: CONNECT }] } }
`;
}
