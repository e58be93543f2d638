import { saidDeep, type Values } from './chart-values';
import type { CiliumInstallProps } from './cilium-install-props';
import type { Platform } from '../platform/platform';
import { parseCidr } from '../values/cidr';
import { compareMinor } from '../values/semver-minor';

/** Since then the strict mode of encryption has a part for each direction; the old values are gone from 1.20. */
const STRICT_EGRESS_SINCE = '1.19';

/** Who says what is at a path of the values. */
export const CILIUM_OWNED: Readonly<Record<string, string>> = {
  'authentication.enabled': '`mutualAuthentication` of Cni.cilium',
  'authentication.mutual': '`mutualAuthentication` of Cni.cilium',
  'cluster.name': '`clusterName` of Platform',
  'dnsProxy.dnsRejectResponseCode': '`dnsProxy.rejection`',
  'dnsProxy.endpointMaxIpPerHostname': '`dnsProxy.maxIpsPerName`',
  'dnsProxy.minTtl': '`dnsProxy.minTtl`',
  'dnsProxy.preAllocateIdentities': '`dnsProxy.preAllocateIdentities`',
  'dnsProxy.proxyResponseMaxDelay': '`dnsProxy.maxResponseDelay`',
  'encryption': '`wireGuard`',
  'extraConfig.http-normalize-path': '`normalizedPaths` of Cni.cilium',
  'hostFirewall': '`hostFirewall` of Cni.cilium',
  'hubble.enabled': '`hubble`',
  'hubble.metrics.enabled': '`hubble.metrics`',
  'hubble.relay.enabled': '`hubble.relay`',
  'hubble.ui.enabled': '`hubble.ui`',
  'image.pullPolicy': '`imagePullPolicy`',
  'ipam.mode': '`ipam`',
  'ipam.operator.clusterPoolIPv4PodCIDRList': '`podCidrs` of Platform',
  'k8sServiceHost': '`kubeProxyReplacement`',
  'k8sServicePort': '`kubeProxyReplacement`',
  'kubeProxyReplacement': '`kubeProxyReplacement`',
  'nodeSelectorLabels': '`nodeSelectors` of Cni.cilium',
  'operator.replicas': '`operatorReplicas`',
  'policyAuditMode': '`policyAudit`',
  'policyCIDRMatchMode': '`cidrMatchesNodes` and `cidrMatchesPods` of Cni.cilium',
  'policyEnforcementMode': '`policyEnforcementMode` of Cni.cilium',
  'sctp': '`sctp` of Cni.cilium',
};

/**
 * The values of the chart: what the Platform declares, what the props say, and what keeps a release still under Flux.
 *
 * @see https://docs.cilium.io/en/stable/helm-reference/
 */
export function ciliumValues(props: CiliumInstallProps, platform: Platform): Values {
  const { hubble = {}, dnsProxy = {}, kubeProxyReplacement: proxy, operatorReplicas } = props;
  const ipam = props.ipam ?? 'kubernetes';
  return saidDeep({
    ...agentValues(platform),
    dnsProxy: {
      dnsRejectResponseCode: dnsProxy.rejection,
      endpointMaxIpPerHostname: dnsProxy.maxIpsPerName,
      minTtl: dnsProxy.minTtl,
      preAllocateIdentities: dnsProxy.preAllocateIdentities,
      proxyResponseMaxDelay: dnsProxy.maxResponseDelay,
    },
    encryption: encryption(props, platform),
    envoy: { rollOutPods: true },
    hubble: {
      metrics: { enabled: hubble.metrics && [...new Set(hubble.metrics)].sort() },
      relay: { enabled: hubble.relay ?? true, rollOutPods: true },
      // The default makes new certificates each time the chart is rendered, which Flux does every hour.
      tls: { auto: { method: 'cronJob' } },
      ui: { enabled: hubble.ui ?? false, rollOutPods: true },
    },
    image: { pullPolicy: props.imagePullPolicy ?? 'IfNotPresent' },
    ipam: { mode: ipam, operator: { clusterPoolIPv4PodCIDRList: ipam === 'cluster-pool' ? podCidrsV4(platform) : undefined } },
    k8sServiceHost: proxy?.apiServerHost,
    k8sServicePort: proxy && (proxy.apiServerPort ?? 6443),
    kubeProxyReplacement: proxy && 'true',
    operator: { replicas: operatorReplicas, rollOutPods: true },
    policyAuditMode: props.policyAudit || undefined,
    // Agents read their configuration at the start only.
    rollOutCiliumPods: true,
  });
}

/** The ranges of pods that are IPv4. */
export function podCidrsV4({ podCidrs }: Platform): string[] {
  return podCidrs.filter(cidr => parseCidr(cidr)!.family === 4);
}

/** What policies depend on. */
function agentValues({ cni: { _cilium: agent }, clusterName }: Platform): Values {
  const matched = [agent.cidrMatchesNodes && 'nodes', agent.cidrMatchesPods && 'pods'].filter(Boolean);
  return {
    authentication: agent.mutualAuthentication ? { enabled: true, mutual: { spire: { enabled: true } } } : undefined,
    cluster: { name: clusterName === 'default' ? undefined : clusterName },
    extraConfig: { 'http-normalize-path': agent.normalizedPaths ? undefined : 'false' },
    hostFirewall: { enabled: agent.hostFirewall || undefined },
    nodeSelectorLabels: agent.nodeSelectors || undefined,
    policyCIDRMatchMode: matched.length > 0 ? matched : undefined,
    policyEnforcementMode: agent.policyEnforcementMode === 'default' ? undefined : agent.policyEnforcementMode,
    sctp: { enabled: agent.sctp || undefined },
  };
}

function encryption({ wireGuard, version }: CiliumInstallProps, platform: Platform): Values | undefined {
  if (!wireGuard) return undefined;
  // In tunnels, and where nodes share the range of pods, nodes are known by their identity only.
  const strict = wireGuard.strict ? { enabled: true, cidr: podCidrsV4(platform)[0], allowRemoteNodeIdentities: true } : undefined;
  return {
    enabled: true,
    type: 'wireguard',
    nodeEncryption: wireGuard.nodeEncryption || undefined,
    strictMode: strict && (compareMinor(version, STRICT_EGRESS_SINCE) < 0 ? strict : { egress: strict }),
  };
}
