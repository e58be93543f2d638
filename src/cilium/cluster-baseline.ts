import { Construct } from 'constructs';
import { CiliumClusterwideNetworkPolicy } from './cilium-clusterwide-network-policy';
import type { CiliumPolicyProps } from './cilium-rule';
import { ciliumDenies } from './render-denies';
import { groupByKind } from './render-items';
import { Entity } from '../network/entity';
import { metadataDenies } from '../network/metadata-denies';
import { Peer } from '../network/peer';
import { Port } from '../network/port';
import { Platform } from '../platform/platform';
import { LabelExpression } from '../values/label-expression';
import { LabelSelector } from '../values/label-selector';

/**
 * Properties for `ClusterBaseline`.
 */
export interface ClusterBaselineProps {
  /**
   * Whether every pod outside the system namespaces may look up names.
   *
   * @default true
   */
  readonly dns?: boolean;

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
   * Ports and ICMP messages that no pod outside the system namespaces may be reached on from outside the cluster.
   *
   * @default - none
   */
  readonly denyFromWorld?: Port[];

  /**
   * Namespaces that are left out, besides the system namespaces of the platform.
   *
   * @default - none
   */
  readonly exceptNamespaces?: string[];

  /**
   * What the names of the objects begin with.
   *
   * @default 'baseline'
   */
  readonly namePrefix?: string;
}

const HEALTH_PORT = 4240;
const POD_NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

/**
 * What holds in the whole cluster, tenants or not: DNS and Cilium's own health checks work, the metadata service is closed. No
 * policy of it isolates anything, and the system namespaces are left alone.
 *
 * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumclusterwidenetworkpolicy
 * @example
 *
 * new ClusterBaseline(chart, 'baseline');
 */
export class ClusterBaseline extends Construct {
  constructor(scope: Construct, id: string, props: ClusterBaselineProps = {}) {
    super(scope, id);
    const platform = Platform.of(this);
    platform._requireCilium(this, 'a cluster-wide policy', 'Write DefaultDeny, AllowDns and AllowInternet for each namespace.');
    const prefix = props.namePrefix ?? 'baseline';
    const left = [...new Set([...platform.systemNamespaces, ...props.exceptNamespaces ?? []])].sort();
    const tenantPods = LabelSelector.expressions(
      LabelExpression.exists(POD_NAMESPACE),
      ...(left.length > 0 ? [LabelExpression.notIn(POD_NAMESPACE, ...left)] : []),
    );
    const policy = (name: string, selector: LabelSelector, rules: Omit<CiliumPolicyProps, 'name'>) =>
      new CiliumClusterwideNetworkPolicy(this, name, {
        name: `${prefix}-${name}`,
        endpointSelector: selector,
        enableDefaultDeny: { ingress: false, egress: false },
        ...rules,
      });
    if (props.dns ?? true) {
      policy('allow-dns', tenantPods, {
        description: 'Every pod may look up names.',
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
        description: 'No pod may ask the cloud for the credentials of its node.',
        egressDeny: metadataDenies(platform),
      });
    }
    if (props.denyFromWorld) {
      policy('deny-from-world', tenantPods, {
        description: 'These ports are not for the world outside.',
        ingressDeny: ciliumDenies(this, 'ingress', [Peer.entity(Entity.WORLD)], props.denyFromWorld)
          .map(({ peers: from, ...rest }) => ({ from, ...rest })),
      });
    }
  }
}
