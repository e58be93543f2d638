import { type FluxFeature, fluxHas } from '../target/flux-features';
import { refuse } from '../values/guardrails-error';

/** Stops what uses a part of Flux that this version does not have. */
export function requireFlux(at: string, flux: string, feature: FluxFeature, used: unknown): void {
  if (used === undefined || used === false || fluxHas(feature, flux)) return;
  refuse(at, 'platform', { given: `${feature.name} on Flux ${flux}`, allowed: `Flux since ${feature.since}`, mend: feature.instead });
}
