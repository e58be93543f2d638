import {
  checkCommonMetadata, checkDependencies, checkHealthExpressions, checkIgnoreRules, checkKubeConfig, checkNames, checkReference,
  checkServiceAccount, type FluxContext, textProblem,
} from './check-parts';
import { FluxChartKind, FluxChartSourceKind } from './flux-chart';
import { insistAll, intervalProblem, pauseProblem } from './flux-duration';
import { type HelmInstallProps, HelmStrategyName, type HelmUpgradeProps } from './helm-release-actions';
import { type HelmReleaseProps, type HelmValuesSource } from './helm-release-props';
import { requireFlux } from './require-flux';
import {
  CHART_NAME_CHANGE, EXTERNAL_ARTIFACT, HELM_COMMON_METADATA, HELM_HEALTH_EXPRESSIONS, HELM_SERVER_SIDE_APPLY, HELM_WAIT_STRATEGY,
  LITERAL_VALUES, POST_RENDER_STRATEGY, RETRY_ON_FAILURE,
} from '../target/flux-features';
import { insist, refuse } from '../values/guardrails-error';
import { dnsLabelProblem, dnsSubdomainProblem } from '../values/names';
import { problem } from '../values/problem';

/** Helm puts suffixes of its own behind the name of a release, and Kubernetes takes 63 characters. */
const LONGEST_RELEASE = 53;

/** Stops what the API server, the controller, Helm or this version of Flux would not take, and what cannot be meant. */
export function checkHelmRelease(context: FluxContext, name: string, props: HelmReleaseProps): void {
  const { at } = context;
  checkChart(context, props);
  checkRelease(at, name, props);
  insistAll(at, props, ['interval'], intervalProblem);
  insistAll(at, props, ['timeout'], pauseProblem);
  checkServiceAccount(context, props.serviceAccountName, 'helm-controller', props.kubeConfig);
  checkDependencies(context, name, props.dependsOn);
  checkHealthExpressions(context, props.healthCheckExprs);
  checkIgnoreRules(at, 'driftDetection.ignore', props.driftDetection?.ignore);
  checkCommonMetadata(at, props.commonMetadata);
  checkKubeConfig(context, props.kubeConfig);
  checkActions(context, props);
  checkFeatures(context, props);
  props.valuesFrom?.forEach(source => checkValuesSource(context, source));
  checkValues(at, 'values', props.values);
}

function checkChart(context: FluxContext, { chart, chartRef }: HelmReleaseProps): void {
  const { at, flux } = context;
  if ((chart === undefined) === (chartRef === undefined)) {
    refuse(at, 'chart', {
      given: chart ? 'chart and chartRef' : 'no chart',
      allowed: 'one of chart and chartRef',
      mend: chart ? 'Leave one of them out.' : 'Pass `chartRef: repository.chartRef` of an OciRepository, or `chart` with its name, version and source.',
    });
  }
  if (chartRef) {
    checkReference(context, 'chartRef', chartRef);
    requireFlux(at, flux, EXTERNAL_ARTIFACT, chartRef.kind === FluxChartKind.EXTERNAL_ARTIFACT);
  }
  if (!chart) return;
  insist(at, 'chart.name', textProblem(chart.name, 'the name of a chart'));
  checkReference(context, 'chart.source', chart.source);
  if (chart.interval !== undefined) insist(at, 'chart.interval', intervalProblem(chart.interval));
  if (chart.verify) insist(at, 'chart.verify.secretName', dnsSubdomainProblem(chart.verify.secretName));
  if (chart.version === undefined || chart.source.kind === FluxChartSourceKind.HELM_REPOSITORY) return;
  refuse(at, 'chart.version', problem(chart.version, 'a version of a chart in a HelmRepository, since Flux ignores it elsewhere', 'Leave it out.'));
}

/** Flux cuts a longer name and puts a hash behind it: nobody would know the release by it. */
function checkRelease(at: string, name: string, { releaseName, targetNamespace, storageNamespace }: HelmReleaseProps): void {
  for (const [what, namespace] of Object.entries({ targetNamespace, storageNamespace })) {
    if (namespace !== undefined) insist(at, what, dnsLabelProblem(namespace));
  }
  if (releaseName !== undefined) return insist(at, 'releaseName', dnsLabelProblem(releaseName, LONGEST_RELEASE));
  const derived = targetNamespace === undefined ? name : `${targetNamespace}-${name}`;
  if (derived.length > LONGEST_RELEASE) {
    refuse(at, 'releaseName', problem(derived, `at most ${LONGEST_RELEASE} characters`, 'Pass a shorter `releaseName`.'));
  }
}

function checkActions({ at, flux }: FluxContext, { install, upgrade, rollback, test, uninstall, maxHistory }: HelmReleaseProps): void {
  for (const [what, action] of Object.entries({ install, upgrade, rollback, test, uninstall })) {
    if (action?.timeout !== undefined) insist(at, `${what}.timeout`, pauseProblem(action.timeout));
  }
  checkAction(at, flux, 'install', install);
  checkAction(at, flux, 'upgrade', upgrade);
  if (install?.remediation?.strategy !== undefined) {
    refuse(at, 'install.remediation.strategy', problem(
      install.remediation.strategy, 'a strategy of an upgrade: what failed to install is always uninstalled', 'Leave it out.',
    ));
  }
  if (maxHistory !== undefined && !(Number.isInteger(maxHistory) && maxHistory >= 0)) {
    refuse(at, 'maxHistory', problem(maxHistory, 'a whole number from 0', 'Write how many revisions to keep, or 0 for all.'));
  }
}

function checkAction(at: string, flux: string, what: string, action: HelmInstallProps | HelmUpgradeProps | undefined): void {
  const { strategy, remediation } = action ?? {};
  const retries = remediation?.retries;
  if (retries !== undefined && !Number.isInteger(retries)) {
    refuse(at, `${what}.remediation.retries`, problem(retries, 'a whole number', 'Write how often to try again, or -1 for ever.'));
  }
  if (!strategy) return;
  if (strategy.name === HelmStrategyName.RETRY_ON_FAILURE) {
    requireFlux(at, flux, RETRY_ON_FAILURE, true);
    if (strategy.retryInterval !== undefined) insist(at, `${what}.strategy.retryInterval`, pauseProblem(strategy.retryInterval));
    if (remediation) {
      refuse(at, `${what}.remediation`, problem(remediation, 'none beside RETRY_ON_FAILURE, which takes nothing back', 'Leave one of them out.'));
    }
  } else if (strategy.retryInterval !== undefined) {
    refuse(at, `${what}.strategy.retryInterval`, problem(strategy.retryInterval, 'an interval for RETRY_ON_FAILURE', 'Leave it out.'));
  }
}

function checkFeatures({ at, flux }: FluxContext, { install, upgrade, rollback, ...props }: HelmReleaseProps): void {
  requireFlux(at, flux, HELM_COMMON_METADATA, props.commonMetadata);
  requireFlux(at, flux, HELM_HEALTH_EXPRESSIONS, props.healthCheckExprs);
  requireFlux(at, flux, HELM_WAIT_STRATEGY, props.waitStrategy);
  requireFlux(at, flux, POST_RENDER_STRATEGY, props.postRenderStrategy);
  requireFlux(at, flux, CHART_NAME_CHANGE, upgrade?.chartNameChangeStrategy);
  for (const action of [install, upgrade, rollback]) requireFlux(at, flux, HELM_SERVER_SIDE_APPLY, action?.serverSideApply !== undefined);
}

function checkValuesSource({ at, flux }: FluxContext, { name, targetPath, valuesKey, literal }: HelmValuesSource): void {
  checkNames(at, { 'valuesFrom.name': name });
  if (valuesKey !== undefined && !/^[-._a-zA-Z0-9]{1,253}$/.test(valuesKey)) {
    refuse(at, 'valuesFrom.valuesKey', problem(valuesKey, 'letters, digits, -, _ and .', 'Write the key as the object has it.'));
  }
  if (targetPath !== undefined && !/^([-\w.\\/]|\[\d{1,5}\]){1,250}$/.test(targetPath)) {
    refuse(at, 'valuesFrom.targetPath', problem(targetPath, 'a path into the values', 'Write it like tls.certificates[0].'));
  }
  requireFlux(at, flux, LITERAL_VALUES, literal);
  if (literal && targetPath === undefined) {
    refuse(at, 'valuesFrom.literal', problem(literal, 'literal beside targetPath, since other texts are YAML', 'Say where it goes with `targetPath`.'));
  }
}

/** What cdk8s would drop without a word, and what YAML cannot say. */
function checkValues(at: string, what: string, value: unknown): void {
  if (value === null) {
    refuse(at, what, problem(value, 'anything but null, which cdk8s drops', 'Put it into a ConfigMap, and name that in `valuesFrom`.'));
  }
  if (typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value))) {
    refuse(at, what, problem(value, 'plain data', 'Write texts, numbers, booleans, lists and objects.'));
  }
  if (typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) checkValues(at, `${what}.${key}`, item);
}
