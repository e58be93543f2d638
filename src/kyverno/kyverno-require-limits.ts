import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KyvernoValidateOptions } from './intent-options';
import { subjectOf } from './intents/subject';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { insistProps } from '../platform/insist-props';
import { objectsBelow } from '../platform/objects-below';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * A resource that a container can have a limit for.
 */
export enum LimitedResource {
  /** CPU time. */
  CPU = 'cpu',
  /** Memory. */
  MEMORY = 'memory',
}

/**
 * Properties for `KyvernoRequireLimits`.
 */
export interface KyvernoRequireLimitsProps extends KyvernoValidateOptions {
  /**
   * Name of the policy.
   *
   * @default 'require-limits'
   */
  readonly name?: string;

  /**
   * The resources that need a limit.
   *
   * @default - CPU and memory
   */
  readonly resources?: LimitedResource[];
}

/**
 * Every container and init container needs limits for CPU and memory. Deployments, StatefulSets, DaemonSets, Jobs and CronJobs are
 * judged by their pod template, so that whoever applies one is told at once. Ephemeral containers, which cannot have limits,
 * are let off.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/
 * @example
 *
 * new KyvernoRequireLimits(chart, 'limits', { action: PolicyAction.ENFORCE });
 */
export class KyvernoRequireLimits extends Construct {
  /** The policy. */
  public readonly policy: KyvernoPolicy;

  constructor(scope: Construct, id: string, props: KyvernoRequireLimitsProps) {
    super(scope, id);
    insistProps(this, 'KyvernoRequireLimitsProps', props);
    const at = where(this);
    const resources = [...new Set(props.resources ?? [LimitedResource.CPU, LimitedResource.MEMORY])].sort();
    if (resources.length === 0) {
      refuse(at, 'resources', { given: 'none', allowed: 'at least one resource', mend: 'Leave `resources` out for CPU and memory.' });
    }
    this.policy = writePolicy(this, {
      name: props.name ?? 'require-limits',
      rules: [{
        name: 'check-container-limits',
        subject: subjectOf(this, ['v1/Pod'], props),
        effect: {
          kind: 'requireLimits',
          action: props.action,
          allowExistingViolations: props.allowExistingViolations ?? true,
          message: `Every container and init container needs limits for ${resources.join(' and ')}: set resources.limits.`,
          resources,
        },
      }],
    });
  }

  /** The objects, for JSON patches: the policy, and the roles that it needs. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }
}
