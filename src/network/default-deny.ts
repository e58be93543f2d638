import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AllowDns } from './allow-dns';
import { networkPolicyManifest } from './network-policy-manifest';
import { PolicyType } from './policy-type';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { LabelSelector } from '../values/label-selector';

/** Directions of a default deny. */
export enum DenyDirection {
  /** What comes in and what goes out. */
  BOTH = 'both',
  /** What comes in. */
  INGRESS = 'ingress',
  /** What goes out. */
  EGRESS = 'egress',
}

/**
 * Properties for `DefaultDeny`.
 */
export interface DefaultDenyProps {
  /**
   * The namespace.
   *
   * @default - the namespace of the tenant or chart that the construct is in
   */
  readonly namespace?: string;

  /**
   * What is denied.
   *
   * @default DenyDirection.BOTH
   */
  readonly direction?: DenyDirection;

  /**
   * Whether an `AllowDns` comes with it. Without DNS a pod whose egress is denied looks as if its network were broken.
   *
   * @default - true where egress is denied; nothing else needs it, and asking for it throws
   */
  readonly dns?: boolean;

  /**
   * Name of the object.
   *
   * @default 'default-deny', or 'default-deny-ingress' or 'default-deny-egress' for one direction
   */
  readonly name?: string;
}

/**
 * Isolates every pod of a namespace: what no other policy allows is denied. A plain NetworkPolicy, which every CNI reads alike
 * and which adds up with the allows of Cilium.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
 * @example
 *
 * new DefaultDeny(chart, 'deny', { namespace: 'payments' });
 */
export class DefaultDeny extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  /** The policy that lets the pods look up names, if there is one. */
  public readonly allowDns?: AllowDns;

  constructor(scope: Construct, id: string, props: DefaultDenyProps = {}) {
    super(scope, id);
    insistProps(this, 'DefaultDenyProps', props);
    const direction = props.direction ?? DenyDirection.BOTH;
    if (direction === DenyDirection.INGRESS && props.dns === true) {
      refuse(where(this), 'dns', {
        given: 'true, with a deny of ingress only',
        allowed: 'true where egress is denied',
        mend: 'Leave it out: pods whose egress is not denied ask for names already.',
      });
    }
    const policyTypes = [
      ...(direction === DenyDirection.EGRESS ? [] : [PolicyType.INGRESS]),
      ...(direction === DenyDirection.INGRESS ? [] : [PolicyType.EGRESS]),
    ];
    this.apiObject = addObject(this, networkPolicyManifest(this, {
      name: props.name ?? (direction === DenyDirection.BOTH ? 'default-deny' : `default-deny-${direction}`),
      namespace: props.namespace,
      podSelector: LabelSelector.all(),
      policyTypes,
    }));
    if (policyTypes.includes(PolicyType.EGRESS) && (props.dns ?? true)) {
      this.allowDns = new AllowDns(this, 'Dns', { namespace: props.namespace });
    }
  }

  /** The objects, that of `allowDns` among them. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject, ...this.allowDns?.apiObjects ?? []];
  }
}
