import type { TenantRoleRule } from './tenant-role-rule';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

const READING = ['get', 'list', 'watch'];
const GUARD_GROUPS = ['cilium.io', 'kyverno.io', 'policies.kyverno.io', 'policy.networking.k8s.io', 'rbac.authorization.k8s.io'];

/**
 * Kinds of any group that hold a tenant: policies and quotas, and the labels of its namespace, by which policies and Pod Security
 * know it.
 */
const GUARDS = ['limitranges', 'namespaces', 'networkpolicies', 'resourcequotas'];

/** With these a tenant has the cluster's proxies and gateways send traffic where its own pods may not go. */
const DETOURS = ['endpoints', 'endpointslices'];

/**
 * Stops rights with which a tenant could undo its guard. Reading is harmless.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#write-access-for-endpoints
 */
export function refuseGuardRules(at: string, rules: TenantRoleRule[]): void {
  for (const rule of rules) {
    refuseIncomplete(at, rule);
    const { apiGroups, resources, verbs } = rule;
    if (verbs.every(verb => READING.includes(verb))) continue;
    const group = apiGroups.find(name => name === '*' || GUARD_GROUPS.includes(name) || name.endsWith('.toolkit.fluxcd.io'));
    const resource = resources.find(name => ['*', ...GUARDS, ...DETOURS].includes(name.split('/')[0] ?? ''));
    const found = group ?? resource;
    if (found === undefined) continue;
    refuse(at, 'rules', problem(
      found,
      'kinds that guard no tenant, each by its name: no wildcard, no policy, quota, role, namespace, endpoint, nor kind of Cilium, Kyverno or Flux',
      'Name the kinds that tenants need, such as httproutes of gateway.networking.k8s.io.',
    ));
  }
}

function refuseIncomplete(at: string, rule: TenantRoleRule): void {
  for (const field of ['apiGroups', 'resources', 'verbs'] as const) {
    if (rule[field].length > 0) continue;
    refuse(at, `rules ${field}`, problem([], 'a list of at least one name', 'Write it, such as `verbs: [\'get\']`.'));
  }
}
