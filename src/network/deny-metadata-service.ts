import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { allBut } from './all-but';
import { metadataDenies } from './metadata-denies';
import { Workload } from './workload';
import { ciliumNetworkPolicyManifest } from '../cilium/cilium-network-policy-manifest';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { namespaceOf } from '../platform/namespace-of';
import { Platform } from '../platform/platform';

/**
 * Properties for `DenyMetadataService`.
 */
export interface DenyMetadataServiceProps {
  /**
   * The namespace.
   *
   * @default - the namespace of the tenant or chart that the construct is in
   */
  readonly namespace?: string;

  /**
   * Workloads of the namespace that may ask it, each selected by one label.
   *
   * @default - none
   */
  readonly except?: Workload[];

  /**
   * Name of the object.
   *
   * @default 'deny-metadata-service'
   */
  readonly name?: string;
}

/**
 * Keeps the pods of a namespace from the cloud's metadata service, which hands out the node's credentials, whatever else they
 * are allowed, and from the ports 80 and 32526 of 168.63.129.16, on which Azure does the same. Isolates nothing. Needs Cilium, since a
 * NetworkPolicy cannot deny.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#deny-policies
 * @example
 *
 * new DenyMetadataService(chart, 'metadata', { namespace: 'payments' });
 */
export class DenyMetadataService extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: DenyMetadataServiceProps = {}) {
    super(scope, id);
    insistProps(this, 'DenyMetadataServiceProps', props);
    const platform = Platform.of(this);
    platform._requireCilium(this, 'a deny', 'A NetworkPolicy only allows: AllowInternet leaves the metadata service out of what it opens.');
    const namespace = namespaceOf(this, props.namespace);
    this.apiObject = addObject(this, ciliumNetworkPolicyManifest(this, {
      name: props.name ?? 'deny-metadata-service',
      namespace,
      endpointSelector: allBut(this, namespace, undefined, props.except),
      egressDeny: metadataDenies(platform),
      enableDefaultDeny: { ingress: false, egress: false },
    }));
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}
