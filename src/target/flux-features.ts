import { compareMinor } from '../values/semver-minor';

/**
 * A part of Flux's kinds that not every supported version has.
 *
 * @see https://github.com/fluxcd/flux2/releases
 */
export interface FluxFeature {
  /** As the field or the documentation calls it. */
  readonly name: string;
  /** First minor version that has it. */
  readonly since: string;
  /** What to do where it is missing, as a full sentence. */
  readonly instead: string;
}

export const READY_EXPRESSION: FluxFeature = {
  name: '`readyExpr` of a dependency', since: '2.7', instead: 'Leave it out, and say in `healthCheckExprs` of the other when that is ready.',
};
export const MISSING_COMPONENTS: FluxFeature = {
  name: '`ignoreMissingComponents`', since: '2.7', instead: 'List only components that the source has.',
};
export const EXTERNAL_ARTIFACT: FluxFeature = {
  name: 'ExternalArtifact', since: '2.7', instead: 'Take it from a GitRepository or an OCIRepository.',
};
export const KUBE_CONFIG_MAP: FluxFeature = {
  name: 'a kubeconfig from a ConfigMap', since: '2.7', instead: 'Name a Secret with `kubeConfig.secretName`.',
};
export const RETRY_ON_FAILURE: FluxFeature = {
  name: 'the strategy RetryOnFailure', since: '2.7', instead: 'Use `remediation` with `retries`.',
};
export const GIT_SERVICE_ACCOUNT: FluxFeature = {
  name: '`serviceAccountName` of a GitRepository', since: '2.7', instead: 'Leave it out: source-controller uses its own identity.',
};
export const HELM_COMMON_METADATA: FluxFeature = {
  name: '`commonMetadata` of a HelmRelease', since: '2.7', instead: 'Set labels and annotations in the values of the chart.',
};
export const HELM_HEALTH_EXPRESSIONS: FluxFeature = {
  name: '`healthCheckExprs` of a HelmRelease', since: '2.8', instead: 'Write them in the Kustomization that applies the HelmRelease.',
};
export const HELM_WAIT_STRATEGY: FluxFeature = {
  name: '`waitStrategy`', since: '2.8', instead: 'Leave it out: older versions wait in one way only.',
};
export const HELM_SERVER_SIDE_APPLY: FluxFeature = {
  name: '`serverSideApply`', since: '2.8', instead: 'Leave it out: Helm 3 applies from the client.',
};
export const SUBSTITUTE_STRATEGY: FluxFeature = {
  name: '`postBuild.strategy`', since: '2.9', instead: 'Leave it out.',
};
export const IGNORE_RULES: FluxFeature = {
  name: '`ignore` of a Kustomization', since: '2.9', instead: 'Annotate the object with kustomize.toolkit.fluxcd.io/ssa: IfNotPresent or Merge.',
};
export const HEALTH_EXPRESSION_OF_GROUP: FluxFeature = {
  name: 'a health expression without `kind`', since: '2.9', instead: 'Write an expression for each kind.',
};
export const POST_RENDER_STRATEGY: FluxFeature = {
  name: '`postRenderStrategy`', since: '2.9', instead: 'Leave it out: hooks are not rendered there.',
};
export const CHART_NAME_CHANGE: FluxFeature = {
  name: '`chartNameChangeStrategy`', since: '2.9', instead: 'Leave it out: a chart of another name is installed anew.',
};
export const LITERAL_VALUES: FluxFeature = {
  name: '`literal` values', since: '2.9', instead: 'Put the text in quotes, and mask what Helm takes for syntax.',
};
export const CODE_COMMIT: FluxFeature = {
  name: 'the provider AWS of a GitRepository', since: '2.9', instead: 'Name a Secret with credentials in `secretName`.',
};
export const TRUSTED_ROOT: FluxFeature = {
  name: '`verify.trustedRootSecretName`', since: '2.9', instead: 'Sign with a key, and name it with `verify.secretName`.',
};

/** Whether a Flux of this minor version has the feature. */
export function fluxHas({ since }: FluxFeature, version: string): boolean {
  return compareMinor(version, since) >= 0;
}
