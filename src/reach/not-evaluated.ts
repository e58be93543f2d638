import type { Note } from './dataplane';
import type { Located } from '../checks/finding';
import { displayName } from '../manifests/identity';

/** Kinds of policies that some clusters enforce and that are not looked at here. */
const FOREIGN: readonly (readonly [string, readonly string[]])[] = [
  ['policy.networking.k8s.io/', ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']],
  ['crd.projectcalico.org/', ['NetworkPolicy', 'GlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedGlobalNetworkPolicy']],
  ['projectcalico.org/', ['NetworkPolicy', 'GlobalNetworkPolicy']],
  ['crd.antrea.io/', ['NetworkPolicy', 'ClusterNetworkPolicy']],
];

const FOREIGN_KINDS = new Set(FOREIGN.flatMap(([, kinds]) => kinds));

/** An answer that leaves a policy out has to say so. */
export function notEvaluated(objects: readonly Located[]): Note[] {
  return objects.filter(({ object: { apiVersion, kind } }) => FOREIGN_KINDS.has(kind) && typeof apiVersion === 'string'
    && FOREIGN.some(([group, kinds]) => apiVersion.startsWith(group) && kinds.includes(kind)))
    .map(policy => ({ policy, text: `${displayName(policy.object)} is not evaluated: answers are as if it were not there` }));
}
