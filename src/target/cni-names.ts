import { type CniEngine, ENGINES } from './cni-engines';
import { CILIUM } from './versions';

const BY_NAME = new Map<string, CniEngine>(Object.entries(ENGINES).map(([key, engine]) => [kebab(key), engine]));

/** The names that a target file and the command line know CNIs by, such as `aws-vpc` and `azure-cilium`. */
export const CNI_NAMES: readonly string[] = [...BY_NAME.keys()];

/** The CNI of a name. */
export function cniEngine(name: string): CniEngine | undefined {
  return BY_NAME.get(name);
}

/** The name here of a CNI that is known as its project calls itself. */
export function cniNamed(project: string): string | undefined {
  return CNI_NAMES.find(name => BY_NAME.get(name)!.name === project);
}

/** The version of Cilium that a CNI runs when nobody says which; undefined where CiliumNetworkPolicy has no effect. */
export function ciliumFallback(engine: CniEngine): string | undefined {
  return engine.enforcesCiliumPolicy ? CILIUM.fallback : undefined;
}

function kebab(camel: string): string {
  return camel.replace(/[A-Z][A-Z0-9]*/g, part => `-${part.toLowerCase()}`);
}
