import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KyvernoNamespaceOptions } from './intent-options';
import type { DefaultResource } from './intents/policy-intent';
import { subjectOf } from './intents/subject';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { insistProps } from '../platform/insist-props';
import { objectsBelow } from '../platform/objects-below';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { compareQuantities, parseQuantity, quantityProblem } from '../values/quantity';

/**
 * What a container gets that does not say.
 */
export interface KyvernoContainerDefaults {
  /**
   * CPU that is set aside for it, such as `100m`.
   *
   * @default - none
   */
  readonly cpuRequest?: string;

  /**
   * CPU that it may use at most.
   *
   * @default - none
   */
  readonly cpuLimit?: string;

  /**
   * Memory that is set aside for it, such as `128Mi`.
   *
   * @default - none
   */
  readonly memoryRequest?: string;

  /**
   * Memory that it may use at most.
   *
   * @default - none
   */
  readonly memoryLimit?: string;
}

/**
 * Properties for `KyvernoDefaultLimits`.
 */
export interface KyvernoDefaultLimitsProps extends KyvernoNamespaceOptions {
  /**
   * Name of the policy.
   *
   * @default 'default-limits'
   */
  readonly name?: string;

  /** What containers and init containers get that do not say. At least one value. */
  readonly defaults: KyvernoContainerDefaults;
}

/**
 * Containers and init containers without requests and limits get these. What they say themselves stays, and a default that would
 * put the request above the limit is left out: such a container is for its owner to mend. Also written into the pod templates
 * of Deployments, StatefulSets, DaemonSets, Jobs and CronJobs, so that `KyvernoRequireLimits` finds them there. Pods and Jobs get them
 * when they are created and not when they are changed, since nobody may change their containers.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/mutate/
 * @example
 *
 * new KyvernoDefaultLimits(chart, 'defaults', {
 *   defaults: { cpuRequest: '50m', cpuLimit: '1', memoryRequest: '64Mi', memoryLimit: '256Mi' },
 * });
 */
export class KyvernoDefaultLimits extends Construct {
  /** The policy. */
  public readonly policy: KyvernoPolicy;

  constructor(scope: Construct, id: string, props: KyvernoDefaultLimitsProps) {
    super(scope, id);
    insistProps(this, 'KyvernoDefaultLimitsProps', props);
    const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = props?.defaults ?? {};
    const resources = [
      this.resource('cpu', cpuRequest, cpuLimit),
      this.resource('memory', memoryRequest, memoryLimit),
    ].filter(({ request, limit }) => request !== undefined || limit !== undefined);
    if (resources.length === 0) {
      refuse(where(this), 'defaults', { given: 'none', allowed: 'at least one request or limit', mend: 'Add one, such as `memoryLimit: \'256Mi\'`.' });
    }
    this.policy = writePolicy(this, {
      name: props.name ?? 'default-limits',
      rules: [{
        name: 'set-container-defaults',
        subject: subjectOf(this, ['v1/Pod'], props),
        effect: { kind: 'defaultResources', resources },
      }],
    });
  }

  /** The objects, for JSON patches: the policy, and the roles that it needs. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }

  private resource(name: DefaultResource['name'], request: string | undefined, limit: string | undefined): DefaultResource {
    const at = where(this);
    const [least, most] = [[`${name}Request`, request], [`${name}Limit`, limit]].map(([field = '', quantity]) => {
      if (quantity === undefined) return undefined;
      insist(at, `defaults.${field}`, quantityProblem(quantity));
      return parseQuantity(quantity);
    });
    if (least && most && compareQuantities(least, most) > 0) {
      refuse(at, `defaults.${name}Request`, {
        given: `${request} with a limit of ${limit}`, allowed: 'a request up to the limit', mend: 'Lower the request, or raise the limit.',
      });
    }
    return { name, request, limit };
  }
}
