import type { Construct } from 'constructs';
import { addObject } from '../platform/kube-object';

export const RBAC = 'rbac.authorization.k8s.io';

/** Gives these subjects the rights of a ClusterRole in a namespace. */
export function bindRole(
  construct: Construct, id: string, metadata: { name: string; namespace: string }, role: string, subjects: object[],
): void {
  addObject(construct, {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    // A binding's role cannot be changed in place: without this Flux would stop at the first change.
    metadata: { ...metadata, annotations: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' } },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects,
  }, id);
}
