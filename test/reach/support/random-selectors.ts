import * as fc from 'fast-check';

type Json = Record<string, unknown>;

/** Keys that pods and selectors have in common, with their values. */
const LABELS: Readonly<Record<string, readonly string[]>> = { 'app': ['a', 'b'], 'tier': ['', 'x'], 'job-name': ['nightly', 'weekly'] };

export const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** One of several, where the first are the more usual ones. */
export const mostly = <T>(usual: fc.Arbitrary<T>, ...others: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight: 3 }, ...others.map(arbitrary => ({ arbitrary, weight: 1 })));

/** A list of one to a few. */
export const few = <T>(item: fc.Arbitrary<T>, most = 2): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: most });

export const labels = fc.record(
  Object.fromEntries(Object.entries(LABELS).map(([key, values]) => [key, some(...values)])),
  { requiredKeys: [] },
);

const pair = fc.oneof(...Object.entries(LABELS).map(([key, values]) => fc.tuple(fc.constant(key), some(...values, 'other'))));

/** A selector over the keys given, which may come with a source as Cilium writes it. */
export function selector(
  values: fc.Arbitrary<readonly [string, string]> = pair, keys: (key: string) => fc.Arbitrary<string> = fc.constant,
): fc.Arbitrary<Json> {
  const entry = values.chain(([key, value]) => keys(key).map(name => [name, value] as const));
  const expression = fc.oneof(
    fc.tuple(entry, some('In', 'NotIn'), fc.array(values, { maxLength: 1 })).map(([[key, value], operator, more]) => ({
      key, operator, values: [value, ...more.map(([, another]) => another)],
    })),
    fc.tuple(entry, some('Exists', 'DoesNotExist')).map(([[key], operator]) => ({ key, operator })),
  );
  return fc.oneof(
    fc.constant({}),
    entry.map(([key, value]) => ({ matchLabels: { [key]: value } })),
    few(expression).map(matchExpressions => ({ matchExpressions })),
    fc.tuple(entry, few(expression)).map(([[key, value], matchExpressions]) => ({ matchLabels: { [key]: value }, matchExpressions })),
  );
}

const namespacePair = fc.oneof(
  some('red', 'blue', 'green').map(value => ['team', value] as const),
  some('x', 'y', 'z').map(value => ['kubernetes.io/metadata.name', value] as const),
);

export const podSelector = selector();
export const namespaceSelector = selector(namespacePair);

/** A selector of endpoints, which may name namespaces, clusters, service accounts and reserved identities. */
export const endpointSelector: fc.Arbitrary<Json> = mostly(
  selector(pair, key => some(key, `k8s:${key}`, `any:${key}`)),
  selector(fc.oneof(
    pair,
    some('x', 'y').map(value => ['k8s:io.kubernetes.pod.namespace', value] as const),
    some('x', 'y').map(value => ['io.kubernetes.pod.namespace', value] as const),
    some('red', 'blue').map(value => ['k8s:io.cilium.k8s.namespace.labels.team', value] as const),
    some('robot', 'default').map(value => ['io.cilium.k8s.policy.serviceaccount', value] as const),
    some('default', 'west').map(value => ['k8s:io.cilium.k8s.policy.cluster', value] as const),
  )),
  selector(some('reserved:host', 'reserved:world', 'reserved:remote-node', 'reserved:ingress').map(key => [key, ''] as const)),
);

/** Of the subject of a policy. */
export const subjectSelector: fc.Arbitrary<Json> = mostly(
  fc.oneof(fc.constant({}), podSelector), endpointSelector,
);
