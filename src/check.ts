import type { Finding, Located } from './checks/finding';
import { withoutPatches } from './checks/flux/without-patches';
import { locatedObjects } from './checks/located-objects';
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
  return review(withoutPatches(locatedObjects(objects)), target, options).findings;
}
