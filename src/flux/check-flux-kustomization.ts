import {
  checkCommonMetadata, checkDependencies, checkHealthExpressions, checkIgnoreRules, checkKubeConfig, checkNames, checkReference,
  checkServiceAccount, type FluxContext, textProblem,
} from './check-parts';
import { insistAll, intervalProblem, pauseProblem } from './flux-duration';
import { type FluxKustomizationSpec } from './flux-kustomization-props';
import { type FluxPostBuild } from './flux-post-build';
import { FluxSourceKind } from './flux-source';
import { requireFlux } from './require-flux';
import { EXTERNAL_ARTIFACT, IGNORE_RULES, MISSING_COMPONENTS, SUBSTITUTE_STRATEGY } from '../target/flux-features';
import { insist, refuse } from '../values/guardrails-error';
import { dnsLabelProblem } from '../values/names';
import { type Problem, problem } from '../values/problem';

/** Longest that kustomize-controller takes of what is put before or behind names. */
const LONGEST_AFFIX = 200;

/** Stops what the API server, the controller or this version of Flux would not take, and what cannot be meant. */
export function checkFluxKustomization(context: FluxContext, name: string, props: FluxKustomizationSpec): void {
  const { at, flux } = context;
  checkSource(context, props);
  insistAll(at, props, ['interval'], intervalProblem);
  insistAll(at, props, ['retryInterval', 'timeout'], pauseProblem);
  insistAll(at, props, ['path'], pathProblem);
  insistAll(at, props, ['targetNamespace'], dnsLabelProblem);
  insistAll(at, props, ['namePrefix', 'nameSuffix'], affixProblem);
  checkServiceAccount(context, props.serviceAccountName, 'kustomize-controller', props.kubeConfig);
  checkDependencies(context, name, props.dependsOn);
  checkHealth(context, props);
  requireFlux(at, flux, MISSING_COMPONENTS, props.ignoreMissingComponents);
  requireFlux(at, flux, IGNORE_RULES, props.ignore);
  checkIgnoreRules(at, 'ignore', props.ignore);
  checkCommonMetadata(at, props.commonMetadata);
  checkKubeConfig(context, props.kubeConfig);
  checkNames(at, { 'decryption.secretName': props.decryption?.secretName, 'decryption.serviceAccountName': props.decryption?.serviceAccountName });
  props.patches?.forEach(({ patch }) => insist(at, 'patches.patch', textProblem(patch, 'a patch, as YAML')));
  if (props.postBuild) checkPostBuild(context, props.postBuild);
}

function checkSource(context: FluxContext, { source }: FluxKustomizationSpec): void {
  const { at, flux } = context;
  checkReference(context, 'source', source);
  requireFlux(at, flux, EXTERNAL_ARTIFACT, source.kind === FluxSourceKind.EXTERNAL_ARTIFACT);
}

function checkHealth(context: FluxContext, { wait, healthChecks = [], healthCheckExprs }: FluxKustomizationSpec): void {
  const { at } = context;
  if (wait && healthChecks.length > 0) {
    refuse(at, 'healthChecks', {
      given: `${healthChecks.length} beside wait`,
      allowed: 'one of them, since Flux ignores the list where it waits for everything',
      mend: 'Leave `healthChecks` out, or `wait` where only those are to be waited for.',
    });
  }
  for (const { apiVersion, kind, name, namespace } of healthChecks) {
    insist(at, 'healthChecks.apiVersion', textProblem(apiVersion, 'a group and version, such as apps/v1'));
    insist(at, 'healthChecks.kind', textProblem(kind, 'a kind, such as Deployment'));
    checkNames(at, { 'healthChecks.name': name });
    if (namespace !== undefined) insist(at, 'healthChecks.namespace', dnsLabelProblem(namespace));
  }
  checkHealthExpressions(context, healthCheckExprs);
}

function checkPostBuild({ at, flux }: FluxContext, { substitute = {}, substituteFrom = [], substituteStrategy }: FluxPostBuild): void {
  requireFlux(at, flux, SUBSTITUTE_STRATEGY, substituteStrategy);
  const wrong = Object.keys(substitute).find(variable => !/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(variable));
  if (wrong !== undefined) {
    refuse(at, 'postBuild.substitute', problem(wrong, 'names of letters, digits and _, not beginning with a digit', 'Choose another name.'));
  }
  for (const { name } of substituteFrom) checkNames(at, { 'postBuild.substituteFrom.name': name });
}

/** Flux joins the path to the root of the source and takes nothing outside it. */
function pathProblem(path: string): Problem | undefined {
  const outside = path.startsWith('/') || path.split('/').includes('..');
  return outside ? problem(path, 'a path inside of the source, such as ./apps/staging', 'Write it from the root of the source.') : undefined;
}

function affixProblem(text: string): Problem | undefined {
  const fits = text.length > 0 && text.length <= LONGEST_AFFIX;
  return fits ? undefined : problem(text, `1 to ${LONGEST_AFFIX} characters`, 'Shorten it, or leave it out.');
}
