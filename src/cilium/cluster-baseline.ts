import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CiliumClusterwideNetworkPolicy } from './cilium-clusterwide-network-policy';
import type { CiliumPolicyProps } from './cilium-rule';
import { ciliumDenies } from './render-denies';
import { groupByKind } from './render-items';
import { Entity } from '../network/entity';
import { metadataDenies } from '../network/metadata-denies';
import { Peer } from '../network/peer';
import { Port } from '../network/port';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { POD_NAMESPACE_LABEL } from '../target/well-known-labels';
import { insist, refuse } from '../values/guardrails-error';
import { LabelExpression } from '../values/label-expression';
import { LabelSelector } from '../values/label-selector';
import { dnsLabelProblem } from '../values/names';

/**
 * Properties for `ClusterBaseline`.
 */
export interface ClusterBaselineProps {
  /**
   * Whether every pod outside the system namespaces may look up names; `exemptFromDns` leaves namespaces out.
   *
   * @default true
   */
  readonly dns?: boolean;

  /**
   * Namespaces whose pods do not get the allow for DNS of the whole cluster, because they have their own: beside an allow for any name,
   * the DNS rules of `L7Allow` and `AllowFqdn` would restrict nothing there.
   *
   * @default - none
   */
  readonly exemptFromDns?: string[];

  /**
   * Whether Cilium's health endpoints may check each other.
   *
   * @default true
   */
  readonly health?: boolean;

  /**
   * Whether pods outside the system namespaces are kept from the cloud's metadata service.
   *
   * @default true
   */
  readonly denyMetadataService?: boolean;

  /**
   * Ports and ICMP messages that no pod outside the system namespaces may be reached on from outside the cluster. What comes in by way
   * of a NodePort or a load balancer and is passed on by another node has that node's address by then, and is not from outside any more:
   * only Services with `externalTrafficPolicy: Local` are covered for certain. The namespace of the platform's gateway is left out, since
   * bringing in what is outside is what it is there for.
   *
   * @default - none
   */
  readonly denyFromWorld?: Port[];

  /**
   * Namespaces that are left out, besides the system namespaces of the platform.
   *
   * @default - none
   */
  readonly excludeNamespaces?: string[];

  /**
   * What the names of the objects begin with.
   *
   * @default 'baseline'
   */
  readonly namePrefix?: string;
}

const HEALTH_PORT = 4240;

/**
 * What holds in the whole cluster, tenants or not: DNS and Cilium's own health checks work, the metadata service is closed. No
 * policy of it isolates anything, and the system namespaces are left alone.
 *
 * The namespace `default` counts as one of them unless Platform says otherwise: pods that run there can ask the metadata service. Where
 * people do run pods in it, leave it out of `systemNamespaces`, and the baseline holds there too.
 *
 * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumclusterwidenetworkpolicy
 * @example
 *
 * new ClusterBaseline(chart, 'baseline');
 */
export class ClusterBaseline extends Construct {
  /** The objects, for JSON patches. */
  public readonly apiObjects: ApiObject[] = [];

  constructor(scope: Construct, id: string, props: ClusterBaselineProps = {}) {
    super(scope, id);
    insistProps(this, 'ClusterBaselineProps', props);
    const platform = Platform.of(this);
    platform._requireCilium(this, 'a cluster-wide policy', 'Write DefaultDeny, AllowDns and AllowInternet for each namespace.');
    const prefix = props.namePrefix ?? 'baseline';
    checkNamespaces(where(this), props);
    const left = [...platform.systemNamespaces, ...props.excludeNamespaces ?? []];
    const tenantPods = podsOutside(left);
    const policy = (name: string, selector: LabelSelector, rules: Omit<CiliumPolicyProps, 'name'>) => {
      const { apiObject } = new CiliumClusterwideNetworkPolicy(this, name, {
        name: `${prefix}-${name}`,
        endpointSelector: selector,
        enableDefaultDeny: { ingress: false, egress: false },
        ...rules,
      });
      this.apiObjects.push(apiObject);
    };
    if (props.dns ?? true) {
      policy('allow-dns', podsOutside([...left, ...props.exemptFromDns ?? []]), {
        description: 'Pods outside of the system namespaces may look up names.',
        egress: groupByKind(platform.dns._peers(platform.cni)).map(to => ({ to, toPorts: [{ ports: platform.dns.ports }] })),
      });
    }
    if (props.health ?? true) {
      const nodes = [Entity.HEALTH, Entity.HOST, Entity.REMOTE_NODE].map(entity => Peer.entity(entity));
      const toPorts = [{ ports: [Port.tcp(HEALTH_PORT)] }];
      policy('allow-health', LabelSelector.labels({ 'reserved:health': '' }), {
        description: 'Cilium may check that its nodes and endpoints reach each other.',
        ingress: [{ from: nodes, toPorts }, { from: nodes, icmps: [Port.icmp(8)] }],
        egress: [{ to: nodes, toPorts }, { to: nodes, icmps: [Port.icmp(8)] }],
      });
    }
    if (props.denyMetadataService ?? true) {
      policy('deny-metadata-service', tenantPods, {
        description: 'No pod outside of the system namespaces may ask the cloud for the credentials of its node.',
        egressDeny: metadataDenies(platform),
      });
    }
    if (props.denyFromWorld) {
      policy('deny-from-world', podsOutside([...left, ...gatewayNamespaces(platform)]), {
        description: 'Outside of the system namespaces these ports are not for the world.',
        ingressDeny: ciliumDenies(this, 'ingress', [Peer.entity(Entity.WORLD)], props.denyFromWorld)
          .map(({ peers: from, ...rest }) => ({ from, ...rest })),
      });
    }
  }
}

/** Every pod, but those of some namespaces; no endpoint of Cilium itself, which has no namespace. */
function podsOutside(namespaces: string[]): LabelSelector {
  const left = [...new Set(namespaces)].sort();
  return LabelSelector.expressions(
    LabelExpression.exists(POD_NAMESPACE_LABEL),
    ...(left.length > 0 ? [LabelExpression.notIn(POD_NAMESPACE_LABEL, ...left)] : []),
  );
}

function gatewayNamespaces({ gateway }: Platform): readonly string[] {
  const spec = gateway?.peer.toPeer()._spec;
  return spec?.kind === 'pods' && spec.namespaces.kind === 'named' ? spec.namespaces.names : [];
}

function checkNamespaces(at: string, { dns, exemptFromDns = [], excludeNamespaces = [] }: ClusterBaselineProps): void {
  excludeNamespaces.forEach(name => insist(at, 'excludeNamespaces', dnsLabelProblem(name)));
  exemptFromDns.forEach(name => insist(at, 'exemptFromDns', dnsLabelProblem(name)));
  if (exemptFromDns.length > 0 && dns === false) {
    refuse(at, 'exemptFromDns', {
      given: `${exemptFromDns.join(', ')}, beside dns: false`,
      allowed: 'nothing, since there is no allow for DNS to be exempt from',
      mend: 'Leave it out.',
    });
  }
}
