import type { IcmpFamily } from './icmp-family';
import type { Protocol } from './protocol';

/** What a Port holds. */
export type PortSpec =
  | { readonly kind: 'all' }
  | { readonly kind: 'protocol'; readonly protocol: Protocol }
  | { readonly kind: 'number'; readonly protocol: Protocol; readonly port: number; readonly endPort?: number }
  | { readonly kind: 'named'; readonly protocol: Protocol; readonly name: string }
  | { readonly kind: 'icmp'; readonly family: IcmpFamily; readonly type: number };
