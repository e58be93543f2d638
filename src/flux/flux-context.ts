import type { Construct } from 'constructs';
import type { FluxContext } from './check-parts';
import { namespaceOf } from '../platform/namespace-of';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';

/** Where a construct's object is checked. */
export function fluxContext(construct: Construct, props: { readonly namespace?: string }): FluxContext {
  const at = where(construct);
  const { flux, fluxLockdown } = Platform.of(construct);
  return { at, namespace: namespaceOf(construct, props.namespace), flux, lockdown: fluxLockdown };
}
