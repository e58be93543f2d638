import { wildcard } from './wildcard';

/** A kind as match and exclude blocks write it. */
export interface KindSelector {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Empty for the object itself. */
  readonly subresource: string;
}

const VERSION = /^v\d/;

/**
 * Reads `Kind`, `v1/Kind`, `group/v1/Kind`, `Kind/sub`, `Kind.sub` and their wildcard forms. A bare kind is one of any group.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/
 */
export function parseKind(text: string): KindSelector {
  const parts = text.split('/');
  const [first = '', second = '', third = ''] = parts;
  const any = { group: '*', version: '*', subresource: '' };
  if (parts.length === 4) {
    return { group: first, version: second, kind: third, subresource: parts[3] ?? '' };
  }
  if (parts.length === 3) {
    return isVersion(second) && isKind(third)
      ? { ...any, group: first, version: second, ...dotted(third) }
      : { ...any, version: first, kind: second, subresource: third };
  }
  if (parts.length === 2) {
    return isVersion(first) && isKind(second)
      ? { ...any, version: first, ...dotted(second) }
      : { ...any, kind: first, subresource: second };
  }
  return { ...any, ...dotted(first) };
}

/** Whether a kind of a match block selects this kind of object or subresource. */
export function kindMatches(text: string, actual: KindSelector): boolean {
  const wanted = parseKind(text);
  if (!wildcard(wanted.group, actual.group) || !wildcard(wanted.version, actual.version) || !wildcard(wanted.kind, actual.kind)) {
    return false;
  }
  // Pods are admitted again when an ephemeral container is added to them, whether or not the policy names that subresource.
  const ephemeral = actual.kind === 'Pod' && actual.group === '' && actual.subresource === 'ephemeralcontainers';
  return wanted.subresource === '' ? actual.subresource === '' || ephemeral : wildcard(wanted.subresource, actual.subresource);
}

function isVersion(text: string): boolean {
  return text === '*' || VERSION.test(text);
}

function isKind(text: string): boolean {
  return /^[A-Z]/.test(text);
}

function dotted(text: string): { kind: string; subresource: string } {
  const [kind = '', subresource = ''] = text.split('.');
  return { kind, subresource };
}
