import type { FluxDependency } from './flux-dependency';
import type { FluxHealthExpression } from './flux-health';
import type { FluxKubeConfig } from './flux-kube-config';
import type { FluxCommonMetadata } from './flux-metadata';
import type { FluxIgnoreRule } from './flux-patch';
import { requireFlux } from './require-flux';
import { HEALTH_EXPRESSION_OF_GROUP, KUBE_CONFIG_MAP, READY_EXPRESSION } from '../target/flux-features';
import { insist, refuse } from '../values/guardrails-error';
import { annotationKeyProblem, labelsProblem } from '../values/labels';
import { dnsLabelProblem, dnsSubdomainProblem } from '../values/names';
import { type Problem, problem } from '../values/problem';

/** Where an object is checked: what it is called in errors, its namespace, and the Flux that will read it. */
export interface FluxContext {
  readonly at: string;
  readonly namespace: string;
  readonly flux: string;
  /** Whether Flux refuses references across namespaces, and gives no rights by default. */
  readonly lockdown: boolean;
}

/** Names of other objects, where they are given. */
export function checkNames(at: string, names: Record<string, string | undefined>): void {
  for (const [what, name] of Object.entries(names)) {
    if (name !== undefined) insist(at, what, dnsSubdomainProblem(name));
  }
}

/** A reference to another Flux object, which has to lie beside it under lockdown. */
export function checkReference(context: FluxContext, what: string, reference: Pick<FluxDependency, 'name' | 'namespace'>): void {
  const { at, namespace, lockdown } = context;
  insist(at, `${what}.name`, dnsSubdomainProblem(reference.name));
  if (reference.namespace === undefined) return;
  insist(at, `${what}.namespace`, dnsLabelProblem(reference.namespace));
  if (!lockdown || reference.namespace === namespace) return;
  refuse(at, `${what}.namespace`, problem(
    reference.namespace, `${namespace}, since Flux refuses references across namespaces under multi-tenancy lockdown`,
    'Create it in the same namespace, or set `fluxLockdown: false` on Platform if Flux is not locked down.',
  ));
}

/** Whom the controller acts as. With a kubeconfig the rights are those of the other cluster. */
export function checkServiceAccount(
  { at, lockdown }: FluxContext, serviceAccountName: string | undefined, controller: string, kubeConfig: unknown,
): void {
  checkNames(at, { serviceAccountName });
  if (serviceAccountName !== undefined || kubeConfig !== undefined || !lockdown) return;
  refuse(at, 'serviceAccountName', {
    given: 'none',
    allowed: 'a service account, since the default one may do nothing under multi-tenancy lockdown',
    mend: `Name it, such as '${controller}' in flux-system, or set \`fluxLockdown: false\` on Platform if Flux is not locked down.`,
  });
}

export function checkDependencies(context: FluxContext, name: string, dependencies: readonly FluxDependency[] = []): void {
  for (const dependency of dependencies) {
    checkReference(context, 'dependsOn', dependency);
    requireFlux(context.at, context.flux, READY_EXPRESSION, dependency.readyExpr);
    if (dependency.name !== name || (dependency.namespace ?? context.namespace) !== context.namespace) continue;
    refuse(context.at, 'dependsOn', problem(name, 'others, since it would wait for itself forever', 'Take it out of the list.'));
  }
}

export function checkHealthExpressions({ at, flux }: FluxContext, expressions: readonly FluxHealthExpression[] = []): void {
  for (const { apiVersion, kind, current, failed, inProgress } of expressions) {
    insist(at, 'healthCheckExprs.apiVersion', textProblem(apiVersion, 'a group and version, such as cilium.io/v2'));
    insist(at, 'healthCheckExprs.current', textProblem(current, 'a CEL expression'));
    for (const [what, text] of Object.entries({ kind, failed, inProgress })) {
      if (text !== undefined) insist(at, `healthCheckExprs.${what}`, textProblem(text, 'a text that is not empty'));
    }
    requireFlux(at, flux, HEALTH_EXPRESSION_OF_GROUP, kind === undefined);
  }
}

export function checkKubeConfig({ at, flux }: FluxContext, kubeConfig: FluxKubeConfig | undefined): void {
  if (!kubeConfig) return;
  const { secretName, secretKey, configMapName } = kubeConfig;
  if ((secretName === undefined) === (configMapName === undefined)) {
    refuse(at, 'kubeConfig', problem(kubeConfig, 'one of secretName and configMapName', 'Name the one that says how to reach the other cluster.'));
  }
  if (secretKey !== undefined && secretName === undefined) {
    refuse(at, 'kubeConfig.secretKey', problem(secretKey, 'a key beside secretName', 'Leave it out: a ConfigMap is read as a whole.'));
  }
  checkNames(at, { 'kubeConfig.secretName': secretName, 'kubeConfig.configMapName': configMapName });
  requireFlux(at, flux, KUBE_CONFIG_MAP, configMapName);
}

export function checkCommonMetadata(at: string, metadata: FluxCommonMetadata | undefined): void {
  if (metadata?.labels) insist(at, 'commonMetadata.labels', labelsProblem(metadata.labels));
  Object.keys(metadata?.annotations ?? {}).forEach(key => insist(at, 'commonMetadata.annotations', annotationKeyProblem(key)));
}

export function checkIgnoreRules(at: string, what: string, rules: readonly FluxIgnoreRule[] = []): void {
  for (const { paths } of rules) {
    if (paths.length === 0) refuse(at, `${what}.paths`, problem(paths, 'at least one path', 'Name the field, such as /spec/replicas.'));
    const wrong = paths.find(path => !/^(\/([^~]|~[01])*)?$/.test(path));
    if (wrong !== undefined) refuse(at, `${what}.paths`, problem(wrong, 'JSON pointers', 'Write it like /spec/replicas.'));
  }
}

export function textProblem(text: string, allowed: string): Problem | undefined {
  return text.trim() === '' ? problem(text, allowed, 'Write it.') : undefined;
}
