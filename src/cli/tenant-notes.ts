import { UsageError } from './exit-code';
import type { Located } from '../checks/finding';
import type { Change } from '../reach/diff';
import type { Party } from '../reach/party';
import { readLabels } from '../reach/read-endpoints';
import { ofKind } from '../reach/world';
import { tenantOf } from '../target/tenant-of';
import { TENANT_LABEL } from '../target/well-known-labels';

const SHOWN = 5;

type Labels = Readonly<Record<string, string>>;

/**
 * What a gate about tenants cannot see, and why.
 *
 * @param given the label that is named for it
 * @throws UsageError where no Namespace has that label: nothing would ever cross
 */
export function tenantNotes(changes: readonly Change[], objects: readonly Located[], given: string | undefined): string[] {
  const namespaces = ofKind(objects, 'v1', 'Namespace')
    .map(({ object: { metadata } }): [string, Labels] => [metadata.name, readLabels(metadata.labels)]);
  const label = given ?? TENANT_LABEL;
  if (given !== undefined && namespaces.length > 0 && !namespaces.some(([, labels]) => Object.hasOwn(labels, given))) {
    const known = [...new Set(namespaces.flatMap(([, labels]) => Object.keys(labels)))].sort().join(', ') || 'none';
    throw new UsageError(`--tenant-label ${given}: no Namespace has it; labels of Namespaces are ${known}`);
  }
  if (!namespaces.some(([name, labels]) => tenantOf(name, labels, label) !== undefined)) {
    return changes.some(isAcrossTenants) ? []
      : [`no Namespace has the label ${label}, so nothing can be told to cross from one tenant to another; --tenant-label names another`];
  }
  const names = untoldNamespaces(changes, new Set(namespaces.map(([name]) => name)));
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.length === 0 ? [] : [
    `whose the namespaces ${names.slice(0, SHOWN).join(', ')}${more} are is not known without their Namespaces: what changes between them does not count as cross-tenant`,
  ];
}

function isAcrossTenants({ traits }: Change): boolean {
  return traits.includes('cross-tenant');
}

/** Those between which something changes, and of none of which the Namespace is known. */
function untoldNamespaces(changes: readonly Change[], known: ReadonlySet<string>): string[] {
  const ends = changes.filter(change => change.traits.includes('cross-namespace') && !isAcrossTenants(change))
    .map(({ from, to }) => [from, to].flatMap(party => untoldNamespace(party, known)));
  return [...new Set(ends.filter(({ length }) => length === 2).flat())].sort();
}

function untoldNamespace(party: Party, known: ReadonlySet<string>): string[] {
  return party.type === 'workload' && !known.has(party.endpoint.namespace) ? [party.endpoint.namespace] : [];
}
