import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KyvernoGenerateOptions } from './intent-options';
import { generateIntent } from './intents/generated';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { containerLimitItem } from '../platform/container-limit-item';
import { ContainerLimits } from '../platform/container-limits';
import { insistProps } from '../platform/insist-props';
import { objectsBelow } from '../platform/objects-below';
import { quotaFigureProblem } from '../platform/resource-figures';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { canonicalAmounts } from '../values/quantity';

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
  readonly containerLimits?: ContainerLimits;
}

/**
 * Namespaces get a ResourceQuota, a LimitRange, or both. For namespaces that do not come from Git. Those of `TenantNamespace` are left
 * out, whatever is selected: theirs come with them, and of two quotas the smaller holds.
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
    insistProps(this, 'KyvernoGenerateQuotaProps', props);
    const at = where(this);
    const { quota: hard, containerLimits } = props;
    if (!hard && !containerLimits) {
      refuse(at, 'quota', { given: 'neither quota nor containerLimits', allowed: 'one of them or both', mend: 'Add one of them.' });
    }
    for (const [resource, quantity] of Object.entries(hard ?? {})) insist(at, `quota.${resource}`, quotaFigureProblem(resource, quantity));
    if (hard && Object.keys(hard).length === 0) {
      refuse(at, 'quota', { given: 'no resource', allowed: 'at least one resource', mend: 'Name one, or leave `quota` out.' });
    }
    const objects = [
      ...(hard ? [{ rule: 'generate-quota', object: { apiVersion: 'v1', kind: 'ResourceQuota', name: 'quota', spec: { hard: canonicalAmounts(hard) } } }] : []),
      ...(containerLimits ? [{
        rule: 'generate-limits',
        object: { apiVersion: 'v1', kind: 'LimitRange', name: 'limits', spec: { limits: [containerLimitItem(at, containerLimits)] } },
      }] : []),
    ];
    this.policy = writePolicy(this, generateIntent(this, props.name ?? 'generate-quota', props, objects));
  }

  /** The objects, for JSON patches: the policy, and the roles that it needs. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }
}
