import { cniOf } from './cni-of';
import type { PlatformFacts } from './platform-facts';
import type { Target } from './target';
import { versionFor } from './version-for';
import { FLUX, KUBERNETES, KYVERNO } from './versions';

/**
 * The target that facts describe; without any, the default one: Cilium, and the default version of everything.
 *
 * @param at where the facts were written, for messages
 * @throws GuardrailsError for a version or a CNI that is not known, and for a version of Cilium beside another CNI
 */
export function targetOf(facts: PlatformFacts = {}, at = 'target'): Target {
  const { engine, cilium, agent } = cniOf(facts, at);
  return {
    cni: engine.name,
    enforcesNetworkPolicy: engine.enforcesNetworkPolicy,
    cniMend: engine.mend ?? '',
    cilium,
    ciliumAgent: agent,
    kyverno: versionFor(at, KYVERNO, facts.kyverno),
    kubernetes: versionFor(at, KUBERNETES, facts.kubernetes),
    flux: versionFor(at, FLUX, facts.flux),
    clusterName: facts.clusterName,
    podCidrs: facts.podCidrs,
    serviceCidrs: facts.serviceCidrs,
    nodeCidrs: facts.nodeCidrs,
    podTemplates: facts.podTemplates,
    systemNamespaces: facts.systemNamespaces,
    fluxLockdown: facts.fluxLockdown,
  };
}

/** A target in a line, for people. */
export function describeTarget({ cni, cilium, kyverno, kubernetes, flux }: Target): string {
  return `Kubernetes ${kubernetes}, ${cni}${cilium === undefined ? '' : ` ${cilium}`}, Kyverno ${kyverno}, Flux ${flux}`;
}
