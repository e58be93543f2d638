import type { Construct } from 'constructs';
import type { FluxContext } from './check-parts';
import { namespaceOf } from '../platform/namespace-of';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

/** Where a construct's object is checked. */
export function fluxContext(construct: Construct, props: { readonly namespace?: string }): FluxContext {
  const at = where(construct);
  if (!props) refuse(at, 'props', problem(props, 'the properties of the object', 'Pass them as the third argument.'));
  const { flux, fluxLockdown } = Platform.of(construct);
  return { at, namespace: namespaceOf(construct, props.namespace), flux, lockdown: fluxLockdown };
}
