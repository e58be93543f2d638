import type { FluxHealthExpression } from './flux-health';

/** The operator writes whether it takes the policy; without a look at it, Flux holds a refused one for ready. */
const VALID = {
  current: 'status.conditions.exists(c, c.type == \'Valid\' && c.status == \'True\')',
  failed: 'status.conditions.exists(c, c.type == \'Valid\' && c.status == \'False\')',
};

/** These keep their conditions one level below where Flux looks. */
const READY = { current: 'has(status.conditionStatus) && has(status.conditionStatus.ready) && status.conditionStatus.ready' };

const CEL_POLICIES = ['DeletingPolicy', 'GeneratingPolicy', 'ImageValidatingPolicy', 'MutatingPolicy', 'ValidatingPolicy'];

const EXPRESSIONS = new Map<string, Pick<FluxHealthExpression, 'current' | 'failed'>>([
  ['cilium.io/v2/CiliumClusterwideNetworkPolicy', VALID],
  ['cilium.io/v2/CiliumNetworkPolicy', VALID],
  ...['v1alpha1', 'v1beta1', 'v1'].flatMap(version => CEL_POLICIES.flatMap(kind => ['', 'Namespaced']
    .map(prefix => [`policies.kyverno.io/${version}/${prefix}${kind}`, READY] as const))),
]);

/**
 * How Flux sees whether objects of these kinds are ready, for those whose readiness it would miss. In the order of the alphabet; kinds are
 * always named, as Flux before 2.9 asks for them.
 *
 * @param kinds as `apiVersion/Kind`, such as `cilium.io/v2/CiliumNetworkPolicy`
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 */
export function healthExpressionsFor(kinds: Iterable<string>): FluxHealthExpression[] {
  return [...new Set(kinds)].sort().flatMap(text => {
    const expressions = EXPRESSIONS.get(text);
    const cut = text.lastIndexOf('/');
    return expressions ? [{ apiVersion: text.slice(0, cut), kind: text.slice(cut + 1), ...expressions }] : [];
  });
}

/** Those for every kind of a group that is known, in the order of the alphabet. */
export function healthExpressions(group: string): FluxHealthExpression[] {
  return healthExpressionsFor([...EXPRESSIONS.keys()].filter(kind => kind.startsWith(group)));
}
