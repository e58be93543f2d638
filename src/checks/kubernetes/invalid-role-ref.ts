import { groupOf } from './group';
import { isTemplate, show } from './text';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const RBAC = 'rbac.authorization.k8s.io';

export const invalidRoleRef: ObjectRule = {
  id: 'kubernetes/InvalidRoleRef',
  severity: 'error',
  what: 'A binding refers to something that is no role it can bind.',
  why: 'The API server refuses the binding.',
  mend: 'Refer to a ClusterRole, or in a RoleBinding to a Role, of rbac.authorization.k8s.io.',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: readers }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: developers }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: readers }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: developers }]
`,
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  checkObject(located, report) {
    if (groupOf(located.object.apiVersion) !== RBAC) return;
    const roleRef = asObject(located.object.roleRef);
    if (!roleRef) return;
    const { kind, name, apiGroup } = roleRef;
    const kinds = located.object.kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
    // An empty group is filled in by the API server.
    if (typeof apiGroup === 'string' && apiGroup !== '' && apiGroup !== RBAC && !isTemplate(apiGroup)) {
      report({ object: located, pointer: '/roleRef/apiGroup', found: `the group ${show(apiGroup)}` });
    }
    if (typeof kind === 'string' && !kinds.includes(kind) && !isTemplate(kind)) {
      report({ object: located, pointer: '/roleRef/kind', found: `a ${located.object.kind} of a ${kind || 'nameless kind'}` });
    }
    if (name === '') report({ object: located, pointer: '/roleRef/name', found: 'an empty name of the role' });
  },
};
