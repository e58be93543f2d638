import { Construct } from 'constructs';
import { addRelease } from './add-release';
import { addBootstrapPart } from './bootstrap-parts';
import { chartValues } from './chart-values';
import { countProblem, insistVersion, repositoryProblem } from './check-install';
import { type HelmInstall, installFiles, installScript, valuesYaml } from './helm-install';
import { KyvernoInstallProps, KyvernoPermission } from './kyverno-install-props';
import { KYVERNO_OWNED, kyvernoValues } from './kyverno-values';
import { pauseProblem } from '../flux/flux-duration';
import { KyvernoControllerRole } from '../kyverno/controller-role';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { dnsLabelProblem } from '../values/names';
import { problem } from '../values/problem';
import { quantityProblem } from '../values/quantity';
import { compareMinor, parseMinor } from '../values/semver-minor';

/** The chart of Kyverno 1.13 is 3.3, and they have gone up together since. */
const CHART_BEHIND = 10;

const EXCLUDES_BOOTSTRAP_SINCE = '1.19';

/**
 * Kyverno, as the values and script of a first install, and as the HelmRelease that adopts it, with the same values, byte for byte. Flux
 * can install it by itself, too; the script is for clusters that shall not be without policies before Flux runs.
 *
 * Put it into the stage `controllers` of a `FluxCluster`, so that its CustomResourceDefinitions are there before policies.
 *
 * @see https://kyverno.io/docs/installation/methods/
 * @example
 *
 * const cluster = new FluxCluster(new FluxApp(), 'staging', { platform: { kyverno: '1.19' } });
 * new KyvernoInstall(cluster.controllers, 'kyverno', {
 *   version: '3.9.0',
 *   excludeNamespaces: ['flux-system'],
 *   permissions: [{ controller: KyvernoController.REPORTS, apiGroup: 'cilium.io', resources: ['ciliumnetworkpolicies'] }],
 * });
 */
export class KyvernoInstall extends Construct {
  /** Exact version of the chart. */
  public readonly version: string;

  private readonly install: HelmInstall;

  constructor(scope: Construct, id: string, props: KyvernoInstallProps) {
    super(scope, id);
    insistProps(this, 'KyvernoInstallProps', props);
    const at = where(this);
    check(at, props, Platform.of(this));
    this.version = props.version;
    this.install = {
      title: 'Kyverno',
      name: 'kyverno',
      version: props.version,
      repository: props.repository ?? 'oci://ghcr.io/kyverno/charts',
      namespace: props.namespace ?? 'kyverno',
      createNamespace: true,
      isCni: false,
      nodesNeeded: 1,
      replacesKubeProxy: false,
      values: chartValues(at, kyvernoValues(props), props.values ?? {}, KYVERNO_OWNED),
    };
    addRelease(this, this.install, props);
    this.addRoles(props.permissions ?? []);
    addBootstrapPart({ construct: this, install: this.install, files: () => installFiles(this.install) });
  }

  /** The text of `kyverno-values.yaml`. */
  public toValuesYaml(): string {
    return valuesYaml(this.install);
  }

  /** The text of `install-kyverno.sh`, a POSIX shell script that reads `kyverno-values.yaml` beside it. */
  public toScript(): string {
    return installScript(this.install);
  }

  /** As roles and not as values of the chart, so that checks see them: a policy that generates needs them. */
  private addRoles(permissions: readonly KyvernoPermission[]): void {
    const controllers = [...new Set(permissions.map(({ controller }) => controller))].sort();
    for (const controller of controllers) {
      const rules = permissions.filter(permission => permission.controller === controller).map(({ apiGroup, resources, verbs }) => ({
        apiGroups: [apiGroup ?? ''], resources: [...new Set(resources)].sort(), verbs: [...new Set(verbs ?? ['get', 'list', 'watch'])].sort(),
      })).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      new KyvernoControllerRole(this, `Role-${controller}`, 'kyverno-install', controller, rules);
    }
  }
}

function check(at: string, props: KyvernoInstallProps, platform: Platform): void {
  const { repository, namespace = 'kyverno', replicas, excludeNamespaces = [], admissionMemoryLimit, permissions = [] } = props;
  const { major, minor } = parseMinor(platform.kyverno)!;
  insistVersion(at, props.version, `${major + 2}.${minor - CHART_BEHIND}`, `Kyverno ${platform.kyverno}`);
  if (repository !== undefined) insist(at, 'repository', repositoryProblem(repository));
  insist(at, 'namespace', dnsLabelProblem(namespace));
  if (!platform.systemNamespaces.includes(namespace)) {
    refuse(at, 'namespace', problem(
      namespace, `one of the platform's own: ${platform.systemNamespaces.join(', ')}`,
      'Add it to `systemNamespaces` of the Platform: generators would write into it otherwise.',
    ));
  }
  for (const [controller, count] of Object.entries(replicas ?? {})) {
    if (count !== undefined) insist(at, `replicas.${controller}`, countProblem(count as number, 1));
  }
  excludeNamespaces.forEach(name => insist(at, 'excludeNamespaces', dnsLabelProblem(name)));
  if (admissionMemoryLimit !== undefined) insist(at, 'admissionMemoryLimit', quantityProblem(admissionMemoryLimit));
  checkFeatures(at, props, platform);
  for (const { resources, verbs } of permissions) {
    for (const [what, list] of Object.entries({ resources, verbs })) {
      if (list?.length === 0) refuse(at, `permissions.${what}`, problem(list, 'at least one', 'Name what the policies need.'));
    }
  }
}

function checkFeatures(at: string, { features = {} }: KyvernoInstallProps, { kyverno }: Platform): void {
  const { policyExceptionsNamespace, backgroundScanInterval, excludeBootstrapResources } = features;
  if (policyExceptionsNamespace !== undefined) insist(at, 'features.policyExceptionsNamespace', dnsLabelProblem(policyExceptionsNamespace));
  if (backgroundScanInterval !== undefined) insist(at, 'features.backgroundScanInterval', pauseProblem(backgroundScanInterval));
  if (excludeBootstrapResources === undefined || compareMinor(kyverno, EXCLUDES_BOOTSTRAP_SINCE) >= 0) return;
  refuse(at, 'features.excludeBootstrapResources', problem(
    excludeBootstrapResources, `nothing on Kyverno ${kyverno}; Kyverno since ${EXCLUDES_BOOTSTRAP_SINCE}`, 'Leave it out.',
  ));
}
