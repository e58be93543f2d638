import { groupOf } from './group';
import { RBAC } from './invalid-role-ref';
import { isTemplate, show } from './text';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

export const invalidSubject: ObjectRule = {
  id: 'kubernetes/InvalidSubject',
  severity: 'error',
  what: 'A binding names a subject of an unknown kind or group, or a service account without its namespace where one is needed.',
  why: 'The API server refuses the binding.',
  mend: 'Write a ServiceAccount with its namespace, or a User or Group of rbac.authorization.k8s.io.',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: readers }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: reader }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: readers }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects:
  - { kind: ServiceAccount, name: reader, namespace: shop }
  - { kind: Group, name: developers }
`,
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  checkObject(located, report) {
    const { object } = located;
    if (groupOf(object.apiVersion) !== RBAC) return;
    for (const [index, entry] of asList(object.subjects).entries()) {
      const subject = asObject(entry);
      const found = subject && subjectFault(subject, object.kind);
      if (found) report({ object: located, pointer: `/subjects/${index}`, found });
    }
  },
};

function subjectFault({ kind, name, namespace, apiGroup }: Record<string, unknown>, binding: string): string | undefined {
  const group = typeof apiGroup === 'string' && !isTemplate(apiGroup) ? apiGroup : '';
  if (name === '') return 'a subject with an empty name';
  if (typeof kind !== 'string' || isTemplate(kind)) return undefined;
  switch (kind) {
    case 'ServiceAccount':
      if (group !== '') return `a ServiceAccount of the group ${show(group)}, while service accounts have none`;
      // A RoleBinding takes its own namespace instead.
      return !namespace && binding === 'ClusterRoleBinding' ? `the ServiceAccount ${show(name)} without a namespace` : undefined;
    case 'User':
    case 'Group':
      return group === '' || group === RBAC ? undefined : `a ${kind} of the group ${show(group)}`;
    default:
      return `a subject of the kind ${show(kind)}`;
  }
}
