import { Anchor } from './anchor';
import { type KyvernoCondition, type KyvernoConditions, KyvernoOperator } from './conditions';
import type { KyvernoGenerate } from './generate';
import type {
  DefaultResource, DefaultResources, Effect, Generate, PolicyIntent, RequireField, RequireLabels, RequireLimits, RuleIntent,
  Subject,
} from './intents/policy-intent';
import type { KyvernoPolicyProps } from './kyverno-policy';
import { KyvernoOperation, type KyvernoResources } from './match';
import type { KyvernoMutate, KyvernoMutateForeach } from './mutate';
import type { KyvernoRule } from './rule';
import type { KyvernoValidate } from './validate';
import { parseKind } from '../values/kyverno-kind';

const AUTOGEN = 'pod-policies.kyverno.io/autogen-controllers';

/** Kyverno warns of any list but this one. Pods of bare ReplicaSets are judged as pods. */
const POD_CONTROLLERS = 'DaemonSet,Deployment,Job,StatefulSet,CronJob';

/**
 * Kyverno lets nobody change what a generating rule is about. With this Flux makes the policy anew instead of stopping, which does no
 * harm where the objects outlive the policy and the new one takes them up.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
const REPLACE = { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' };

/**
 * What the API server lets nobody change in a Pod and in the template of a Job: a default that comes in with a later change would have
 * every change of an older one refused. The rules that Kyverno derives for pod controllers take the condition along.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement
 */
const WHERE_CHANGEABLE: KyvernoConditions = {
  any: [
    { key: '{{ request.operation }}', operator: KyvernoOperator.EQUALS, value: 'CREATE' },
    { key: '{{ request.object.kind }}', operator: KyvernoOperator.ANY_NOT_IN, value: ['Pod', 'Job'] },
  ],
};

const NAMESPACE_NAME = '{{request.object.metadata.name}}';

/**
 * Says an intent as a ClusterPolicy. What the CRD fills in by itself is written out, so that what is in Git is what is in the
 * cluster.
 */
export function clusterPolicy(intent: PolicyIntent): KyvernoPolicyProps {
  const aboutPods = intent.rules.some(rule => rule.subject.kinds.some(isPod));
  const replaceable = intent.rules.every(({ effect }) => effect.kind === 'generate' && effect.existing && effect.keepWhenPolicyGoes);
  return {
    name: intent.name,
    ...(aboutPods && { annotations: { [AUTOGEN]: POD_CONTROLLERS } }),
    ...(replaceable && { annotations: REPLACE }),
    admission: true,
    background: intent.background ?? true,
    emitWarning: false,
    rules: intent.rules.map(clusterPolicyRule),
  };
}

function clusterPolicyRule({ name, subject, effect }: RuleIntent): KyvernoRule {
  return {
    name,
    match: { any: [{ resources: matched(subject) }] },
    ...exclusion(subject),
    skipBackgroundRequests: true,
    ...(effect.kind === 'defaultResources' && { preconditions: WHERE_CHANGEABLE }),
    ...action(effect),
  };
}

function matched({ kinds, namespaces }: Subject): KyvernoResources {
  const selector = namespaces?.selectsAll ? undefined : namespaces;
  return {
    // Kyverno makes rules for pod controllers only where the kind is written `Pod`: it does not know `v1/Pod` for the same.
    kinds: kinds.map(kind => (isPod(kind) ? 'Pod' : kind)),
    operations: [KyvernoOperation.CREATE, KyvernoOperation.UPDATE],
    // A namespaceSelector never matches Namespaces.
    ...(selector && (kinds.some(isNamespace) ? { selector } : { namespaceSelector: selector })),
  };
}

/** A name in `exclude` would stop the rules for pod controllers; `namespaces` means the own name of a Namespace. */
function exclusion({ except, exceptLabelled }: Subject): Pick<KyvernoRule, 'exclude'> {
  const any = [
    ...(except.length > 0 ? [{ resources: { namespaces: except } }] : []),
    ...(exceptLabelled ? [{ resources: { selector: exceptLabelled } }] : []),
  ];
  return any.length > 0 ? { exclude: { any } } : {};
}

function action(effect: Effect): Pick<KyvernoRule, 'validate' | 'mutate' | 'generate'> {
  switch (effect.kind) {
    case 'requireLimits': return { validate: validation(effect, limitsPattern(effect)) };
    case 'requireField': return { validate: validation(effect, fieldPattern(effect)) };
    case 'requireLabels': return { validate: validation(effect, { metadata: { labels: effect.labels } }) };
    case 'defaultResources': return { mutate: defaults(effect) };
    case 'generate': return { generate: generation(effect) };
  }
}

function validation(effect: RequireLimits | RequireLabels | RequireField, pattern: object): KyvernoValidate {
  const { action: failureAction, allowExistingViolations, message } = effect;
  return { failureAction, allowExistingViolations, message, pattern };
}

function limitsPattern({ resources }: RequireLimits): object {
  const container = { resources: { limits: Object.fromEntries(resources.map(resource => [resource, '?*'])) } };
  // Ephemeral containers cannot have limits: asking for them would forbid every `kubectl debug`.
  return { spec: { [Anchor.ifPresent('initContainers')]: [container], containers: [container] } };
}

function fieldPattern({ path, optional, value }: RequireField): object {
  const text = value === 'namespace' ? '{{request.object.metadata.namespace}}' : wildcards(value);
  return path.reduceRight<any>((inner, name) => (name === '[]' ? [inner] : { [optional ? Anchor.ifPresent(name) : name]: inner }), text);
}

/** Kyverno takes `|` apart before `&`, so that what must not match stands beside each of what must. */
function wildcards({ oneOf, noneOf }: Exclude<RequireField['value'], string>): string {
  return oneOf.map(wildcard => [wildcard, ...noneOf.map(other => `!${other}`)].join(' & ')).join(' | ');
}

function defaults({ resources }: DefaultResources): KyvernoMutate {
  return { foreach: ['containers', 'initContainers'].flatMap(list => resources.flatMap(resource => defaultsOf(list, resource))) };
}

function defaultsOf(list: string, { name, request, limit }: DefaultResource): KyvernoMutateForeach[] {
  // A request above the limit is no pod that the API server takes, so a default that would make one stays out.
  return [
    ...(request === undefined ? [] : [patch(list, 'requests', name, request, {
      key: `{{ element.resources.limits.${name} || '${request}' }}`,
      operator: KyvernoOperator.GREATER_THAN_OR_EQUALS,
      value: request,
    })]),
    ...(limit === undefined ? [] : [patch(list, 'limits', name, limit, {
      key: `{{ element.resources.requests.${name} || '0' }}`,
      operator: KyvernoOperator.LESS_THAN_OR_EQUALS,
      value: limit,
    })]),
  ];
}

function patch(
  list: string, field: 'requests' | 'limits', resource: string, quantity: string, condition: KyvernoCondition,
): KyvernoMutateForeach {
  return {
    list: `request.object.spec.${list} || \`[]\``,
    preconditions: { all: [condition] },
    patchStrategicMerge: {
      spec: { [list]: [{ [Anchor.when('name')]: '{{ element.name }}', resources: { [field]: { [Anchor.addIfAbsent(resource)]: quantity } } }] },
    },
  };
}

function generation({ object, existing, synchronize, keepWhenPolicyGoes }: Generate): KyvernoGenerate {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.name,
    namespace: NAMESPACE_NAME,
    generateExisting: existing,
    synchronize,
    orphanDownstreamOnPolicyDelete: keepWhenPolicyGoes,
    data: { spec: object.spec },
  };
}

function isPod(kind: string): boolean {
  return kind === 'Pod' || kind === 'v1/Pod';
}

function isNamespace(kind: string): boolean {
  return parseKind(kind)?.kind === 'Namespace';
}
