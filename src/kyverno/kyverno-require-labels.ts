import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isSecret, KyvernoControllerRole, rightsToRead } from './controller-role';
import { KyvernoValidateOptions } from './intent-options';
import type { RuleIntent } from './intents/policy-intent';
import { subjectOf } from './intents/subject';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { insistProps } from '../platform/insist-props';
import { objectsBelow } from '../platform/objects-below';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { knownKinds } from '../values/known-kinds';
import { type KindSelector, kindProblem, parseKind } from '../values/kyverno-kind';
import { labelKeyProblem } from '../values/labels';
import { problem } from '../values/problem';

/**
 * Properties for `KyvernoRequireLabels`.
 */
export interface KyvernoRequireLabelsProps extends KyvernoValidateOptions {
  /**
   * Name of the policy.
   *
   * @default - `require-labels-<id>`
   */
  readonly name?: string;

  /**
   * The kinds that need the labels, as `group/version/Kind`, and `v1/Kind` in the core group. The version may be `*`. The name of a
   * kind's resource, which Kyverno needs to report on it, is taken to be its regular plural.
   *
   * Kyverno gets no right to read the Secrets of the cluster: with `v1/Secret` among the kinds, objects are judged when they are created or
   * changed, and none of these kinds in the background. Give Secrets a construct of their own, and the others keep their reports.
   */
  readonly kinds: string[];

  /**
   * Labels that must be there and not be empty.
   *
   * @default - those of `patterns`
   */
  readonly labels?: string[];

  /**
   * Labels whose value must match a pattern: `*` and `?` are wildcards, `|` is or. The rest of Kyverno's pattern language holds too:
   * `!`, `<` and `>` in front, `&`, and ranges of numbers such as `1-5`.
   *
   * @default - any value
   * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#wildcards
   */
  readonly patterns?: { [label: string]: string };
}

/**
 * Objects of some kinds need labels, such as alerts the team that is woken. For kinds that Kyverno has no right to read, it gets a
 * ClusterRole, without which the reports would be incomplete.
 *
 * Pods are judged by themselves and in the pod template of their controller. Of other kinds it is the object's own labels.
 * Namespaces are selected by their own labels. Other kinds that lie in no namespace need
 * `namespaceSelector: LabelSelector.all()`.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/
 * @example
 *
 * new KyvernoRequireLabels(chart, 'alerts', {
 *   action: PolicyAction.ENFORCE,
 *   kinds: ['monitoring.coreos.com/v1/PrometheusRule'],
 *   labels: ['team'],
 * });
 */
export class KyvernoRequireLabels extends Construct {
  /** The policy. */
  public readonly policy: KyvernoPolicy;

  constructor(scope: Construct, id: string, props: KyvernoRequireLabelsProps) {
    super(scope, id);
    insistProps(this, 'KyvernoRequireLabelsProps', props);
    const name = props.name ?? `require-labels-${id}`;
    const labels = this.labels(props);
    const rules = this.rules(props, labels);
    const rights = rightsToRead(props.kinds);
    const roles = rights.length > 0 ? [new KyvernoControllerRole(this, 'ReportsRole', name, 'reports', rights)] : [];
    this.policy = writePolicy(this, { name, rules, background: !props.kinds.some(isSecret) }, ...roles);
  }

  /** The objects, for JSON patches: the policy, and the roles that it needs. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }

  private labels({ labels = [], patterns = {} }: KyvernoRequireLabelsProps): Record<string, string> {
    const wanted = { ...Object.fromEntries(labels.map(label => [label, '?*'])), ...patterns };
    if (Object.keys(wanted).length === 0) {
      refuse(where(this), 'labels', { given: 'none', allowed: 'at least one label', mend: 'Name it in `labels`, or in `patterns` with a pattern.' });
    }
    for (const [label, pattern] of Object.entries(wanted)) {
      insist(where(this), 'labels', labelKeyProblem(label));
      if (pattern.trim() !== '') continue;
      refuse(where(this), `patterns.${label}`, problem(pattern, 'a pattern', 'Write it, such as \'?*\' for any value but none.'));
    }
    return Object.fromEntries(Object.entries(wanted).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * A rule for pods, one for Namespaces, one for the rest: Kyverno makes no rules for pod controllers where a kind stands beside
   * Pod, and Namespaces are selected in another way.
   */
  private rules(props: KyvernoRequireLabelsProps, labels: Record<string, string>): RuleIntent[] {
    if (!props.kinds?.length) {
      refuse(where(this), 'kinds', { given: 'none', allowed: 'at least one kind', mend: 'Name it, such as monitoring.coreos.com/v1/PrometheusRule.' });
    }
    const kinds = [...new Set(props.kinds)].sort().map(text => ({ text, ...this.kind(text) }));
    const isPod = ({ group, kind }: KindSelector): boolean => group === '' && kind === 'Pod';
    const isNamespace = ({ group, kind }: KindSelector): boolean => group === '' && kind === 'Namespace';
    const sets = [
      { name: 'check-labels', kinds: kinds.filter(kind => !isPod(kind) && !isNamespace(kind)) },
      { name: 'check-pod-labels', kinds: kinds.filter(isPod) },
      { name: 'check-namespace-labels', kinds: kinds.filter(isNamespace) },
    ].filter(set => set.kinds.length > 0);
    if (kinds.some(isPod) && kinds.some(isNamespace)) {
      refuse(where(this), 'kinds', {
        given: 'v1/Pod and v1/Namespace',
        allowed: 'one of them, since a policy that selects Namespaces by labels gets no rules for pod controllers',
        mend: 'Create a KyvernoRequireLabels for each.',
      });
    }
    this.checkScope(kinds.filter(kind => !isNamespace(kind)), props);
    return sets.map(set => ({
      name: set.name,
      subject: subjectOf(this, set.kinds.map(({ text }) => text), props),
      effect: {
        kind: 'requireLabels',
        action: props.action,
        allowExistingViolations: props.allowExistingViolations ?? true,
        message: `Every ${set.kinds.map(({ kind }) => kind).join(', ')} needs ${described(labels)}.`,
        labels,
      },
    }));
  }

  /** What lies in no namespace has no namespace whose labels could match. */
  private checkScope(kinds: KindSelector[], { namespaceSelector }: KyvernoRequireLabelsProps): void {
    if (namespaceSelector?.selectsAll) return;
    const lost = kinds.find(({ group, kind }) => knownKinds(kind).some(known => known.group === group && !known.namespaced));
    if (!lost) return;
    refuse(where(this), 'kinds', {
      given: `${lost.kind}, which lies in no namespace, with a selector of namespaces`,
      allowed: 'kinds that lie in a namespace, since the policy would match no other',
      mend: 'Create a KyvernoRequireLabels with `namespaceSelector: LabelSelector.all()` for it.',
    });
  }

  private kind(text: string): KindSelector {
    insist(where(this), 'kinds', kindProblem(text));
    const parsed = parseKind(text);
    if (!parsed || parsed.group === '*' || parsed.kind.includes('*') || parsed.subresource !== undefined) {
      return refuse(where(this), 'kinds', {
        given: text,
        allowed: 'group/version/Kind, or v1/Kind in the core group: a bare kind is one of every group',
        mend: 'Write it like monitoring.coreos.com/v1/PrometheusRule, apps/v1/Deployment or v1/Pod.',
      });
    }
    return parsed;
  }
}

function described(labels: Record<string, string>): string {
  const names = Object.entries(labels).map(([label, pattern]) => (pattern === '?*' ? label : `${label} (${pattern})`));
  return names.length === 1 ? `the label ${names[0]}` : `the labels ${names.join(', ')}`;
}
