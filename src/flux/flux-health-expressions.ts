import type { FluxHealthExpression } from './flux-health';
import { healthExpressions } from './health-expressions';

/**
 * How Flux sees whether objects are ready whose readiness it would miss: it takes them for ready as soon as they are applied, also those
 * that their controller refuses. `FluxApp` writes what its objects need by itself; these are for a `FluxKustomization` of your own.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 * @example
 *
 * const policies = new GitRepository(chart, 'policies', {
 *   namespace: 'flux-system', url: 'https://git.example.com/acme/policies', branch: 'main',
 * });
 * new FluxKustomization(chart, 'network', {
 *   namespace: 'flux-system', source: policies.source, path: './network', serviceAccountName: 'kustomize-controller',
 *   healthCheckExprs: FluxHealthExpressions.cilium(),
 * });
 */
export class FluxHealthExpressions {
  /** For CiliumNetworkPolicies and CiliumClusterwideNetworkPolicies: whether Cilium takes the policy. */
  public static cilium(): FluxHealthExpression[] {
    return healthExpressions('cilium.io/');
  }

  /** For the policies of Kyverno in CEL, such as ValidatingPolicies. ClusterPolicies need none. */
  public static kyverno(): FluxHealthExpression[] {
    return healthExpressions('policies.kyverno.io/');
  }

  private constructor() {}
}
