import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { IPeer } from './i-peer';
import { networkPolicyManifest } from './network-policy-manifest';
import { PolicyType } from './policy-type';
import { Port } from './port';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { LabelSelector } from '../values/label-selector';

/**
 * An ingress rule of a NetworkPolicy: peers and ports must both match.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export interface NetworkPolicyIngressRule {
  /**
   * Who may connect; any of them.
   *
   * @default - anyone, inside the cluster and outside
   */
  readonly from?: IPeer[];

  /**
   * The ports; any of them.
   *
   * @default - every port of every protocol
   */
  readonly ports?: Port[];
}

/**
 * An egress rule of a NetworkPolicy: peers and ports must both match.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export interface NetworkPolicyEgressRule {
  /**
   * Who may be connected to; any of them.
   *
   * @default - anyone, inside the cluster and outside
   */
  readonly to?: IPeer[];

  /**
   * The ports; any of them.
   *
   * @default - every port of every protocol
   */
  readonly ports?: Port[];
}

/**
 * Properties for `NetworkPolicy`.
 */
export interface NetworkPolicyProps {
  /**
   * Name of the object.
   */
  readonly name: string;

  /**
   * Namespace of the object and of the pods it selects.
   *
   * @default - the namespace of the tenant or chart that the construct is in
   */
  readonly namespace?: string;

  /**
   * Labels of the object.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * The pods that the policy isolates.
   */
  readonly podSelector: LabelSelector;

  /**
   * The directions in which the pods are isolated, each once. Left out, Kubernetes takes Ingress, and Egress too when there is an
   * egress rule: name them wherever you can.
   *
   * @default - left out
   */
  readonly policyTypes?: PolicyType[];

  /**
   * What may come in. Where ingress is isolated, an empty list allows nothing, just as none does; where `policyTypes` has no
   * `PolicyType.INGRESS`, it is an error, since Kubernetes would ignore it.
   *
   * @default - left out, which allows nothing where ingress is isolated
   */
  readonly ingress?: NetworkPolicyIngressRule[];

  /**
   * What may go out. Where `policyTypes` has `PolicyType.EGRESS`, an empty list allows nothing, just as none does. Without
   * `policyTypes` an empty list isolates nothing at all, and where they have no `PolicyType.EGRESS`, Kubernetes ignores what is
   * here: both are errors.
   *
   * @default - left out, which allows nothing where egress is isolated
   */
  readonly egress?: NetworkPolicyEgressRule[];
}

/**
 * A NetworkPolicy in its general form: says what the kind can say and adds no default. For the common cases, `DefaultDeny`,
 * `AllowDns` and the other intents carry good defaults.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 *
 * new NetworkPolicy(chart, 'postgres', {
 *   name: 'postgres', namespace: 'payments',
 *   podSelector: LabelSelector.labels({ app: 'postgres' }),
 *   policyTypes: [PolicyType.INGRESS],
 *   ingress: [{ from: [Peer.pods({ app: 'payments-api' })], ports: [Port.tcp(5432)] }],
 * });
 */
export class NetworkPolicy extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    insistProps(this, 'NetworkPolicyProps', props);
    this.apiObject = addObject(this, networkPolicyManifest(this, props));
  }
}
