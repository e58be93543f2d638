import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { allowBetween } from './allow-between';
import { Port } from './port';
import { Workload } from './workload';
import { AuthenticationMode } from '../cilium/authentication-mode';
import { insistProps } from '../platform/insist-props';

/**
 * Properties for `Allow`.
 */
export interface AllowProps {
  /** The workload that connects. */
  readonly from: Workload;

  /** The workload that is connected to. */
  readonly to: Workload;

  /** The ports that `to` listens on. */
  readonly ports: Port[];

  /**
   * Name of the objects. In one namespace the halves are told apart by `-egress` and `-ingress` behind it.
   *
   * @default - `allow-<from>-to-<to>`
   */
  readonly name?: string;

  /**
   * Whether `from` must prove who it is. Needs Cilium with mutual authentication.
   *
   * @default - not asked
   */
  readonly authentication?: AuthenticationMode;
}

/**
 * Lets one workload connect to another. A connection needs both ends: the egress half is written for the source and lies with
 * it, the ingress half for the destination and lies with that.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 * @example
 *
 * new Allow(chart, 'web-to-api', { from: web, to: api, ports: [Port.tcp(8080)] });
 */
export class Allow extends Construct {
  /** The objects, for JSON patches: that of the source first, where there are two. */
  public readonly apiObjects: ApiObject[];

  constructor(scope: Construct, id: string, props: AllowProps) {
    super(scope, id);
    insistProps(this, 'AllowProps', props);
    this.apiObjects = allowBetween(this, props);
  }
}
