import { type CniEngine } from './cni-engines';
import { ciliumFallback, CNI_NAMES, cniEngine } from './cni-names';
import type { CiliumFacts, PlatformFacts } from './platform-facts';
import type { Target } from './target';
import { versionFor } from './version-for';
import { CILIUM, FLUX, KUBERNETES, KYVERNO } from './versions';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

/**
 * The target that facts describe; without any, the default one: Cilium, and the default version of everything.
 *
 * @param at where the facts were written, for messages
 * @throws GuardrailsError for a version or a CNI that is not known, and for a version of Cilium beside another CNI
 */
export function targetOf(facts: PlatformFacts = {}, at = 'target'): Target {
  const engine = engineOf(facts, at);
  const { version, ...agent }: CiliumFacts = typeof facts.cilium === 'object' ? facts.cilium : { version: facts.cilium };
  if (facts.cilium !== undefined && !engine.enforcesCiliumPolicy) {
    refuse(at, 'cilium', problem(facts.cilium, `nothing beside cni: ${engine.name}`, 'Leave `cilium` out, or set `cni: cilium`.'));
  }
  return {
    cni: engine.name,
    enforcesNetworkPolicy: engine.enforcesNetworkPolicy,
    cniMend: engine.mend ?? '',
    cilium: ciliumFallback(engine) && versionFor(at, CILIUM, version),
    ciliumAgent: typeof facts.cilium === 'object' ? agent : undefined,
    kyverno: versionFor(at, KYVERNO, facts.kyverno),
    kubernetes: versionFor(at, KUBERNETES, facts.kubernetes),
    flux: versionFor(at, FLUX, facts.flux),
    clusterName: facts.clusterName,
    podCidrs: facts.podCidrs,
    serviceCidrs: facts.serviceCidrs,
    nodeCidrs: facts.nodeCidrs,
    systemNamespaces: facts.systemNamespaces,
    fluxLockdown: facts.fluxLockdown,
  };
}

function engineOf({ cni = 'cilium' }: PlatformFacts, at: string): CniEngine {
  if (typeof cni === 'object') {
    return { ...cni, enforcesCiliumPolicy: false, mend: 'Install a CNI that enforces policies, such as Cilium or Calico.' };
  }
  return cniEngine(cni) ?? refuse(at, 'cni', problem(
    cni, CNI_NAMES.join(', '), 'Take one of these, or say `cni: { name: ..., enforcesNetworkPolicy: true }` in a target file.',
  ));
}

/** A target in a line, for people. */
export function describeTarget({ cni, cilium, kyverno, kubernetes, flux }: Target): string {
  return `Kubernetes ${kubernetes}, ${cni}${cilium === undefined ? '' : ` ${cilium}`}, Kyverno ${kyverno}, Flux ${flux}`;
}
