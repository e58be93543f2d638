import type { Note } from './dataplane';
import type { Located } from '../checks/finding';
import { asObject } from '../checks/read';
import { displayName } from '../manifests/identity';

/** Kinds of policies that some clusters enforce and that are not looked at here. */
const FOREIGN: readonly (readonly [string, readonly string[]])[] = [
  ['policy.networking.k8s.io/', ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']],
  ['crd.projectcalico.org/', ['NetworkPolicy', 'GlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedGlobalNetworkPolicy']],
  ['projectcalico.org/', ['NetworkPolicy', 'GlobalNetworkPolicy']],
  ['crd.antrea.io/', ['NetworkPolicy', 'ClusterNetworkPolicy']],
  ['extensions/', ['NetworkPolicy']],
];

/** Kinds that are looked at, which have a name in every cluster. */
const OWN: readonly (readonly [string, readonly string[]])[] = [
  ['networking.k8s.io/', ['NetworkPolicy']],
  ['cilium.io/', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']],
];

const KINDS = new Set([...FOREIGN, ...OWN].flatMap(([, kinds]) => kinds));

/** An answer that leaves a policy out has to say so. */
export function notEvaluated(objects: readonly Located[]): Note[] {
  return objects.flatMap(policy => {
    const { apiVersion, kind, metadata } = policy.object;
    if (!KINDS.has(kind) || typeof apiVersion !== 'string') return [];
    const isOne = (kinds: typeof FOREIGN) => kinds.some(([group, names]) => apiVersion.startsWith(group) && names.includes(kind));
    const unnamed = typeof asObject(metadata)?.name !== 'string' && isOne(OWN);
    if (!unnamed && !isOne(FOREIGN)) return [];
    const why = unnamed ? ', since its name is not known before it is created' : '';
    return [{ policy, text: `${displayName(policy.object)} is not evaluated${why}: answers are as if it were not there` }];
  });
}
