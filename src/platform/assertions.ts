import type { IConstruct } from 'constructs';
import type { Platform } from './platform';
import { where } from './where';
import type { Located } from '../checks/finding';
import { Cluster } from '../reach/cluster';
import { leftOutTexts } from '../reach/failure-text';
import { remember } from '../reach/remember';
import { GuardrailsError } from '../values/guardrails-error';

/** Says what is not as it should be, a text for each. */
export type Assertion = (cluster: Cluster) => string[];

const assertions = new WeakMap<IConstruct, Assertion>();

/** Has an assertion tried on all objects of the construct's cluster when the app is synthesized. */
export function addAssertion(construct: IConstruct, assertion: Assertion): void {
  assertions.set(construct, assertion);
}

/**
 * What the assertions among constructs find, each on the objects of its cluster. One that holds is silent: that some policies are not
 * evaluated, which may allow or deny what they are about, goes to stderr once for each cluster.
 */
export function failedAssertions(
  constructs: readonly IConstruct[], objects: ReadonlyMap<Platform, Located[]>, platformOf: (construct: IConstruct) => Platform,
): string[] {
  const clusters = new Map<Platform, Cluster>();
  return constructs.flatMap(construct => {
    const assertion = assertions.get(construct);
    if (!assertion) return [];
    const platform = platformOf(construct);
    const cluster = remember(clusters, platform, () => clusterOf(platform, objects.get(platform) ?? []));
    return failuresOf(assertion, cluster).map(text => `${where(construct)}: ${text}`);
  });
}

function clusterOf({ _scope: scope, _target: target }: Platform, objects: readonly Located[]): Cluster {
  const cluster = new Cluster(objects, target);
  for (const text of leftOutTexts(cluster)) process.stderr.write(`warning assertions of ${scope.node.path || 'the app'}: ${text}\n`);
  return cluster;
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
