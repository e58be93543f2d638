import type { CniEngine } from './cni-engines';
import { ciliumFallback, CNI_NAMES, cniEngine } from './cni-names';
import type { CiliumFacts, PlatformFacts } from './platform-facts';
import type { CiliumAgent } from './target';
import { versionFor } from './version-for';
import { CILIUM } from './versions';
import { insist, refuse } from '../values/guardrails-error';
import { type Problem, problem } from '../values/problem';
import { compareMinor } from '../values/semver-minor';

const CIDR_MATCHES_PODS_SINCE = '1.20';

/**
 * Which pods are isolated: those that a policy selects, all, or none.
 *
 * @see https://docs.cilium.io/en/stable/security/network/policyenforcement/
 */
export const POLICY_ENFORCEMENT_MODES: readonly string[] = ['default', 'always', 'never'];

/** A CNI, with the minor version and the features of its agents where it takes Cilium's policies. */
export interface CniReading {
  readonly engine: CniEngine;
  readonly cilium?: string;
  /** Nothing where nobody said. */
  readonly agent?: CiliumAgent;
}

/**
 * The CNI that facts describe: Cilium where they name none.
 *
 * @throws GuardrailsError for a CNI or a version that is not known, and for Cilium beside another CNI
 */
export function cniOf(facts: PlatformFacts, at: string): CniReading {
  const engine = engineOf(facts, at);
  if (facts.cilium !== undefined && !engine.enforcesCiliumPolicy) {
    refuse(at, 'cilium', problem(facts.cilium, `nothing beside cni: ${engine.name}`, 'Leave `cilium` out, or set `cni: cilium`.'));
  }
  const { version, ...agent }: CiliumFacts = typeof facts.cilium === 'object' ? facts.cilium : { version: facts.cilium };
  const cilium = ciliumFallback(engine) && versionFor(at, CILIUM, version);
  if (cilium !== undefined) insist(at, 'cidrMatchesPods', agentProblem(cilium, agent));
  return { engine: engineWith(engine, agent), cilium, agent: typeof facts.cilium === 'object' ? agent : undefined };
}

/** A CNI as its agents are told to enforce policies. */
export function engineWith(engine: CniEngine, { policyEnforcementMode }: CiliumAgent): CniEngine {
  if (policyEnforcementMode !== 'never') return engine;
  return { ...engine, enforcesNetworkPolicy: false, mend: 'Set `policyEnforcementMode` of the agents to `default`.' };
}

/** A feature of the agents that their version does not have. */
export function agentProblem(cilium: string, { cidrMatchesPods }: CiliumAgent): Problem | undefined {
  if (!cidrMatchesPods || compareMinor(cilium, CIDR_MATCHES_PODS_SINCE) >= 0) return undefined;
  return {
    given: `true on Cilium ${cilium}`,
    allowed: `true from Cilium ${CIDR_MATCHES_PODS_SINCE}`,
    mend: 'Leave it out: an older agent knows no pod by its address.',
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
