import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { below, type Fields, isTemplate, shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

const KINDS = ['User', 'Group', 'ServiceAccount'];

export const subjectIncomplete: ObjectRule = {
  id: 'kyverno/SubjectIncomplete',
  severity: 'error',
  what: 'A subject or role of match or exclude does not say whom it means.',
  why: 'A ServiceAccount and a Role lie in a namespace, and subjects are of three kinds; the webhook refuses the rest.',
  mend: 'Write `kind: User`, `Group`, or `ServiceAccount` with its namespace; write a role as `namespace:name`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample('{ kind: ServiceAccount, name: deployer }'), 'background: false'),
  good: clusterPolicy(sample('{ kind: ServiceAccount, name: deployer, namespace: shop }'), 'background: false'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { fields, pointer } of rule.filters) {
        for (const [index, subject] of asList(fields.subjects).entries()) {
          const wrong = subjectProblem(asObject(subject) ?? {});
          if (wrong) report({ object, pointer: below(pointer, 'subjects', index), found: wrong });
        }
        for (const [index, role] of asList(fields.roles).entries()) {
          if (typeof role === 'string' && !isTemplate(role) && role.split(':').length !== 2) {
            report({ object, pointer: below(pointer, 'roles', index), found: `the role ${role}` });
          }
        }
      }
    }
  },
};

function subjectProblem({ kind, name, namespace }: Fields): string | undefined {
  if (asString(kind) !== undefined && !KINDS.includes(asString(kind) ?? '')) return `a subject of the kind ${shown(kind)}`;
  return kind === 'ServiceAccount' && !namespace ? `the ServiceAccount ${shown(name)} without a namespace` : undefined;
}

function sample(subject: string): string {
  return `
- name: team
  match: { any: [{ resources: { kinds: [Deployment] } }] }
  exclude: { any: [{ subjects: [${subject}] }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
