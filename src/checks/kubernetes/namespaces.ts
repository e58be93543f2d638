import { readLabels } from './read-selector';
import { plainText } from './text';
import { NAMESPACE_NAME_LABEL } from '../../target/well-known-labels';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { asObject } from '../read';

/** A Namespace of the set. */
export interface NamespaceReading {
  readonly located: Located;
  readonly name: string;
  /** With the one that the API server adds; nothing where a label is a template. */
  readonly labels?: Record<string, string>;
}

const sets = new WeakMap<CheckContext, ReadonlyMap<string, NamespaceReading>>();

/** The Namespaces of the set, by name. */
export function namespacesOf(context: CheckContext): ReadonlyMap<string, NamespaceReading> {
  let namespaces = sets.get(context);
  if (!namespaces) {
    namespaces = new Map(context.ofKind('Namespace').flatMap(located => {
      const metadata = asObject(located.object.metadata);
      const name = plainText(metadata?.name);
      if (name === undefined || located.object.apiVersion !== 'v1') return [];
      const labels = readLabels(metadata?.labels);
      return [[name, { located, name, labels: labels && { ...labels, [NAMESPACE_NAME_LABEL]: name } }] as const];
    }));
    sets.set(context, namespaces);
  }
  return namespaces;
}

/** Namespaces that belong to the cluster and not to anybody who writes workloads. */
export function isSystemNamespace(name: string): boolean {
  return name.startsWith('kube-') || name.startsWith('openshift-');
}
