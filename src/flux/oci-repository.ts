import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkNames, type FluxContext, textProblem } from './check-parts';
import { FluxChartKind, FluxChartRef } from './flux-chart';
import { fluxContext } from './flux-context';
import { insistAll, intervalProblem, sourceTimeoutProblem } from './flux-duration';
import { FluxSource, FluxSourceKind } from './flux-source';
import { OciRepositoryProps, OciVerification, OciVerifyProvider } from './oci-repository-props';
import { copied, nameRef, said, unordered } from './render-parts';
import { requireFlux } from './require-flux';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { TRUSTED_ROOT } from '../target/flux-features';
import { insist, refuse } from '../values/guardrails-error';
import { type Problem, problem } from '../values/problem';
import { re2Problem } from '../values/re2';

/**
 * An artifact in a container registry that Flux fetches, in its general form. Adds no default but the interval.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 * @example
 *
 * new OciRepository(chart, 'kyverno', {
 *   namespace: 'kyverno',
 *   url: 'oci://ghcr.io/kyverno/charts/kyverno',
 *   semver: '3.9.x',
 *   layer: OciLayer.helmChart(),
 *   verify: { secretName: 'kyverno-signing-key' },
 * });
 */
export class OciRepository extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  /** This repository, as the source of a `FluxKustomization`. */
  public readonly source: FluxSource;

  /** This repository, as the chart of a `HelmRelease`. It needs `layer: OciLayer.helmChart()` for that. */
  public readonly chartRef: FluxChartRef;

  constructor(scope: Construct, id: string, props: OciRepositoryProps) {
    super(scope, id);
    insistProps(this, 'OciRepositoryProps', props);
    const context = fluxContext(this, props);
    const name = props.name ?? id;
    check(context, props);
    this.source = { kind: FluxSourceKind.OCI_REPOSITORY, name, namespace: context.namespace };
    this.chartRef = { kind: FluxChartKind.OCI_REPOSITORY, name, namespace: context.namespace };
    this.apiObject = addObject(this, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name, namespace: context.namespace, labels: props.labels, annotations: props.annotations },
      spec: render(props),
    });
  }
}

function check(context: FluxContext, props: OciRepositoryProps): void {
  const { at } = context;
  insist(at, 'url', urlProblem(props.url));
  checkRef(at, props);
  insistAll(at, props, ['interval'], intervalProblem);
  insistAll(at, props, ['timeout'], sourceTimeoutProblem);
  checkNames(at, {
    secretName: props.secretName,
    certSecretName: props.certSecretName,
    proxySecretName: props.proxySecretName,
    serviceAccountName: props.serviceAccountName,
  });
  if (props.verify) checkVerification(context, props.verify);
}

/** Flux takes the tag latest where nothing is said, and where two things are said, one of them without a word. */
function checkRef(at: string, { tag, semver, semverFilter, digest }: OciRepositoryProps): void {
  const given = Object.entries({ tag, semver, digest }).filter(([, value]) => value !== undefined);
  given.forEach(([what, text]) => insist(at, what, textProblem(text!, 'a text that is not empty')));
  if (given.length !== 1) {
    refuse(at, 'tag', {
      given: given.length === 0 ? 'nothing to fetch' : given.map(([what]) => what).join(' and '),
      allowed: 'one of tag, semver and digest',
      mend: given.length === 0 ? 'Say which, such as semver: \'1.x\': Flux would take latest.' : 'Leave all but one out: Flux would ignore the others.',
    });
  }
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    refuse(at, 'digest', problem(digest, 'sha256: and 64 hexadecimal digits', 'Copy it from the registry.'));
  }
  if (semverFilter === undefined) return;
  insist(at, 'semverFilter', re2Problem(semverFilter));
  if (semver === undefined) {
    refuse(at, 'semverFilter', problem(semverFilter, 'a filter beside semver, since nothing else asks for it', 'Leave it out, or say `semver`.'));
  }
}

/** A Cosign signature without key is anybody's, unless it is said whose. */
function checkVerification({ at, flux }: FluxContext, verify: OciVerification): void {
  const { provider = OciVerifyProvider.COSIGN, secretName, signers = [], trustedRootSecretName } = verify;
  checkNames(at, { 'verify.secretName': secretName, 'verify.trustedRootSecretName': trustedRootSecretName });
  const keyless = signers.length > 0;
  if (provider === OciVerifyProvider.NOTATION ? keyless || secretName === undefined : keyless === (secretName !== undefined)) {
    refuse(at, 'verify', {
      given: [provider, secretName && 'secretName', keyless && 'signers'].filter(Boolean).join(', '),
      allowed: 'Cosign with secretName or signers, or Notation with secretName',
      mend: 'Name the Secret with the keys that are trusted, or for Cosign without keys who may sign: anybody could otherwise.',
    });
  }
  for (const { issuer, subject } of signers) {
    insist(at, 'verify.signers.issuer', re2Problem(issuer));
    insist(at, 'verify.signers.subject', re2Problem(subject));
  }
  requireFlux(at, flux, TRUSTED_ROOT, trustedRootSecretName);
  if (trustedRootSecretName !== undefined && !keyless) {
    refuse(at, 'verify.trustedRootSecretName', problem(trustedRootSecretName, 'a root beside signers', 'Leave it out: a key needs none.'));
  }
}

function urlProblem(url: string): Problem | undefined {
  const allowed = 'oci:// and the address of an artifact, without tag';
  if (!/^oci:\/\/[^/]+\/./.test(url)) return problem(url, allowed, 'Write it like oci://ghcr.io/acme/charts/shop.');
  return /[:@][^/]*$/.test(url.slice('oci://'.length).replace(/^[^/]*/, ''))
    ? problem(url, allowed, 'Say the tag with `tag`, or the digest with `digest`.')
    : undefined;
}

function render(props: OciRepositoryProps): object {
  const { tag, semver, semverFilter, digest, layer, verify } = props;
  return said({
    url: props.url,
    ref: said({ tag, semver, semverFilter, digest }),
    layerSelector: layer && { mediaType: layer.mediaType, operation: layer.operation },
    interval: props.interval ?? '5m',
    timeout: props.timeout,
    secretRef: nameRef(props.secretName),
    provider: props.provider,
    serviceAccountName: props.serviceAccountName,
    certSecretRef: nameRef(props.certSecretName),
    proxySecretRef: nameRef(props.proxySecretName),
    verify: verify && said({
      provider: verify.provider ?? OciVerifyProvider.COSIGN,
      secretRef: nameRef(verify.secretName),
      matchOIDCIdentity: unordered(verify.signers, copied),
      trustedRootSecretRef: nameRef(verify.trustedRootSecretName),
    }),
    ignore: props.ignore,
    insecure: props.insecure,
    suspend: props.suspend,
  });
}
