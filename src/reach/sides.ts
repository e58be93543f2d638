/** Where connections begin, and where they end, as policies call it. */
export const SIDES = ['from', 'to'] as const;
export type Side = (typeof SIDES)[number];
export type Sides = Side | 'both' | 'none';

export function joinSides(one: Sides, other: Sides): Sides {
  if (one === other || other === 'none') return one;
  return one === 'none' ? other : 'both';
}
