import type { Finding, Located } from './checks/finding';
import { review, type ReviewOptions } from './checks/review';
import type { Manifest } from './manifests/manifest';
import type { PlatformFacts } from './target/platform-facts';
import { readPlatformFacts } from './target/target-file';
import { targetOf } from './target/target-of';

export { describeSource } from './manifests/describe-source';
export { displayName } from './manifests/identity';
export { locate } from './manifests/locate';
export { readFiles, type FileReading } from './manifests/read-files';
export { findingLine } from './checks/finding-line';
export { RULES } from './checks/rules';
export type { Finding, Located, Manifest, PlatformFacts, ReviewOptions };
export type { Severity, Source } from './checks/finding';
export type { Rule } from './checks/rule';

/** How objects are checked. */
export interface CheckOptions extends ReviewOptions {
  /** The cluster that the objects are for, as a target file says it; the default target when left out. */
  readonly target?: PlatformFacts;
}

/**
 * Checks Kubernetes objects against each other and against a cluster.
 *
 * @param objects plain objects of one cluster, or what `readFiles` found; anything without `apiVersion` and `kind` is passed over
 * @throws GuardrailsError for a target that is not known
 */
export function check(objects: readonly unknown[], options: CheckOptions = {}): Finding[] {
  const target = targetOf(readPlatformFacts(options.target, 'check'), 'check');
  return review(objects.filter(isCheckable).map(located), target, options).findings;
}

function isCheckable(value: unknown): value is Manifest | Located {
  return isManifest(value) || isLocated(value);
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
    && 'apiVersion' in value && typeof value.apiVersion === 'string';
}

function isLocated(value: unknown): value is Located {
  return typeof value === 'object' && value !== null && 'source' in value && 'object' in value && isManifest(value.object);
}

function located(value: Manifest | Located): Located {
  return isManifest(value) ? { object: value, source: {} } : value;
}
