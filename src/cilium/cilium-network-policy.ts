import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ciliumNetworkPolicyManifest } from './cilium-network-policy-manifest';
import { CiliumPolicyProps } from './cilium-rule';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { LabelSelector } from '../values/label-selector';

/**
 * Properties for `CiliumNetworkPolicy`.
 */
export interface CiliumNetworkPolicyProps extends CiliumPolicyProps {
  /**
   * Namespace of the object and of the pods it selects.
   *
   * @default - the namespace of the tenant or chart that the construct is in
   */
  readonly namespace?: string;

  /**
   * The pods that the policy is for.
   */
  readonly endpointSelector: LabelSelector;
}

/**
 * A CiliumNetworkPolicy in its general form: says what the kind can say, adds no default, and throws for what the agent would
 * refuse, since the agent only writes a line to its log. For the common cases, `L7Allow`, `AllowFqdn` and the other intents
 * carry good defaults.
 *
 * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumnetworkpolicy
 * @example
 *
 * new CiliumNetworkPolicy(chart, 'api', {
 *   name: 'api', namespace: 'payments',
 *   endpointSelector: LabelSelector.labels({ app: 'payments-api' }),
 *   ingress: [{
 *     from: [Peer.pods({ app: 'payments-frontend' })],
 *     toPorts: [{ ports: [Port.tcp(8080)], http: [HttpRule.get(HttpPath.prefix('/api/v1'))] }],
 *   }],
 * });
 */
export class CiliumNetworkPolicy extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: CiliumNetworkPolicyProps) {
    super(scope, id);
    insistProps(this, 'CiliumNetworkPolicyProps', props);
    this.apiObject = addObject(this, ciliumNetworkPolicyManifest(this, props));
  }
}
