import type { IConstruct } from 'constructs';
import type { Platform } from './platform';
import { where } from './where';
import type { Located } from '../checks/finding';
import { Cluster } from '../reach/cluster';
import { GuardrailsError } from '../values/guardrails-error';

/** Says what is not as it should be, a text for each. */
export type Assertion = (cluster: Cluster) => string[];

const assertions = new WeakMap<IConstruct, Assertion>();

/** Has an assertion tried on all objects of the construct's cluster when the app is synthesized. */
export function addAssertion(construct: IConstruct, assertion: Assertion): void {
  assertions.set(construct, assertion);
}

/** What the assertions among constructs find, each on the objects of its cluster. */
export function failedAssertions(
  constructs: readonly IConstruct[], objects: ReadonlyMap<Platform, Located[]>, platformOf: (construct: IConstruct) => Platform,
): string[] {
  const clusters = new Map<Platform, Cluster>();
  return constructs.flatMap(construct => {
    const assertion = assertions.get(construct);
    if (!assertion) return [];
    const platform = platformOf(construct);
    const cluster = clusters.get(platform) ?? new Cluster(objects.get(platform) ?? [], platform._target);
    clusters.set(platform, cluster);
    return failuresOf(assertion, cluster).map(text => `${where(construct)}: ${text}`);
  });
}

/** A place that is nobody fails the assertion about it: a misspelt name must not read as denied. */
function failuresOf(assertion: Assertion, cluster: Cluster): string[] {
  try {
    return assertion(cluster);
  } catch (error) {
    if (error instanceof GuardrailsError) return [error.message];
    throw error;
  }
}
