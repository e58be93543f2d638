import type { Cluster } from './cluster';
import { KnownPods } from './known-pods';
import { type PodsMeant, podsMeant } from './pods-meant';
import { type Stranger, strangersOf } from './strangers';
import { displayName } from '../manifests/identity';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { selectorMatches, type SelectorRequirement } from '../values/selector';

/**
 * Pods that show what is different between two sets, be they in one or not: those whom policies mean that changed, and those of Namespaces
 * whose labels did.
 *
 * @param titles of the policies that changed
 */
export function strangersOfChange(one: Cluster, other: Cluster, titles: ReadonlySet<string>): Stranger[] {
  return one.looksForStrangers ? [...ofPolicies(one, other, titles), ...ofNamespaces(one, changedNamespaces(one, other))] : [];
}

/** Told apart where the policies of either set do. */
function ofPolicies(one: Cluster, other: Cluster, titles: ReadonlySet<string>): Stranger[] {
  const { world: { objects, namespaces }, dataplane } = one;
  // Who stands for those whom a policy is about is held back by no others, neither before nor after.
  const known = [one, other].map(({ world, meant: governing }) => (
    new KnownPods(world.endpoints.filter(({ stranger }) => !stranger), world.namespaces, world.target.clusterName, governing)
  ));
  const meant = podsMeant(objects.filter(({ object }) => titles.has(displayName(object))), dataplane === 'cilium', objects)
    .filter(pods => !pods.subject || !known.every(set => set.hasFreeSubject(pods)));
  return strangersOf(meant, { endpoints: [], namespaces }, [...one.meant, ...other.meant]);
}

/** Pods of some namespaces that selectors mean by labels of these. */
function ofNamespaces({ world: { namespaces }, meant: all }: Cluster, names: readonly string[]): Stranger[] {
  const byLabel = all.filter(({ namespace }) => namespace.some(({ key }) => key !== NAMESPACE_NAME_LABEL));
  const meant = names.flatMap(name => {
    const labels = { ...namespaces.get(name), [NAMESPACE_NAME_LABEL]: name };
    const namespace: SelectorRequirement[] = [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [name] }];
    return byLabel.filter(one => selectorMatches({ matchExpressions: [...one.namespace] }, labels))
      .map((one): PodsMeant => ({ ...one, namespace, subject: false }));
  });
  return strangersOf(meant, { endpoints: [], namespaces });
}

function changedNamespaces({ world: one }: Cluster, { world: other }: Cluster): string[] {
  const labelsOf = ({ namespaces }: Cluster['world'], name: string) => JSON.stringify(Object.entries(namespaces.get(name) ?? {}).sort());
  return [...new Set([...one.namespaces.keys(), ...other.namespaces.keys()])].filter(name => labelsOf(one, name) !== labelsOf(other, name));
}
