import type { Entity } from './entity';
import type { Selector } from '../values/selector';

/** Where the pods of a peer live. */
export type NamespaceScope =
  | { readonly kind: 'same' }
  | { readonly kind: 'named'; readonly names: readonly string[] }
  | { readonly kind: 'labelled'; readonly selector: Selector }
  | { readonly kind: 'any' };

/** What a Peer holds. */
export type PeerSpec =
  | { readonly kind: 'pods'; readonly namespaces: NamespaceScope; readonly pods?: Selector; readonly serviceAccount?: string }
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'cidr'; readonly cidr: string; readonly except: readonly string[] }
  | { readonly kind: 'entity'; readonly entity: Entity }
  | { readonly kind: 'fqdn'; readonly field: 'matchName' | 'matchPattern'; readonly value: string }
  | { readonly kind: 'nodes'; readonly selector: Selector }
  | { readonly kind: 'cidrGroup'; readonly group: string; readonly except: readonly string[] }
  | { readonly kind: 'cidrGroups'; readonly selector: Selector; readonly except: readonly string[] };
