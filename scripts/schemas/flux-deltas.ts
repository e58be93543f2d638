import type { Delta } from './delta';
import { edit, without } from './edit';
import type { JsonSchema } from './json-schema';

const FLUX = ['helm.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'];

type Changes = Readonly<Record<string, (schema: JsonSchema) => JsonSchema>>;

/** Types of the controllers' API: helm-controller 1.6, kustomize-controller and source-controller 1.9 came with Flux 2.9. */
const flux28: Changes = {
  HelmRelease: schema => withKinds(without(schema, ['spec.postRenderStrategy', 'spec.upgrade.chartNameChangeStrategy', 'spec.valuesFrom.literal'])),
  Kustomization: schema => withKinds(without(schema, ['spec.ignore', 'spec.postBuild.substituteStrategy'])),
  GitRepository: schema => withRules(
    withoutValue(schema, 'spec.provider', 'aws'), 'spec', '!has(self.serviceAccountName) || (has(self.provider) && self.provider == \'azure\')',
  ),
  OCIRepository: schema => without(schema, ['spec.verify.trustedRootSecretRef']),
};

/** Before helm-controller 1.5, which brought Helm 4. */
const flux27: Changes = {
  HelmRelease: schema => without(schema, [
    'spec.healthCheckExprs', 'spec.waitStrategy', ...['install', 'rollback', 'upgrade'].map(action => `spec.${action}.serverSideApply`),
  ]),
};

/** Before helm-controller 1.4, kustomize-controller and source-controller 1.7. */
const flux26: Changes = {
  HelmRelease: schema => withSecretOnly(withoutValue(
    without(schema, ['spec.commonMetadata', 'spec.dependsOn.readyExpr', 'spec.install.strategy', 'spec.upgrade.strategy']),
    'spec.chartRef.kind', 'ExternalArtifact',
  )),
  Kustomization: schema => withSecretOnly(withoutValue(
    without(schema, ['spec.dependsOn.readyExpr', 'spec.ignoreMissingComponents']), 'spec.sourceRef.kind', 'ExternalArtifact',
  )),
  GitRepository: schema => withRules(without(schema, ['spec.serviceAccountName']), 'spec'),
};

/** The Flux CRDs are those of 2.9; older ones are worked out backwards: https://github.com/fluxcd/flux2/releases */
export const FLUX_DELTAS: readonly Delta[] = [
  { groups: FLUX, version: '2.9', like: 'any' },
  { groups: FLUX, version: '2.8', like: '2.9', change: before(flux28) },
  { groups: FLUX, version: '2.7', like: '2.8', change: before(flux27) },
  { groups: FLUX, version: '2.6', like: '2.7', change: before(flux26) },
];

function before(changes: Changes): Delta['change'] {
  return (schema, kind) => changes[kind]?.(schema) ?? schema;
}

/** Expressions named the kind. */
function withKinds(schema: JsonSchema): JsonSchema {
  return edit(schema, 'spec.healthCheckExprs', field => ({ ...field, items: { ...field.items, required: ['apiVersion', 'current', 'kind'] } }));
}

/** A kubeconfig came from a Secret. */
function withSecretOnly(schema: JsonSchema): JsonSchema {
  const secret = withRules(without(schema, ['spec.kubeConfig.configMapRef']), 'spec.kubeConfig');
  return edit(secret, 'spec.kubeConfig', field => ({ ...field, required: ['secretRef'] }));
}

/** A schema with other CEL rules in one place. */
function withRules(schema: JsonSchema, path: string, ...rules: string[]): JsonSchema {
  return edit(schema, path, field => ({ ...field, 'x-kubernetes-validations': rules.map(rule => ({ rule })) }));
}

function withoutValue(schema: JsonSchema, path: string, value: string): JsonSchema {
  return edit(schema, path, field => {
    if (!field.enum?.includes(value)) throw new Error(`build-schemas: ${path} has no ${value} to take away.`);
    return { ...field, enum: field.enum.filter(one => one !== value) };
  });
}
