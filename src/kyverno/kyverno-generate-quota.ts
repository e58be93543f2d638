import { Construct } from 'constructs';
import { KyvernoGenerateOptions } from './intent-options';
import { containerLimitItem } from './intents/container-limit-item';
import { generateIntent } from './intents/generated';
import { subjectOf } from './intents/subject';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { quantityProblem } from '../values/quantity';

/**
 * What a container gets and may ask for, by resource: `{ cpu: '1', memory: '256Mi' }`.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface KyvernoContainerLimits {
  /**
   * Limits of a container that says none.
   *
   * @default - `max`, where there is one
   */
  readonly defaultLimit?: { [resource: string]: string };

  /**
   * Requests of a container that says none.
   *
   * @default - `defaultLimit`, or `min` where there is none
   */
  readonly defaultRequest?: { [resource: string]: string };

  /**
   * The most that a container may have as its limit.
   *
   * @default - no bound
   */
  readonly max?: { [resource: string]: string };

  /**
   * The least that a container must request.
   *
   * @default - no bound
   */
  readonly min?: { [resource: string]: string };
}

/**
 * Properties for `KyvernoGenerateQuota`.
 */
export interface KyvernoGenerateQuotaProps extends KyvernoGenerateOptions {
  /**
   * Name of the policy.
   *
   * @default 'generate-quota'
   */
  readonly name?: string;

  /**
   * What a namespace may use in all: `{ 'requests.cpu': '4', 'limits.memory': '16Gi', 'pods': '50' }`.
   *
   * @default - no ResourceQuota
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  readonly quota?: { [resource: string]: string };

  /**
   * What a container gets and may ask for. A quota on requests or limits refuses pods that say none, so it wants defaults.
   *
   * @default - no LimitRange
   */
  readonly containerLimits?: KyvernoContainerLimits;
}

/**
 * Every namespace gets a ResourceQuota, a LimitRange, or both. For namespaces that do not come from Git: `TenantNamespace` writes its
 * own out.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/generate/
 * @example
 *
 * new KyvernoGenerateQuota(chart, 'quota', {
 *   generateExisting: true,
 *   quota: { 'requests.cpu': '4', 'requests.memory': '8Gi' },
 *   containerLimits: { defaultRequest: { cpu: '100m', memory: '128Mi' }, defaultLimit: { cpu: '1', memory: '256Mi' } },
 * });
 */
export class KyvernoGenerateQuota extends Construct {
  /** The policy. */
  public readonly policy: KyvernoPolicy;

  constructor(scope: Construct, id: string, props: KyvernoGenerateQuotaProps) {
    super(scope, id);
    const at = where(this);
    const { quota: hard, containerLimits } = props;
    if (!hard && !containerLimits) {
      refuse(at, 'quota', { given: 'neither quota nor containerLimits', allowed: 'one of them or both', mend: 'Add one of them.' });
    }
    for (const [resource, quantity] of Object.entries(hard ?? {})) insist(at, `quota.${resource}`, quantityProblem(quantity));
    if (hard && Object.keys(hard).length === 0) {
      refuse(at, 'quota', { given: 'no resource', allowed: 'at least one resource', mend: 'Name one, or leave `quota` out.' });
    }
    const objects = [
      ...(hard ? [{ rule: 'generate-quota', object: { apiVersion: 'v1', kind: 'ResourceQuota', name: 'quota', spec: { hard } } }] : []),
      ...(containerLimits ? [{
        rule: 'generate-limits',
        object: { apiVersion: 'v1', kind: 'LimitRange', name: 'limits', spec: { limits: [containerLimitItem(at, containerLimits)] } },
      }] : []),
    ];
    const subject = subjectOf(this, ['v1/Namespace'], props);
    this.policy = writePolicy(this, generateIntent(this, props.name ?? 'generate-quota', subject, props, objects));
  }
}
