import { type Generated, generatedObjects, generatesIn, generatorRules, type GeneratorRule } from './generator-targets';
import { displayName } from '../../manifests/identity';
import type { Manifest } from '../../manifests/manifest';
import type { CheckContext } from '../check-context';
import type { Finding, Located } from '../finding';
import { groupOf } from '../kubernetes/group';
import { plainText } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import { asList, asObject } from '../read';
import type { SetRule } from '../rule';

export const twoOwners: SetRule = {
  id: 'tenancy/TwoOwners',
  severity: 'warning',
  what: 'An object is among the manifests, and a Kyverno policy generates it too, or another that does the same for the namespace.',
  why: 'Of one object the last writer wins, and changes with each turn. Of two quotas, limit ranges or default denies both hold.',
  mend: 'Keep one of them: leave the object out, or exclude its namespace from the policy.',
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
      exclude: { any: [{ resources: { namespaces: [shop] } }] }
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
  *checkSet(context) {
    yield* sameObject(context);
    yield* sameTask(context);
  },
};

type Found = Pick<Finding, 'object' | 'pointer' | 'found'>;

function* sameObject(context: CheckContext): Generator<Found> {
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
    const name = plainText(asObject(metadata)?.name);
    const candidates = byTarget.get(`${groupOf(apiVersion) ?? ''}/${kind}/${name}`) ?? [];
    const owner = candidates.find(generator => generatesIn(generator, namespaceOf(located), context));
    if (owner) {
      yield {
        object: located,
        pointer: '/metadata/name',
        found: `${displayName(located.object)}, which ${displayName(owner.policy.object)} generates too`,
      };
    }
  }
}

/** Objects of two names that nobody has two of on purpose. */
function* sameTask(context: CheckContext): Generator<Found> {
  const byTask = new Map<string, Generated[]>();
  for (const made of generatedObjects(context)) {
    const key = taskOf(made);
    if (key !== undefined) byTask.set(key, [...byTask.get(key) ?? [], made]);
  }
  if (byTask.size === 0) return;
  for (const located of context.ofKind('ResourceQuota', 'LimitRange', 'NetworkPolicy')) {
    const name = asObject(located.object.metadata)?.name;
    const made = byTask.get(taskOf(located) ?? '')?.find(({ object }) => object.metadata.name !== name && overlaps(object, located.object));
    if (made) {
      yield {
        object: located,
        pointer: '/metadata/name',
        found: `${displayName(located.object)}, beside which ${displayName(made.policy.object)} generates ${made.object.metadata.name}`,
      };
    }
  }
}

/** What an object does for its namespace as a whole; nothing for those of which a namespace may have several. */
function taskOf(located: Located): string | undefined {
  const { apiVersion, kind, spec } = located.object;
  const { podSelector, policyTypes, ingress, egress, scopes, scopeSelector } = asObject(spec) ?? {};
  const namespace = namespaceOf(located);
  switch (`${groupOf(apiVersion) ?? ''}/${kind}`) {
    case '/ResourceQuota': return scopes === undefined && scopeSelector === undefined ? `quota ${namespace}` : undefined;
    case '/LimitRange': return `limits ${namespace}`;
    case 'networking.k8s.io/NetworkPolicy': {
      const isForAll = Object.keys(asObject(podSelector) ?? { unknown: true }).length === 0;
      const denies = asList(policyTypes).length > 0 && asList(ingress).length + asList(egress).length === 0;
      return isForAll && denies ? `deny ${namespace}` : undefined;
    }
    default: return undefined;
  }
}

/** Two quotas add up as long as they count different things. */
function overlaps(one: Manifest, other: Manifest): boolean {
  if (one.kind !== 'ResourceQuota') return true;
  const [counted, also] = [one, other].map(({ spec }) => Object.keys(asObject(asObject(spec)?.hard) ?? {}));
  return counted?.some(resource => also?.includes(resource)) ?? false;
}
