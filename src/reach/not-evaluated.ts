import type { Note } from './dataplane';
import { ofKind } from './world';
import { CheckContext } from '../checks/check-context';
import { CILIUM_POLICIES } from '../checks/cilium/read-policy';
import type { Located } from '../checks/finding';
import { groupOf } from '../checks/kubernetes/group';
import { asObject } from '../checks/read';
import { generatesIn, generatorRules, makesKind } from '../checks/tenancy/generator-targets';
import { displayName } from '../manifests/identity';
import type { Target } from '../target/target';

/** Kinds of policies that some clusters enforce and that are not looked at here. */
const FOREIGN: readonly (readonly [string, readonly string[]])[] = [
  ['policy.networking.k8s.io/', ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']],
  ['crd.projectcalico.org/', ['NetworkPolicy', 'GlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedGlobalNetworkPolicy']],
  ['projectcalico.org/', ['NetworkPolicy', 'GlobalNetworkPolicy']],
  ['crd.antrea.io/', ['NetworkPolicy', 'ClusterNetworkPolicy']],
];

/** Kinds that are looked at, which have a name in every cluster. */
const OWN: readonly (readonly [string, readonly string[]])[] = [
  ['networking.k8s.io/', ['NetworkPolicy']],
  ['cilium.io/', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']],
];

const KINDS = new Set([...FOREIGN, ...OWN].flatMap(([, kinds]) => kinds));

/** Policies of service meshes, which stand behind those of the network: they take away, and never add. */
const OF_MESHES: Readonly<Record<string, readonly string[]>> = {
  'security.istio.io': ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
  'policy.linkerd.io': ['AuthorizationPolicy', 'Server', 'ServerAuthorization'],
  'kuma.io': ['MeshTrafficPermission'],
  'consul.hashicorp.com': ['ServiceIntentions'],
};

/** An answer that leaves a policy out has to say so. */
export function notEvaluated(objects: readonly Located[], target: Target): Note[] {
  return [...foreign(objects), ...ofMeshes(objects), ...generated(objects, target)];
}

function foreign(objects: readonly Located[]): Note[] {
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

function ofMeshes(objects: readonly Located[]): Note[] {
  return oneNote(objects.filter(({ object: { apiVersion, kind } }) => {
    const group = groupOf(apiVersion) ?? '';
    return Object.hasOwn(OF_MESHES, group) && OF_MESHES[group]!.includes(kind);
  }), 'not evaluated: a service mesh may deny what is allowed here');
}

/** Policies that Kyverno makes in the cluster. */
function generated(objects: readonly Located[], target: Target): Note[] {
  const isMaker = ({ object: { kind } }: Located) => MAKERS.includes(kind);
  if (!objects.some(isMaker)) return [];
  const known = ofKind(objects, 'v1', 'Namespace');
  const context = new CheckContext([...objects.filter(isMaker), ...known], target);
  const namespaces = known.map(({ object }) => object.metadata.name);
  const rules = generatorRules(context).filter(rule => MADE.some(kind => makesKind(rule, kind))
    && (namespaces.length === 0 || namespaces.some(namespace => generatesIn(rule, namespace, context) !== false)));
  const computed = context.ofKind('GeneratingPolicy', 'NamespacedGeneratingPolicy')
    .filter(({ object }) => JSON.stringify(object.spec ?? {}).includes('NetworkPolicy'));
  return oneNote([...new Set([...rules.map(({ policy }) => policy), ...computed])],
    'said to make policies in the cluster: answers are as if those were not there');
}

const MAKERS: readonly unknown[] = ['ClusterPolicy', 'Policy', 'GeneratingPolicy', 'NamespacedGeneratingPolicy'];
const MADE: readonly string[] = ['NetworkPolicy', ...CILIUM_POLICIES];

function oneNote([policy, ...others]: readonly Located[], what: string): Note[] {
  if (!policy) return [];
  const name = displayName(policy.object);
  return [{ policy, text: others.length > 0 ? `${name} and ${others.length} more are ${what}` : `${name} is ${what}` }];
}
