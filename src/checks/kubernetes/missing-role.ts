import { groupOf } from './group';
import { RBAC } from './invalid-role-ref';
import { plainText } from './text';
import { namespaceOf } from './workloads';
import { word } from '../../manifests/word';
import type { CheckContext } from '../check-context';
import { asObject } from '../read';
import type { SetRule } from '../rule';

/** Those that the API server makes, besides the many that begin with `system:`. */
const BUILT_IN = ['cluster-admin', 'admin', 'edit', 'view'];

export const missingRole: SetRule = {
  id: 'kubernetes/MissingRole',
  severity: 'info',
  what: 'A binding refers to a role that is not among the objects.',
  why: 'Unless something else makes that role, the binding grants nothing.',
  mend: 'Add the role, or see to it that it exists.',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: developers }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: developers }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
`,
  *checkSet(context) {
    const roles = new Set(rbac(context, 'Role', 'ClusterRole').map(located => {
      const { kind } = located.object;
      return `${kind} ${kind === 'Role' ? namespaceOf(located) : ''}/${word(asObject(located.object.metadata)?.name)}`;
    }));
    for (const located of rbac(context, 'RoleBinding', 'ClusterRoleBinding')) {
      const roleRef = asObject(located.object.roleRef);
      const [kind, name] = [roleRef?.kind, plainText(roleRef?.name)];
      if (!name || (kind !== 'Role' && kind !== 'ClusterRole')) continue;
      if (kind === 'ClusterRole' && (BUILT_IN.includes(name) || name.startsWith('system:'))) continue;
      if (!roles.has(`${kind} ${kind === 'Role' ? namespaceOf(located) : ''}/${name}`)) {
        yield { object: located, pointer: '/roleRef', found: `the ${kind} ${name}, which is not among the objects` };
      }
    }
  },
};

function rbac(context: CheckContext, ...kinds: string[]) {
  return context.ofKind(...kinds).filter(({ object }) => groupOf(object.apiVersion) === RBAC);
}
