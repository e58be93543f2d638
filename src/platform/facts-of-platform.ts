import type { Cni } from './cni';
import type { Platform } from './platform';
import { cniNamed } from '../target/cni-names';
import type { PlatformFacts } from '../target/platform-facts';

/** What a target file says of a platform: read again, it is the same platform to every check. */
export function factsOf(platform: Platform): PlatformFacts {
  const { cni, apiServerCidrs, apiServerPorts, apiServerTunnelled } = platform;
  const [port, another] = apiServerPorts;
  return {
    kubernetes: platform.kubernetes,
    kyverno: platform.kyverno,
    flux: platform.flux,
    cni: cniNamed(cni.name) ?? { name: cni.name, enforcesNetworkPolicy: cni.enforcesNetworkPolicy },
    cilium: ciliumOf(cni),
    clusterName: platform.clusterName,
    clusterDomain: platform.clusterDomain,
    searchDomains: unlessEmpty(platform.searchDomains),
    podCidrs: unlessEmpty(platform.podCidrs),
    serviceCidrs: unlessEmpty(platform.serviceCidrs),
    nodeCidrs: unlessEmpty(platform.nodeCidrs),
    apiServer: { cidrs: unlessEmpty(apiServerCidrs), port: another === undefined ? port : undefined, tunnelled: apiServerTunnelled },
    podTemplates: Object.keys(platform.podTemplates).length > 0 ? platform.podTemplates : undefined,
    systemNamespaces: platform.systemNamespaces,
    fluxLockdown: platform.fluxLockdown,
  };
}

function ciliumOf({ ciliumVersion, _cilium }: Cni): PlatformFacts['cilium'] {
  return ciliumVersion === undefined ? undefined : { version: ciliumVersion, ..._cilium };
}

function unlessEmpty(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? list : undefined;
}
