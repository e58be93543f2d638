import type { Construct, IConstruct } from 'constructs';
import { Platform } from './platform';
import { where } from './where';
import { displayName, identityOf, type Identifiable } from '../manifests/identity';
import { GuardrailsError } from '../values/guardrails-error';

const claims = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Notes who makes an object, so that a second maker in the same cluster is told at once and both are named.
 *
 * @throws GuardrailsError when another construct already makes an object of this identity.
 */
export function claimIdentity(scope: Construct, object: Identifiable): void {
  const { clusterName, _scope: cluster } = Platform.of(scope);
  const owners = claims.get(cluster) ?? new Map<string, string>();
  claims.set(cluster, owners);
  const identity = identityOf(object);
  const other = owners.get(identity);
  if (other !== undefined) {
    throw new GuardrailsError(where(scope), 'name', {
      given: `${displayName(object)}, which ${other} makes already`,
      allowed: `one maker for each object of the cluster ${clusterName}`,
      mend: 'Give one of them another `name`, or leave one out; several ports for one pair go into one call.',
    });
  }
  owners.set(identity, where(scope));
}
