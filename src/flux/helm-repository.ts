import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkNames } from './check-parts';
import { FluxCloudProvider } from './cloud-provider';
import { FluxChartSource, FluxChartSourceKind } from './flux-chart';
import { fluxContext } from './flux-context';
import { insistAll, intervalProblem, sourceTimeoutProblem } from './flux-duration';
import { FluxObjectProps } from './flux-object-props';
import { FluxSourceSpec } from './flux-source-spec';
import { nameRef, said } from './render-parts';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

/**
 * Properties for `HelmRepository`.
 */
export interface HelmRepositoryProps extends FluxSourceSpec, FluxObjectProps {
  /** Address of the repository, beginning with https://, http:// or oci://. */
  readonly url: string;

  /**
   * How often to look for new charts, as a Go duration of at least a minute.
   *
   * @default - '1h'; left out for oci://, which has no index to look at
   */
  readonly interval?: string;

  /**
   * Who gives access. For oci:// only.
   *
   * @default - left out: GENERIC
   */
  readonly provider?: FluxCloudProvider;

  /**
   * Name of the Secret with certificates for the repository.
   *
   * @default - none
   */
  readonly certSecretName?: string;

  /**
   * Whether the credentials are sent to other hosts, too, that the index sends to. For https:// and http:// only.
   *
   * @default - left out, which is no
   */
  readonly passCredentials?: boolean;

  /**
   * Whether the registry is spoken to without TLS. For oci:// only.
   *
   * @default - left out, which is no
   */
  readonly insecure?: boolean;
}

/**
 * A repository of Helm charts, in its general form. For charts in a container registry, an `OciRepository` does more.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 * @example
 *
 * new HelmRepository(chart, 'cilium', { namespace: 'kube-system', url: 'https://helm.cilium.io/' });
 */
export class HelmRepository extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  /** This repository, as the place of a chart for a `HelmRelease`. */
  public readonly chartSource: FluxChartSource;

  constructor(scope: Construct, id: string, props: HelmRepositoryProps) {
    super(scope, id);
    insistProps(this, 'HelmRepositoryProps', props);
    const { at, namespace } = fluxContext(this, props);
    const name = props.name ?? id;
    check(at, props);
    this.chartSource = { kind: FluxChartSourceKind.HELM_REPOSITORY, name, namespace };
    this.apiObject = addObject(this, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name, namespace, labels: props.labels, annotations: props.annotations },
      spec: render(props),
    });
  }
}

function check(at: string, props: HelmRepositoryProps): void {
  const { url } = props;
  if (!/^(https?|oci):\/\/[^/]/.test(url)) {
    refuse(at, 'url', problem(url, 'https://, http:// or oci:// and the rest of an address', 'Write it like https://charts.example.com.'));
  }
  insistAll(at, props, ['interval'], intervalProblem);
  insistAll(at, props, ['timeout'], sourceTimeoutProblem);
  checkNames(at, { secretName: props.secretName, certSecretName: props.certSecretName });
  const foreign: readonly (keyof HelmRepositoryProps)[] = isOci(props) ? ['passCredentials'] : ['provider', 'insecure'];
  const others = isOci(props) ? 'https:// or http://' : 'oci://';
  const given = foreign.find(name => props[name] !== undefined);
  if (given) refuse(at, given, problem(props[given], `an address that begins with ${others}, since Flux ignores it elsewhere`, 'Leave it out.'));
}

function isOci({ url }: HelmRepositoryProps): boolean {
  return url.startsWith('oci://');
}

function render(props: HelmRepositoryProps): object {
  return said({
    url: props.url,
    type: isOci(props) ? 'oci' : undefined,
    interval: props.interval ?? (isOci(props) ? undefined : '1h'),
    timeout: props.timeout,
    secretRef: nameRef(props.secretName),
    provider: props.provider,
    certSecretRef: nameRef(props.certSecretName),
    passCredentials: props.passCredentials,
    insecure: props.insecure,
    suspend: props.suspend,
  });
}
