import { generatorRules, type GeneratorRule } from './generator-targets';
import { displayName } from '../../manifests/identity';
import { selectorMatches } from '../../values/selector';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { groupOf } from '../kubernetes/group';
import { namespacesOf } from '../kubernetes/namespaces';
import { readSelector } from '../kubernetes/read-selector';
import { plainText } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import { asList, asObject } from '../read';
import type { SetRule } from '../rule';

export const twoOwners: SetRule = {
  id: 'tenancy/TwoOwners',
  severity: 'warning',
  what: 'An object is among the manifests, and a Kyverno policy generates it too.',
  why: 'Git and Kyverno overwrite each other, and what is in force changes with whoever came last.',
  mend: 'Keep one of them: leave the object out, exclude its namespace from the policy, or let the policy use a name of its own.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: add-quota }
spec:
  rules:
    - name: quota
      match: { any: [{ resources: { kinds: [Namespace] } }] }
      generate:
        apiVersion: v1
        kind: ResourceQuota
        name: quota
        namespace: "{{ request.object.metadata.name }}"
        synchronize: true
        data: { spec: { hard: { pods: "20" } } }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: "50" } }
`,
  good: `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: add-quota }
spec:
  rules:
    - name: quota
      match: { any: [{ resources: { kinds: [Namespace] } }] }
      generate:
        apiVersion: v1
        kind: ResourceQuota
        name: kyverno-quota
        namespace: "{{ request.object.metadata.name }}"
        synchronize: true
        data: { spec: { hard: { pods: "20" } } }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: "50" } }
`,
  *checkSet(context) {
    const byTarget = new Map<string, GeneratorRule[]>();
    for (const generator of generatorRules(context)) {
      const { apiVersion, kind, name } = generator.generate;
      const target = plainText(name);
      if (typeof kind !== 'string' || target === undefined) continue;
      const key = `${groupOf(apiVersion) ?? ''}/${kind}/${target}`;
      byTarget.set(key, [...byTarget.get(key) ?? [], generator]);
    }
    if (byTarget.size === 0) return;
    for (const located of context.objects) {
      const { apiVersion, kind, metadata } = located.object;
      const candidates = byTarget.get(`${groupOf(apiVersion) ?? ''}/${kind}/${String(asObject(metadata)?.name)}`) ?? [];
      const owner = candidates.find(generator => generates(generator, located, context));
      if (owner) {
        yield {
          object: located,
          pointer: '/metadata/name',
          found: `${displayName(located.object)}, which ${displayName(owner.policy.object)} generates too`,
        };
      }
    }
  },
};

function generates({ rule, generate }: GeneratorRule, located: Located, context: CheckContext): boolean {
  const namespace = namespaceOf(located);
  const target = generate.namespace;
  if (target === undefined || target === null) return namespace === '';
  if (typeof target !== 'string') return false;
  if (plainText(target) !== undefined) return target === namespace;
  // Anything else than the namespace itself as the trigger is for the cluster to work out.
  return namespace !== '' && isTriggeredBy(rule, namespace, context);
}

function isTriggeredBy({ match, exclude }: Record<string, unknown>, namespace: string, context: CheckContext): boolean {
  if (filters(exclude).some(filter => mayMatch(filter, namespace, context) !== false)) return false;
  const wanted = filters(match);
  const results = wanted.map(filter => mayMatch(filter, namespace, context));
  return asObject(match)?.all ? results.length > 0 && results.every(result => result === true) : results.includes(true);
}

function filters(block: unknown): Record<string, unknown>[] {
  const { any, all, ...plain } = asObject(block) ?? {};
  const listed = [...asList(any), ...asList(all)].map(asObject).filter(filter => filter !== undefined);
  return listed.length > 0 || Object.keys(plain).length === 0 ? listed : [plain];
}

/** Whether a filter matches the Namespace; nothing where it asks for more than kinds, names and labels. */
function mayMatch(filter: Record<string, unknown>, namespace: string, context: CheckContext): boolean | undefined {
  const { kinds, names, name, selector, operations: _operations, ...others } = asObject(filter.resources) ?? {};
  if (Object.keys(filter).some(field => field !== 'resources') || Object.keys(others).length > 0) return undefined;
  if (!asList(kinds).includes('Namespace')) return false;
  const patterns = [...asList(names), ...(name === undefined ? [] : [name])];
  if (patterns.some(pattern => typeof pattern !== 'string' || /[*?{]/.test(pattern))) return undefined;
  if (patterns.length > 0 && !patterns.includes(namespace)) return false;
  if (selector === undefined) return true;
  const labels = namespacesOf(context).get(namespace)?.labels;
  const wanted = readSelector(selector);
  return labels && wanted ? selectorMatches(wanted, labels) : undefined;
}
