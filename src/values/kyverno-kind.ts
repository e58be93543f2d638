import { Problem, problem } from './problem';
import { remembered } from './remembered';

/** What an entry of `kinds` selects. `*` stands for any group, version or kind. */
export interface KindSelector {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly subresource?: string;
}

const VERSION = /^(v\d+((alpha|beta)\d+)?|\*)$/;
const GROUP = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*|\*)$/;
const KIND = /^[A-Z*][A-Za-z0-9*]*$/;
const SUBRESOURCE = /^([a-z]+|\*)$/;

/**
 * Reads `Kind`, `v1/Kind`, `group/v1/Kind`, and `Kind/subresource` or `Kind.subresource` behind each of them.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/
 */
export function parseKind(text: string): KindSelector | undefined {
  return parsed(text);
}

const parsed = remembered(readKind, 10_000);

function readKind(text: string): KindSelector | undefined {
  const parts = text.split('/');
  // As Kyverno tells them apart: what looks like a version is one, and what stands before a version is the group.
  const versionAt = parts.length === 1 ? -1 : parts.slice(0, 2).findIndex((part, index) => VERSION.test(part) && isVersion(parts, index));
  const group = versionAt === 1 ? parts[0]! : versionAt === 0 && parts[0] !== '*' ? '' : '*';
  const version = versionAt >= 0 ? parts[versionAt]! : '*';
  const [last = '', slashed, ...rest] = parts.slice(versionAt + 1);
  const [kind = '', dotted, ...more] = last.split('.');
  const subresource = slashed ?? dotted;
  const fits = GROUP.test(group === '' ? '*' : group) && KIND.test(kind) && rest.length + more.length === 0
    && !(slashed !== undefined && dotted !== undefined) && (subresource === undefined || SUBRESOURCE.test(subresource));
  return fits ? { group, version, kind, ...(subresource !== undefined && { subresource }) } : undefined;
}

function isVersion(parts: string[], index: number): boolean {
  // In `*/*` and `*/scale` the star is the kind; in `*/Pod` and `apps/*/Deployment` it is the version.
  return parts[index] !== '*' || /^[A-Z]/.test(parts[index + 1] ?? '') || (index === 1 && parts.length > 2);
}

export function kindProblem(text: string): Problem | undefined {
  if (typeof text === 'string' && parseKind(text)) return undefined;
  return problem(
    text,
    'a kind as Kind, version/Kind or group/version/Kind, with /subresource behind it where one is meant',
    'Write the kind in the singular and as objects have it, such as \'Pod\', \'apps/v1/Deployment\' or \'apps/*/Deployment\'.',
  );
}
