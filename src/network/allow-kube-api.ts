import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Entity } from './entity';
import { writeHalf } from './half';
import { Peer } from './peer';
import { Port } from './port';
import { Workload } from './workload';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `AllowKubeApi`.
 */
export interface AllowKubeApiProps {
  /** The workload that calls the API server. */
  readonly from: Workload;

  /**
   * Name of the object.
   *
   * @default - `allow-<from>-to-kube-apiserver`
   */
  readonly name?: string;
}

/**
 * Lets a workload call the Kubernetes API server. Cilium knows it as an entity, and no CIDR matches it there; on other CNIs its
 * addresses must be known, since a policy never sees the address of the Service `kubernetes`.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based
 * @example
 *
 * new AllowKubeApi(chart, 'api-server', { from: operator });
 */
export class AllowKubeApi extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AllowKubeApiProps) {
    super(scope, id);
    insistProps(this, 'AllowKubeApiProps', props);
    const { from } = props;
    const platform = Platform.of(this);
    this.apiObject = writeHalf(this, {
      direction: 'egress',
      name: props.name ?? `allow-${from.name}-to-kube-apiserver`,
      namespace: from.namespace,
      subject: from.selector,
      peers: platform.cni.enforcesCiliumPolicy ? [Peer.entity(Entity.KUBE_APISERVER)] : this.addresses(platform),
      ports: platform.apiServerPorts.map(port => Port.tcp(port)),
    });
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }

  private addresses(platform: Platform): Peer[] {
    if (platform.apiServerCidrs.length === 0) {
      refuse(where(this), 'platform', {
        given: `no address of the API server, on ${platform.cni.name}`,
        allowed: 'the addresses that the endpoints of the Service `kubernetes` have',
        mend: 'Set apiServer: { cidrs: [...] } on Platform; `kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes` shows them.',
      });
    }
    return platform.apiServerCidrs.map(cidr => Peer.cidr(cidr));
  }
}
