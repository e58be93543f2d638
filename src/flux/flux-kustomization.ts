import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkFluxKustomization } from './check-flux-kustomization';
import { fluxContext } from './flux-context';
import { FluxDependency } from './flux-dependency';
import { FluxKustomizationSpec } from './flux-kustomization-props';
import { FluxObjectProps } from './flux-object-props';
import { renderFluxKustomization } from './render-flux-kustomization';
import { beside } from './render-parts';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';

/**
 * Properties for `FluxKustomization`.
 */
export interface FluxKustomizationProps extends FluxKustomizationSpec, FluxObjectProps {}

/**
 * A Flux Kustomization: a folder of a source that Flux keeps applied to the cluster. The build file of Kustomize, whose kind has the same
 * name, is another thing.
 *
 * Where the platform has Flux locked down for tenants, a service account is asked for and references stay in the namespace.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 * @example
 *
 * const repository = new GitRepository(chart, 'platform', {
 *   namespace: 'flux-system', url: 'https://git.example.com/acme/platform', branch: 'main',
 * });
 * const controllers = new FluxKustomization(chart, 'controllers', {
 *   namespace: 'flux-system', source: repository.source, path: './infrastructure/controllers', serviceAccountName: 'kustomize-controller',
 * });
 * new FluxKustomization(chart, 'configs', {
 *   namespace: 'flux-system', source: repository.source, path: './infrastructure/configs', serviceAccountName: 'kustomize-controller',
 *   dependsOn: [controllers.dependency],
 * });
 */
export class FluxKustomization extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  /** This Kustomization, for `dependsOn` of others. */
  public readonly dependency: FluxDependency;

  constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id);
    insistProps(this, 'FluxKustomizationProps', props);
    const context = fluxContext(this, props);
    const name = props.name ?? id;
    checkFluxKustomization(context, name, props);
    this.dependency = { name, namespace: context.namespace };
    this.apiObject = addObject(this, {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name, namespace: context.namespace, labels: props.labels, annotations: props.annotations },
      spec: renderFluxKustomization({
        ...props,
        source: beside(props.source, context.namespace),
        dependsOn: props.dependsOn?.map(dependency => beside(dependency, context.namespace)),
      }),
    });
  }
}
