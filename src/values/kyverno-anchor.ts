/** The anchors of Kyverno's patterns, by the sign before the parenthesis. */
export type KyvernoAnchor = '(' | '=(' | '^(' | 'X(' | '<(' | '+(';

const ANCHOR = /^(?<sign>[+<=X^]?)\((?<field>[^()]*)\)$/;

/**
 * The sign of an anchor key: `(`, `=(`, `X(` ...; nothing for a plain key.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#anchors
 */
export function anchorOf(key: string): KyvernoAnchor | undefined {
  // Most keys are plain, and patterns are read often.
  if (!key.endsWith(')')) return undefined;
  const sign = ANCHOR.exec(key)?.groups?.sign;
  return sign === undefined ? undefined : `${sign}(` as KyvernoAnchor;
}

export function withoutAnchor(key: string): string {
  return key.endsWith(')') ? ANCHOR.exec(key)?.groups?.field ?? key : key;
}
