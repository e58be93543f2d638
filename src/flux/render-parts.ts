import type { FluxKubeConfig } from './flux-kube-config';
import type { FluxCommonMetadata } from './flux-metadata';
import type { FluxIgnoreRule, FluxPatch, FluxTarget } from './flux-patch';

/** A reference by name, as most fields that end in `Ref` are. */
export function nameRef(name: string | undefined): { name: string } | undefined {
  return name === undefined ? undefined : { name };
}

/** What is left when everything that was not said is taken out. */
export function said<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** A list, or nothing where it is empty: an empty one says nothing in any of Flux's kinds. */
export function listed<T, R>(items: readonly T[] | undefined, render: (item: T) => R): R[] | undefined {
  return items && items.length > 0 ? items.map(render) : undefined;
}

/** The same for what may be given in any order, and twice. */
export function unordered<T, R>(items: readonly T[] | undefined, render: (item: T) => R): R[] | undefined {
  const rendered = new Map(listed(items, item => [JSON.stringify(item), render(item)] as const));
  return rendered.size === 0 ? undefined : [...rendered].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** A reference as it is written in a namespace: what lies beside needs no namespace. */
export function beside<T extends { readonly namespace?: string }>(reference: T, namespace: string): T {
  return reference.namespace === namespace ? said({ ...reference, namespace: undefined }) : reference;
}

export function renderKubeConfig({ secretName, secretKey, configMapName }: FluxKubeConfig): object {
  return said({
    secretRef: secretName === undefined ? undefined : said({ name: secretName, key: secretKey }),
    configMapRef: nameRef(configMapName),
  });
}

export function renderCommonMetadata({ labels, annotations }: FluxCommonMetadata): object {
  return said({ labels, annotations });
}

export function renderPatch({ patch, target }: FluxPatch): object {
  return said({ patch, target: target && renderTarget(target) });
}

export function renderIgnoreRule({ paths, target }: FluxIgnoreRule): object {
  return said({ paths, target: target && renderTarget(target) });
}

export function copied<T extends object>(item: T): T {
  return said({ ...item });
}

function renderTarget({ group, version, kind, name, namespace, labelSelector, annotationSelector }: FluxTarget): object {
  return said({ group, version, kind, name, namespace, labelSelector, annotationSelector });
}
