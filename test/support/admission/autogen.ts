import { copy, Dict, isDict, items } from './json';
import { atLeast } from './version';

const ANNOTATION = 'pod-policies.kyverno.io/autogen-controllers';

/** The pod controllers that Kyverno knows, as it writes them into the rules that it derives. */
const CONTROLLERS: Record<string, string> = {
  DaemonSet: 'apps/v1/DaemonSet',
  Deployment: 'apps/v1/Deployment',
  Job: 'batch/v1/Job',
  ReplicaSet: 'apps/v1/ReplicaSet',
  ReplicationController: 'v1/ReplicationController',
  StatefulSet: 'apps/v1/StatefulSet',
};
const CRON_JOB = 'CronJob';

/**
 * The rules of a policy with those that Kyverno derives for pod controllers from the rules about Pods.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/autogen/
 */
export function rulesWithAutogen(policy: Dict, kyvernoVersion: string): Dict[] {
  const rules: Dict[] = items(policy.spec?.rules);
  if (rules.some(preventsAutogen)) {
    return rules;
  }
  const annotation: string | undefined = policy.metadata?.annotations?.[ANNOTATION];
  // The list is split at commas and not trimmed: in "Deployment, Job" the second kind is " Job", which is none.
  const requested = annotation === undefined ? [...Object.keys(CONTROLLERS), CRON_JOB] : annotation === 'none' ? [] : annotation.split(',');
  const derived = rules.filter(isAboutPods).flatMap((rule) => deriveRules(rule, requested, kyvernoVersion));
  return derived.length === 0 ? rules : [...rules.filter((rule) => !`${rule.name}`.startsWith('autogen-')), ...derived];
}

/** One such rule is enough to suppress the derived rules of the whole policy. */
function preventsAutogen(rule: Dict): boolean {
  const { mutate } = rule;
  const jsonPatches = mutate?.patchesJson6902 !== undefined || items(mutate?.foreach).some((entry) => entry.patchesJson6902 !== undefined);
  return rule.generate !== undefined || jsonPatches || resourcesOf(rule.match).concat(resourcesOf(rule.exclude)).some((resources) => (
    Boolean(resources.name) || items(resources.names).length > 0 || isDict(resources.selector) || isDict(resources.annotations)
    || (items(resources.kinds).length > 1 && hasPod(resources.kinds))
  ));
}

function isAboutPods(rule: Dict): boolean {
  const kinds = (block: unknown): string[] => resourcesOf(block).flatMap((resources) => items(resources.kinds));
  const excluded = kinds(rule.exclude);
  return !`${rule.name}`.startsWith('autogen-') && hasPod(kinds(rule.match)) && (excluded.length === 0 || hasPod(excluded));
}

function resourcesOf(block: unknown): Dict[] {
  return filtersOf(block).map((filter) => filter.resources).filter(isDict);
}

function filtersOf(block: unknown): Dict[] {
  return isDict(block) ? [block, ...items(block.any), ...items(block.all)] : [];
}

function hasPod(kinds: unknown): boolean {
  // Kyverno compares the kinds as they are written: `v1/Pod` is not taken for a Pod here.
  return items(kinds).includes('Pod');
}

function deriveRules(rule: Dict, requested: string[], kyvernoVersion: string): Dict[] {
  const others = requested.filter((kind) => kind !== CRON_JOB && kind !== '');
  const known = others.filter((kind) => kind in CONTROLLERS);
  const asKind = (kind: string): string => (atLeast(kyvernoVersion, '1.18') ? CONTROLLERS[kind] ?? kind : kind);
  const kinds = (known.length > 0 ? known : others).map(asKind);
  const cron = atLeast(kyvernoVersion, '1.18') ? `batch/v1/${CRON_JOB}` : CRON_JOB;
  return [
    ...(kinds.length > 0 ? [derive(rule, 'autogen', kinds, ['spec', 'template'], false)] : []),
    ...(requested.includes(CRON_JOB) ? [derive(rule, 'autogen-cronjob', [cron], ['spec', 'jobTemplate', 'spec', 'template'], true)] : []),
  ];
}

function derive(rule: Dict, prefix: string, kinds: string[], path: string[], everyFilter: boolean): Dict {
  const derived: Dict = { ...copy(rule), name: `${prefix}-${rule.name}`.slice(0, 63) };
  for (const filter of [...filtersOf(derived.match), ...filtersOf(derived.exclude)]) {
    const isItem = filter !== derived.match && filter !== derived.exclude;
    if (hasPod(filter.resources?.kinds) || (everyFilter && isItem)) {
      filter.resources = { ...filter.resources, kinds };
    }
  }
  const wrap = (pattern: unknown): unknown => path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), pattern);
  const { validate, mutate } = derived;
  if (validate?.pattern !== undefined) {
    validate.pattern = wrap(validate.pattern);
  }
  if (validate?.anyPattern !== undefined) {
    validate.anyPattern = items(validate.anyPattern).map(wrap);
  }
  if (mutate?.patchStrategicMerge !== undefined) {
    mutate.patchStrategicMerge = wrap(mutate.patchStrategicMerge);
  }
  if (mutate?.foreach !== undefined) {
    // The order of the loop and nested loops are lost on the way.
    mutate.foreach = items(mutate.foreach).map(({ list, context, preconditions, patchStrategicMerge }) => (
      copy({ list, context, preconditions, patchStrategicMerge: wrap(patchStrategicMerge) })
    ));
  }
  return redirect(derived, path.join('.'));
}

/** Variables are redirected to the pod template by replacing text, wherever it stands. */
function redirect(rule: Dict, path: string): Dict {
  const redirected = ['object', 'oldObject'].reduce((text, root) => text
    .replaceAll(`request.${root}.spec`, `request.${root}.${path}.spec`)
    .replaceAll(`request.${root}.metadata`, `request.${root}.${path}.metadata`), JSON.stringify(rule));
  return JSON.parse(redirected);
}
