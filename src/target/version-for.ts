import type { VersionRange } from './versions';
import { refuse } from '../values/guardrails-error';
import { compareMinor, parseMinor } from '../values/semver-minor';

/** The minor version to write for: the one given, checked and cut to `major.minor`, or the default. */
export function versionFor(at: string, range: VersionRange, given?: string): string {
  const minor = parseMinor(given ?? range.fallback);
  const text = minor && `${minor.major}.${minor.minor}`;
  if (text === undefined || compareMinor(text, range.oldest) < 0 || compareMinor(text, range.newest) > 0) {
    return refuse(at, `${range.product} version`, {
      given: JSON.stringify(given),
      allowed: `${range.oldest} to ${range.newest}`,
      mend: `Give the minor version that the cluster runs, such as '${range.fallback}'.`,
    });
  }
  return text;
}
