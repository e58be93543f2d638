import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CiliumPolicyProps } from './cilium-rule';
import { ciliumPolicySpec } from './render-policy';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { LabelSelector } from '../values/label-selector';
import { ciliumLabelKeyProblem } from '../values/labels';
import { selectorProblem } from '../values/selector';

/**
 * Properties for `CiliumClusterwideNetworkPolicy`. Exactly one of `endpointSelector` and `nodeSelector`.
 */
export interface CiliumClusterwideNetworkPolicyProps extends CiliumPolicyProps {
  /**
   * The pods that the policy is for, of every namespace, kube-system included: select by the label
   * `k8s:io.kubernetes.pod.namespace` or by labels of the namespace to leave some out.
   *
   * @default - the policy is for nodes
   */
  readonly endpointSelector?: LabelSelector;

  /**
   * The nodes that the policy is for. Needs Cilium's host firewall.
   *
   * @default - the policy is for pods
   */
  readonly nodeSelector?: LabelSelector;
}

/**
 * A CiliumClusterwideNetworkPolicy in its general form: says what the kind can say, adds no default, and throws for what the
 * agent would refuse. `ClusterBaseline` writes the common ones.
 *
 * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumclusterwidenetworkpolicy
 * @example
 *
 * new CiliumClusterwideNetworkPolicy(chart, 'no-ssh', {
 *   name: 'no-ssh',
 *   endpointSelector: LabelSelector.expressions(LabelExpression.notIn('k8s:io.kubernetes.pod.namespace', 'kube-system')),
 *   ingressDeny: [{ from: [Peer.anywhere()], ports: [Port.tcp(22)] }],
 *   enableDefaultDeny: { ingress: false, egress: false },
 * });
 */
export class CiliumClusterwideNetworkPolicy extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: CiliumClusterwideNetworkPolicyProps) {
    super(scope, id);
    insistProps(this, 'CiliumClusterwideNetworkPolicyProps', props);
    const at = where(this);
    const platform = Platform.of(this);
    platform._requireCilium(this, 'a CiliumClusterwideNetworkPolicy');
    const { endpointSelector, nodeSelector } = props;
    if ((endpointSelector === undefined) === (nodeSelector === undefined)) {
      refuse(at, 'selector', {
        given: endpointSelector ? 'endpointSelector and nodeSelector' : 'none',
        allowed: 'exactly one of endpointSelector and nodeSelector',
        mend: 'Write one policy for pods and one for nodes.',
      });
    }
    if (nodeSelector) platform._requireOption(this, 'a policy for nodes', 'hostFirewall');
    const selector = (endpointSelector ?? nodeSelector)!._selector;
    insist(at, nodeSelector ? 'nodeSelector' : 'endpointSelector', selectorProblem(selector, ciliumLabelKeyProblem));
    this.apiObject = addObject(this, {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumClusterwideNetworkPolicy',
      metadata: { name: props.name, labels: props.labels, annotations: props.annotations },
      spec: {
        [nodeSelector ? 'nodeSelector' : 'endpointSelector']: selector,
        ...ciliumPolicySpec(this, props, { scope: nodeSelector ? 'nodes' : 'cluster' }),
      },
    });
  }
}
