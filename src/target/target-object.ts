/**
 * How a tree of FluxApp says what its clusters are: a target file that is an object too, so that whatever reads the tree finds it. The
 * annotation keeps kustomize from applying it.
 */
export const TARGET_API_VERSION = 'cdk8s-guardrails/v1';
export const TARGET_KIND = 'Platform';
export const LOCAL_CONFIG = { 'config.kubernetes.io/local-config': 'true' };

/** Where it lies, from the root of a tree. */
export function targetPath(cluster: string): string {
  return `bootstrap/${cluster}/platform.yaml`;
}

/** Whether something is such an object. */
export function isTargetObject(value: unknown): value is { readonly spec?: unknown } {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && value.apiVersion === TARGET_API_VERSION
    && 'kind' in value && value.kind === TARGET_KIND;
}
