import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { allowBetween } from './allow-between';
import { Port } from './port';
import { Workload } from './workload';
import { Gateway } from '../platform/gateway';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `AllowGateway`.
 */
export interface AllowGatewayProps {
  /** The workload that the gateway routes to. */
  readonly to: Workload;

  /** The ports that `to` listens on, not those of the gateway. */
  readonly ports: Port[];

  /**
   * The gateway.
   *
   * @default - the gateway of the platform
   */
  readonly gateway?: Gateway;

  /**
   * Name of the object.
   *
   * @default - `allow-<gateway>-to-<to>`
   */
  readonly name?: string;
}

/**
 * Lets the gateway connect to a workload.
 *
 * @example
 *
 * new AllowGateway(chart, 'gateway', { to: web, ports: [Port.tcp(8080)] });
 */
export class AllowGateway extends Construct {
  /** The objects, for JSON patches: that of the source first, where there are two. */
  public readonly apiObjects: ApiObject[];

  constructor(scope: Construct, id: string, props: AllowGatewayProps) {
    super(scope, id);
    insistProps(this, 'AllowGatewayProps', props);
    const gateway = props.gateway ?? Platform.of(this).gateway;
    if (!gateway) {
      refuse(where(this), 'gateway', {
        given: 'none',
        allowed: 'the gateway of the platform, or one given here',
        mend: 'Set `gateway` on Platform, such as Gateway.envoyGateway(), or pass `gateway`.',
      });
    }
    this.apiObjects = allowBetween(this, { from: gateway.peer, to: props.to, ports: props.ports, name: props.name });
  }
}
