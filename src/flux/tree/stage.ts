/** What a cluster is made of, in the order in which Flux applies it. */
export const STAGES = ['cni', 'controllers', 'policies', 'tenants', 'apps'] as const;

export type Stage = typeof STAGES[number];

/** The later of two stages. */
export function later(a: Stage, b: Stage): Stage {
  return STAGES.indexOf(a) > STAGES.indexOf(b) ? a : b;
}
