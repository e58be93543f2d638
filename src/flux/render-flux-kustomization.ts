import type { FluxKustomizationSpec } from './flux-kustomization-props';
import type { FluxPostBuild } from './flux-post-build';
import { copied, listed, nameRef, renderCommonMetadata, renderIgnoreRule, renderKubeConfig, renderPatch, said, unordered } from './render-parts';

/**
 * The spec of a Flux Kustomization, with its defaults. What is empty is left out.
 *
 * @see https://fluxcd.io/flux/components/kustomize/api/v1/
 */
export function renderFluxKustomization(props: FluxKustomizationSpec): Record<string, unknown> {
  const { postBuild, decryption, commonMetadata, kubeConfig } = props;
  const healthChecks = unordered(props.healthChecks, copied);
  return said({
    sourceRef: copied(props.source),
    path: props.path,
    interval: props.interval ?? '1h',
    retryInterval: props.retryInterval ?? '2m',
    timeout: props.timeout ?? '5m',
    prune: props.prune ?? true,
    wait: props.wait ?? (healthChecks ? undefined : true),
    serviceAccountName: props.serviceAccountName,
    dependsOn: unordered(props.dependsOn, copied),
    healthChecks,
    healthCheckExprs: listed(props.healthCheckExprs, copied),
    deletionPolicy: props.deletionPolicy,
    force: props.force,
    suspend: props.suspend,
    targetNamespace: props.targetNamespace,
    namePrefix: props.namePrefix,
    nameSuffix: props.nameSuffix,
    commonMetadata: commonMetadata && renderCommonMetadata(commonMetadata),
    components: listed(props.components, component => component),
    ignoreMissingComponents: props.ignoreMissingComponents,
    patches: listed(props.patches, renderPatch),
    images: listed(props.images, copied),
    postBuild: postBuild && renderPostBuild(postBuild),
    decryption: decryption && said({
      provider: 'sops', secretRef: nameRef(decryption.secretName), serviceAccountName: decryption.serviceAccountName,
    }),
    ignore: listed(props.ignore, renderIgnoreRule),
    buildMetadata: unordered(props.buildMetadata, item => item),
    kubeConfig: kubeConfig && renderKubeConfig(kubeConfig),
  });
}

function renderPostBuild({ substitute, substituteFrom, substituteStrategy }: FluxPostBuild): object {
  return said({ substitute, substituteFrom: listed(substituteFrom, copied), substituteStrategy });
}
