import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkNames, type FluxContext, textProblem } from './check-parts';
import { FluxChartSource, FluxChartSourceKind } from './flux-chart';
import { fluxContext } from './flux-context';
import { insistAll, intervalProblem, sourceTimeoutProblem } from './flux-duration';
import { FluxSource, FluxSourceKind } from './flux-source';
import { GitProvider, GitRepositoryProps, GitVerifyMode } from './git-repository-props';
import { listed, nameRef, said, unordered } from './render-parts';
import { requireFlux } from './require-flux';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { CODE_COMMIT, GIT_SERVICE_ACCOUNT } from '../target/flux-features';
import { insist, refuse } from '../values/guardrails-error';
import { dnsSubdomainProblem } from '../values/names';
import { problem } from '../values/problem';

/**
 * A Git repository that Flux fetches, in its general form. Adds no default but the interval.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 * @example
 *
 * new GitRepository(chart, 'platform', {
 *   namespace: 'flux-system',
 *   url: 'ssh://git@git.example.com/acme/platform',
 *   branch: 'main',
 *   secretName: 'deploy-key',
 * });
 */
export class GitRepository extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  /** This repository, as the source of a `FluxKustomization`. */
  public readonly source: FluxSource;

  /** This repository, as the place of a chart for a `HelmRelease`. */
  public readonly chartSource: FluxChartSource;

  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    super(scope, id);
    insistProps(this, 'GitRepositoryProps', props);
    const context = fluxContext(this, props);
    const name = props.name ?? id;
    check(context, props);
    this.source = { kind: FluxSourceKind.GIT_REPOSITORY, name, namespace: context.namespace };
    this.chartSource = { kind: FluxChartSourceKind.GIT_REPOSITORY, name, namespace: context.namespace };
    this.apiObject = addObject(this, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name, namespace: context.namespace, labels: props.labels, annotations: props.annotations },
      spec: render(props),
    });
  }
}

function check(context: FluxContext, props: GitRepositoryProps): void {
  const { at, flux } = context;
  const { url, provider, serviceAccountName, verify } = props;
  if (!/^(https?|ssh):\/\/[^/]/.test(url)) {
    refuse(at, 'url', problem(url, 'https://, http:// or ssh:// and the rest of an address', gitMend(url)));
  }
  checkRef(at, props);
  insistAll(at, props, ['interval'], intervalProblem);
  insistAll(at, props, ['timeout'], sourceTimeoutProblem);
  if (verify) insist(at, 'verify.secretName', dnsSubdomainProblem(verify.secretName));
  checkNames(at, {
    secretName: props.secretName,
    proxySecretName: props.proxySecretName,
    serviceAccountName,
  });
  props.include?.forEach(({ repository }) => checkNames(at, { 'include.repository': repository }));
  requireFlux(at, flux, CODE_COMMIT, provider === GitProvider.AWS);
  requireFlux(at, flux, GIT_SERVICE_ACCOUNT, serviceAccountName);
  if (serviceAccountName !== undefined && provider !== GitProvider.AWS && provider !== GitProvider.AZURE) {
    refuse(at, 'serviceAccountName', problem(
      serviceAccountName, 'a service account beside the provider AWS or AZURE, since no other knows it', 'Name the provider, or leave it out.',
    ));
  }
}

/** Flux takes the branch master where nothing is said, and where two things are said, one of them without a word. */
function checkRef(at: string, { branch, tag, semver, refName, commit }: GitRepositoryProps): void {
  const given = Object.entries({ branch, tag, semver, refName, commit }).filter(([, value]) => value !== undefined);
  given.forEach(([what, text]) => insist(at, what, textProblem(text!, 'a text that is not empty')));
  if (given.length === 1 || (given.length === 2 && branch !== undefined && commit !== undefined)) return;
  refuse(at, 'branch', {
    given: given.length === 0 ? 'nothing to check out' : given.map(([what]) => what).join(' and '),
    allowed: 'one of branch, tag, semver, refName and commit, or a commit with its branch',
    mend: given.length === 0 ? 'Say which, such as branch: \'main\': Flux would take master.' : 'Leave all but one out: Flux would ignore the others.',
  });
}

function gitMend(url: unknown): string {
  const [, user, path] = /^([\w.-]+@[\w.-]+):(.+)$/.exec(String(url)) ?? [];
  return user === undefined ? 'Write it like https://git.example.com/acme/platform.' : `Write 'ssh://${user}/${path}'.`;
}

function render(props: GitRepositoryProps): object {
  const { branch, tag, semver, refName, commit, verify } = props;
  return said({
    url: props.url,
    ref: said({ branch, tag, semver, name: refName, commit }),
    interval: props.interval ?? '5m',
    timeout: props.timeout,
    secretRef: nameRef(props.secretName),
    provider: props.provider,
    serviceAccountName: props.serviceAccountName,
    proxySecretRef: nameRef(props.proxySecretName),
    verify: verify && { mode: verify.mode ?? GitVerifyMode.HEAD, secretRef: { name: verify.secretName } },
    ignore: props.ignore,
    include: listed(props.include, ({ repository, fromPath, toPath }) => said({ repository: { name: repository }, fromPath, toPath })),
    recurseSubmodules: props.recurseSubmodules,
    sparseCheckout: unordered(props.sparseCheckout, folder => folder),
    suspend: props.suspend,
  });
}
