import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { Platform } from './platform';
import { where } from './where';
import { check } from '../checks/check';
import type { Located } from '../checks/finding';
import { findingLine } from '../checks/finding-line';
import { displayName, identityOf, type Identifiable } from '../manifests/identity';
import type { Manifest } from '../manifests/manifest';
import { GuardrailsError } from '../values/guardrails-error';

const claims = new WeakMap<IConstruct, Map<string, string>>();
const guarded = new WeakSet<IConstruct>();

/**
 * Notes who makes an object, so that a second maker in the same cluster is told at once and both are named.
 *
 * @throws GuardrailsError when another construct already makes an object of this identity.
 */
export function claimIdentity(scope: Construct, object: Identifiable): void {
  const { clusterName, _scope: cluster } = Platform.of(scope);
  guard(scope.node.root);
  const owners = claims.get(cluster) ?? new Map<string, string>();
  claims.set(cluster, owners);
  const identity = identityOf(object);
  const other = owners.get(identity);
  if (other !== undefined) {
    throw new GuardrailsError(where(scope), 'name', {
      given: `${displayName(object)}, which ${other} makes already`,
      allowed: `one maker for each object of the cluster ${clusterName}`,
      mend: 'Give one of them another `name`, or leave one out; several ports for one pair go into one call.',
    });
  }
  owners.set(identity, where(scope));
}

/**
 * Has everything in the app checked when it is synthesized, whoever wrote it: an Include, a Helm chart, a plain ApiObject.
 */
function guard(root: IConstruct): void {
  if (guarded.has(root)) return;
  guarded.add(root);
  root.node.addValidation({ validate: () => findingsOf(root) });
}

// cdk8s validates the whole app once per chart; the answer changes only when the tree does.
const answers = new WeakMap<IConstruct, { readonly constructs: number; readonly lines: string[] }>();

function findingsOf(root: IConstruct): string[] {
  const constructs = root.node.findAll();
  const known = answers.get(root);
  if (known?.constructs === constructs.length) return known.lines;
  const clusters = new Map<Platform, Located[]>();
  for (const construct of constructs.filter(ApiObject.isApiObject)) {
    const platform = Platform.of(construct);
    const objects = clusters.get(platform) ?? [];
    clusters.set(platform, objects);
    objects.push({ object: construct.toJson() as Manifest, source: { constructPath: construct.node.path } });
  }
  const lines = [...clusters].flatMap(([platform, objects]) => check(objects, platform._target)).map(findingLine);
  answers.set(root, { constructs: root.node.findAll().length, lines });
  return lines;
}
