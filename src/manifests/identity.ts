import { word } from './word';

/** The part of an object that names it; what a half-written foreign object may lack is optional. */
export interface Identifiable {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/**
 * What the API server holds unique: group, kind, namespace and name. The version is left out, since `v1` and `v1beta1` of a
 * kind are the same object.
 */
export function identityOf(object: Identifiable): string {
  const slash = object.apiVersion?.indexOf('/') ?? -1;
  const group = slash < 0 ? '' : object.apiVersion!.slice(0, slash);
  return `${group}/${word(object.kind)}/${word(object.metadata?.namespace)}/${word(object.metadata?.name)}`;
}

/** The object as a person would ask kubectl for it: `NetworkPolicy payments/allow-dns`. */
export function displayName(object: Identifiable): string {
  const namespace = word(object.metadata?.namespace);
  return `${word(object.kind) || 'object'} ${namespace ? `${namespace}/` : ''}${word(object.metadata?.name) || '(without a name)'}`;
}
