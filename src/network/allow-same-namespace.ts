import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { orderedPorts } from './canonical-order';
import { networkPolicyManifest } from './network-policy-manifest';
import { Peer } from './peer';
import { PolicyType } from './policy-type';
import { Port } from './port';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { LabelSelector } from '../values/label-selector';

/**
 * Properties for `AllowSameNamespace`.
 */
export interface AllowSameNamespaceProps {
  /**
   * The namespace.
   *
   * @default - the namespace of the tenant or chart that the construct is in
   */
  readonly namespace?: string;

  /**
   * The ports; any of them.
   *
   * @default [Port.all()], which is every port of every protocol, ICMP included
   */
  readonly ports?: Port[];

  /**
   * Name of the object.
   *
   * @default 'allow-same-namespace'
   */
  readonly name?: string;
}

/**
 * Lets the pods of a namespace talk to each other, in both directions, on every port unless `ports` says which.
 *
 * @example
 *
 * new AllowSameNamespace(chart, 'inside', { namespace: 'payments' });
 */
export class AllowSameNamespace extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AllowSameNamespaceProps = {}) {
    super(scope, id);
    insistProps(this, 'AllowSameNamespaceProps', props);
    const ports = orderedPorts(props.ports ?? [Port.all()]);
    this.apiObject = addObject(this, networkPolicyManifest(this, {
      name: props.name ?? 'allow-same-namespace',
      namespace: props.namespace,
      podSelector: LabelSelector.all(),
      policyTypes: [PolicyType.INGRESS, PolicyType.EGRESS],
      ingress: [{ from: [Peer.sameNamespace()], ports }],
      egress: [{ to: [Peer.sameNamespace()], ports }],
    }));
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}
