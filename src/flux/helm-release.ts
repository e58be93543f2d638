import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkHelmRelease } from './check-helm-release';
import { fluxContext } from './flux-context';
import { FluxDependency } from './flux-dependency';
import { HelmReleaseProps } from './helm-release-props';
import { renderHelmRelease } from './render-helm-release';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';

/**
 * A Helm chart that Flux keeps installed. Unlike Flux itself it has CustomResourceDefinitions brought up to date with the chart.
 *
 * Where the platform has Flux locked down for tenants, a service account is asked for and references stay in the namespace.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 * @example
 *
 * const kyverno = new OciRepository(chart, 'kyverno-chart', {
 *   namespace: 'flux-system', url: 'oci://ghcr.io/kyverno/charts/kyverno', tag: '3.9.0', layer: OciLayer.helmChart(),
 * });
 * new HelmRelease(chart, 'kyverno', {
 *   namespace: 'flux-system',
 *   chartRef: kyverno.chartRef,
 *   releaseName: 'kyverno',
 *   targetNamespace: 'kyverno',
 *   serviceAccountName: 'helm-controller',
 *   values: { admissionController: { replicas: 3 } },
 * });
 */
export class HelmRelease extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  /** This release, for `dependsOn` of others. */
  public readonly dependency: FluxDependency;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    insistProps(this, 'HelmReleaseProps', props);
    const context = fluxContext(this, props);
    const name = props.name ?? id;
    checkHelmRelease(context, name, props);
    this.dependency = { name, namespace: context.namespace };
    this.apiObject = addObject(this, {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name, namespace: context.namespace, labels: props.labels, annotations: props.annotations },
      spec: renderHelmRelease(props, context.namespace),
    });
  }
}
