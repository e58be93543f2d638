import { isDict } from './json';

export type AnchorKind = 'condition' | 'equality' | 'existence' | 'negation' | 'global' | 'add';

export interface Anchor {
  readonly kind: AnchorKind;
  /** The key without the anchor. */
  readonly key: string;
}

const KINDS: Record<string, AnchorKind> = { '': 'condition', '=': 'equality', '^': 'existence', 'X': 'negation', '<': 'global', '+': 'add' };

/**
 * The anchor of a pattern key: `(k)`, `=(k)`, `^(k)`, `X(k)`, `<(k)` or `+(k)`.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#anchors
 */
export function parseAnchor(key: string): Anchor | undefined {
  const [, sign = '', name] = /^([+<=X^]?)\((.+)\)$/s.exec(key) ?? [];
  const kind = KINDS[sign];
  return name !== undefined && kind ? { kind, key: name } : undefined;
}

/** Whether any key in a pattern, at any depth, has one of these anchors. */
export function hasAnchor(pattern: unknown, kinds: AnchorKind[]): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some((item) => hasAnchor(item, kinds));
  }
  return isDict(pattern) && Object.entries(pattern).some(([key, value]) => {
    const anchor = parseAnchor(key);
    return (anchor !== undefined && kinds.includes(anchor.kind)) || hasAnchor(value, kinds);
  });
}
