import type { IConstruct } from 'constructs';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { type Selector, selectorIsEmpty, selectorMatches, type SelectorRequirement, selectorToString } from '../values/selector';

// The label that cdk8s-plus adds to every pod: a hash of the construct path, which changes when a construct moves.
const ADDRESS_LABEL = 'cdk8s.io/metadata.addr';

// Labels that change with an upgrade, or from pod to pod: a policy that selects by them loses its pods.
const PASSING_LABELS = [
  ADDRESS_LABEL, 'app.kubernetes.io/version', 'helm.sh/chart', 'chart', 'pod-template-hash', 'pod-template-generation', 'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index', 'controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name', 'batch.kubernetes.io/job-completion-index',
];

/** A construct of cdk8s-plus that makes pods, as far as its classes have it in common. */
export interface PodTemplateOwner extends IConstruct {
  readonly podMetadata: { toJson(): { labels?: Record<string, string> } };
  readonly metadata?: { readonly namespace?: string };
  /** What a Deployment, StatefulSet or DaemonSet knows its pods by. */
  readonly matchLabels?: Record<string, string>;
  readonly matchExpressions?: SelectorRequirement[];
}

export function ownsPodTemplate(construct: IConstruct): construct is PodTemplateOwner {
  return 'podMetadata' in construct;
}

/**
 * The pods of a template: by the labels that are chosen, or else by what the workload itself selects them by, without the address of
 * cdk8s-plus, or else by those labels of the template that stay through an upgrade.
 *
 * @throws GuardrailsError when nothing is left to select by, and when the template's own pods would not be selected
 */
export function templateSelector(owner: PodTemplateOwner, chosen?: Record<string, string>): Selector {
  const template = owner.podMetadata.toJson().labels ?? {};
  const own = ownSelector(owner);
  const selector = chosen ? { matchLabels: chosen } : selectorIsEmpty(own) ? { matchLabels: without(template, PASSING_LABELS) } : own;
  const what = chosen ? 'labels' : 'pod labels';
  if (selectorIsEmpty(selector)) {
    const passing = Object.keys(without(template, [ADDRESS_LABEL]));
    refuse(where(owner), what, {
      given: chosen || passing.length === 0 ? 'none' : `none but ${passing.join(', ')}`,
      allowed: 'at least one label on the pod template that stays through an upgrade',
      mend: `Set podMetadata: { labels: { 'app.kubernetes.io/name': '${owner.node.id.toLowerCase()}' } }; the address label of cdk8s-plus is a hash and changes when a construct moves.`,
    });
  }
  if (!selectorMatches(selector, template)) {
    refuse(where(owner), what, {
      given: selectorToString(selector),
      allowed: `what selects the pods of the template, which have ${selectorToString({ matchLabels: without(template, [ADDRESS_LABEL]) }) || 'no label'}`,
      mend: 'Put the same labels into podMetadata, or pass as `labels` those that are there.',
    });
  }
  return selector;
}

function ownSelector({ matchLabels = {}, matchExpressions = [] }: PodTemplateOwner): Selector {
  const labels = without(matchLabels, [ADDRESS_LABEL]);
  return {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}

function without(labels: Record<string, string>, keys: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !keys.includes(key)));
}
