import { splitKey } from './cilium-labels';
import { readLabels } from './read-endpoints';
import { readRequirements } from './read-selector';
import type { Located } from '../checks/finding';
import { asObject, asString } from '../checks/read';
import { selectorMatches } from '../values/selector';

type Fields = Record<string, unknown>;

/** The Services that an item of `toServices` means, by name or by label; without a namespace every namespace is searched. */
export function servicesNamed(entry: Fields, services: readonly Located[]): Located[] {
  const named = asObject(entry.k8sService);
  const namespace = namespaceNamed(entry);
  const requirements = readRequirements(asObject(entry.k8sServiceSelector)?.selector)
    .map(requirement => ({ ...requirement, key: splitKey(requirement.key).name }));
  return services.filter(({ object: { metadata } }) => {
    if (namespace !== undefined && (metadata.namespace ?? 'default') !== namespace) return false;
    return named ? metadata.name === named.serviceName : selectorMatches({ matchExpressions: requirements }, readLabels(metadata.labels));
  });
}

export function namespaceNamed({ k8sService, k8sServiceSelector }: Fields): string | undefined {
  return asString(asObject(k8sService)?.namespace ?? asObject(k8sServiceSelector)?.namespace) || undefined;
}
