import type { TenantRoleRule } from './tenant-role-rule';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

const READING = ['get', 'list', 'watch'];
const GUARD_GROUPS = ['cilium.io', 'kyverno.io', 'policies.kyverno.io', 'policy.networking.k8s.io', 'rbac.authorization.k8s.io'];

/** Stops rights with which a tenant could undo its guard. Reading is harmless. */
export function refuseGuardRules(at: string, rules: TenantRoleRule[]): void {
  for (const { apiGroups, resources, verbs } of rules) {
    if (verbs.every(verb => READING.includes(verb))) continue;
    const group = apiGroups.find(name => name === '*' || GUARD_GROUPS.includes(name) || name.endsWith('.toolkit.fluxcd.io'));
    const policies = resources.find(name => name === '*' || name === 'networkpolicies' || name === 'resourcequotas' || name === 'limitranges');
    const found = group ?? policies;
    if (found !== undefined) {
      refuse(at, 'rules', problem(
        found,
        'kinds that guard no tenant, each by its name: no wildcard, no policy, quota, role, nor kind of Cilium, Kyverno or Flux',
        'Name the kinds that tenants need, such as httproutes of gateway.networking.k8s.io.',
      ));
    }
  }
}
