import type { TenantProps } from './tenant-namespace-props';
import { insist, refuse } from '../values/guardrails-error';
import { serviceAccountNameProblem } from '../values/names';
import { problem } from '../values/problem';

/**
 * Stops access that would reach beyond the namespace, or that the API server would not take.
 *
 * @param fluxLockdown whether Flux acts for a tenant with the tenant's own rights only
 */
export function checkAccess(at: string, { role, deployer, editors = [], viewers = [] }: TenantProps, fluxLockdown: boolean): void {
  if (role !== undefined) checkRole(at, role, fluxLockdown);
  if (deployer !== undefined) insist(at, 'deployer', serviceAccountNameProblem(deployer));
  if (deployer === 'default') {
    refuse(at, 'deployer', problem(
      deployer, 'a service account of its own', 'Pods that name no service account run as `default`: take another name.',
    ));
  }
  for (const [what, names] of Object.entries({ editors, viewers })) {
    if (names.includes('')) refuse(at, what, problem('', 'names of groups', 'Leave the empty name out.'));
  }
}

function checkRole(at: string, role: string, fluxLockdown: boolean): void {
  if (!/^[^/%]+$/.test(role)) insist(at, 'role', problem(role, 'the name of a ClusterRole', 'Name one, or leave `role` out.'));
  if (role === 'cluster-admin') {
    refuse(at, 'role', problem(
      role, 'a role that ends at the namespace', 'Leave `role` out and create a TenantRole; cluster-admin owns the cluster.',
    ));
  }
  // Flux adds its own kinds to both, and without the lockdown it applies them as cluster-admin.
  if (!fluxLockdown && ['admin', 'edit'].includes(role)) {
    refuse(at, 'role', problem(
      role, 'a role that cannot write Flux\'s kinds, since Flux is not locked down',
      'Leave `role` out and create a TenantRole, or lock Flux down and drop `fluxLockdown: false` from Platform.',
    ));
  }
}
