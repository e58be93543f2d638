import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KyvernoCelCondition } from './conditions';
import { PolicyAction } from './policy-action';
import { policySpec } from './policy-spec';
import { KyvernoRule } from './rule';
import { KyvernoFailureActionOverride } from './validate';
import { checkPolicy } from './validation/check-policy';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { compareMinor } from '../values/semver-minor';

/**
 * What the API server does with a request when Kyverno does not answer.
 */
export enum KyvernoFailurePolicy {
  /** Lets it in. */
  IGNORE = 'Ignore',
  /** Refuses it. */
  FAIL = 'Fail',
}

/**
 * How many rules of a policy apply to an object.
 */
export enum KyvernoApplyRules {
  /** Every rule that matches. */
  ALL = 'All',
  /** The first rule that matches. */
  ONE = 'One',
}

/**
 * How the API server calls Kyverno for a policy.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/
 */
export interface KyvernoWebhookConfiguration {
  /**
   * What happens when Kyverno does not answer.
   *
   * @default - left out: Fail
   */
  readonly failurePolicy?: KyvernoFailurePolicy;

  /**
   * How long to wait for an answer, in seconds: 1 to 30.
   *
   * @default - left out: 10
   */
  readonly timeoutSeconds?: number;

  /**
   * What must hold for Kyverno to be called at all, in CEL.
   *
   * @default - it is always called
   */
  readonly matchConditions?: KyvernoCelCondition[];
}

/**
 * Properties for `KyvernoPolicy`.
 */
export interface KyvernoPolicyProps {
  /** Name of the object, at most 63 characters. */
  readonly name: string;

  /**
   * Labels of the object.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object. `pod-policies.kyverno.io/autogen-controllers` says which pod controllers Kyverno makes rules for: a
   * list with commas and no spaces, or `none`.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /** The rules, at least one. */
  readonly rules: KyvernoRule[];

  /**
   * Whether requests are judged when they come in.
   *
   * @default - left out, which is yes
   */
  readonly admission?: boolean;

  /**
   * Whether objects that are there are judged, too. Must be `false` where a rule asks who makes a request.
   *
   * @default - left out, which is yes
   */
  readonly background?: boolean;

  /**
   * How many rules apply to an object.
   *
   * @default - left out: all that match
   */
  readonly applyRules?: KyvernoApplyRules;

  /**
   * Whether whoever makes a request is warned of what Audit lets in.
   *
   * @default - left out, which is no
   */
  readonly emitWarning?: boolean;

  /**
   * Whether generated objects are written by server-side apply.
   *
   * @default - left out, which is no
   */
  readonly useServerSideApply?: boolean;

  /**
   * How the API server calls Kyverno.
   *
   * @default - left out
   */
  readonly webhookConfiguration?: KyvernoWebhookConfiguration;

  /**
   * What happens to an object that fails. Kyverno deprecates it since 1.13: use `validate.failureAction` of each rule.
   *
   * @default - left out: Audit
   */
  readonly validationFailureAction?: PolicyAction;

  /**
   * Namespaces in which that is different. Kyverno deprecates it since 1.13: use `validate.failureActionOverrides`.
   *
   * @default - none
   */
  readonly validationFailureActionOverrides?: KyvernoFailureActionOverride[];

  /**
   * What happens when Kyverno does not answer. Kyverno deprecates it since 1.13: use `webhookConfiguration.failurePolicy`.
   *
   * @default - left out: Fail
   */
  readonly failurePolicy?: KyvernoFailurePolicy;

  /**
   * How long to wait for an answer. Kyverno deprecates it since 1.13: use `webhookConfiguration.timeoutSeconds`.
   *
   * @default - left out: 10
   */
  readonly webhookTimeoutSeconds?: number;

  /**
   * Whether generate rules apply to what is there. Kyverno deprecates it since 1.13: use `generate.generateExisting`.
   *
   * @default - left out, which is no
   */
  readonly generateExisting?: boolean;

  /**
   * Whether mutate rules apply to what is there. Kyverno deprecates it since 1.13: use `mutate.mutateExistingOnPolicyUpdate`.
   *
   * @default - left out, which is no
   */
  readonly mutateExistingOnPolicyUpdate?: boolean;
}

/**
 * A ClusterPolicy of Kyverno in its general form: says what the kind can say and adds no default. For the common cases,
 * `KyvernoRequireLimits` and the other intents carry good defaults. For Kyverno 1.13 to 1.19.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/
 * @example
 *
 * new KyvernoPolicy(chart, 'no-latest', {
 *   name: 'no-latest',
 *   rules: [{
 *     name: 'check-tags',
 *     match: { any: [{ resources: { kinds: ['Pod'], operations: [KyvernoOperation.CREATE, KyvernoOperation.UPDATE] } }] },
 *     validate: {
 *       failureAction: PolicyAction.ENFORCE,
 *       message: 'An image needs a tag other than latest.',
 *       pattern: { spec: { containers: [{ image: '!*:latest & *:*' }] } },
 *     },
 *   }],
 * });
 */
export class KyvernoPolicy extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: KyvernoPolicyProps) {
    super(scope, id);
    insistProps(this, 'KyvernoPolicyProps', props);
    const at = where(this);
    const platform = Platform.of(this);
    if (compareMinor(platform.kyverno, '1.20') >= 0) {
      refuse(at, 'platform', {
        given: `a ClusterPolicy on ${where(platform)} with Kyverno ${platform.kyverno}`,
        allowed: 'Kyverno 1.13 to 1.19, since the webhook of 1.20 refuses every ClusterPolicy',
        mend: 'Stay on Kyverno 1.19 and say so with `kyverno: \'1.19\'` on Platform, or write the rule as a policy of policies.kyverno.io.',
      });
    }
    checkPolicy(at, platform.kyverno, props);
    this.apiObject = addObject(this, {
      apiVersion: 'kyverno.io/v1',
      kind: 'ClusterPolicy',
      metadata: { name: props.name, labels: props.labels, annotations: props.annotations },
      spec: policySpec(props),
    });
  }
}
