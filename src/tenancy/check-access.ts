import type { TenantProps } from './tenant-namespace-props';
import { insist } from '../values/guardrails-error';
import { serviceAccountNameProblem } from '../values/names';
import { type Problem, problem } from '../values/problem';

/** What Kubernetes calls its own roles, users and groups. */
const SYSTEM = 'system:';

/**
 * Stops access that would reach beyond the namespace, or that the API server would not take.
 *
 * @param fluxLockdown whether Flux acts for a tenant with the tenant's own rights only
 */
export function checkAccess(at: string, { role, deployer, editors = [], viewers = [] }: TenantProps, fluxLockdown: boolean): void {
  if (role !== undefined) insist(at, 'role', roleProblem(role, fluxLockdown));
  if (deployer !== undefined) insist(at, 'deployer', serviceAccountNameProblem(deployer) ?? defaultAccountProblem(deployer));
  for (const [what, names] of Object.entries({ editors, viewers })) insist(at, what, groupsProblem(names));
}

/** The account that pods run as who name none: what it may do, all of them may. */
export function defaultAccountProblem(name: string): Problem | undefined {
  if (name !== 'default') return undefined;
  return problem(name, 'a service account of its own', 'Pods that name no service account run as `default`: take another one.');
}

/** A namespace that is the platform's own, and no tenant's. */
export function systemNamespaceProblem(name: string, systemNamespaces: readonly string[]): Problem | undefined {
  if (!systemNamespaces.includes(name)) return undefined;
  return problem(
    name, `a namespace that is not the platform's own: ${systemNamespaces.join(', ')}`,
    'Take the namespace of the tenant, or change `systemNamespaces` of Platform.',
  );
}

/**
 * A role that reaches beyond the namespace, or that is none.
 *
 * @param fluxLockdown whether Flux acts for a tenant with the tenant's own rights only
 */
export function roleProblem(role: string, fluxLockdown: boolean): Problem | undefined {
  // A role's name is a part of a path.
  if (!/^[^/%]+$/.test(role) || role === '.' || role === '..') {
    return problem(role, 'the name of a ClusterRole', 'Name one, or leave `role` out.');
  }
  if (role === 'cluster-admin') {
    return problem(role, 'a role that ends at the namespace', 'Leave `role` out and create a TenantRole; cluster-admin owns the cluster.');
  }
  if (role.startsWith(SYSTEM)) {
    return problem(role, 'a role for people; those of Kubernetes itself begin with system:', 'Leave `role` out and create a TenantRole.');
  }
  // Flux adds its own kinds to both, and without the lockdown it applies them as cluster-admin.
  if (!fluxLockdown && ['admin', 'edit'].includes(role)) {
    return problem(
      role, 'a role that cannot write Flux\'s kinds, since Flux is not locked down',
      'Leave `role` out and create a TenantRole, or lock Flux down and drop `fluxLockdown: false` from Platform.',
    );
  }
  return undefined;
}

function groupsProblem(names: readonly string[]): Problem | undefined {
  for (const name of names) {
    if (name.trim() === '') return problem(name, 'names of groups', 'Leave it out, or name the group.');
    if (name === '*') {
      // RBAC knows no wildcard among subjects: the binding would be for nobody.
      return problem(name, 'names of groups, each in full', 'Name the groups: a star stands for nobody.');
    }
    if (name !== name.trim() || /\p{Cc}/u.test(name)) {
      return problem(name, 'names of groups as the identity provider writes them', 'Take out the line break, or the blank at the end: the name has to be the same to a letter.');
    }
    if (name.startsWith(SYSTEM)) {
      // system:authenticated is everyone, system:serviceaccounts every program, system:masters above all roles.
      return problem(name, 'groups of people, as the identity provider names them', 'Name the group of the team: those of system: reach beyond it.');
    }
  }
  return undefined;
}
