import { type ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { claimIdentity } from './cluster-objects';
import { PlainObject } from './plain-object';
import { where } from './where';
import type { Manifest } from '../manifests/manifest';
import { insist, refuse } from '../values/guardrails-error';
import { annotationKeyProblem, labelsProblem } from '../values/labels';
import { dnsLabelProblem, objectNameProblem } from '../values/names';
import { problem } from '../values/problem';

const placed = new WeakSet<ApiObject>();

/** Whether an object is one of this library's, which say themselves where they belong. */
export function isPlaced(object: ApiObject): boolean {
  return placed.has(object);
}

/**
 * Adds an object to the tree, after the checks that hold for every kind: name, labels, annotations, and that nothing else of
 * this cluster has its identity.
 */
export function addObject(scope: Construct, manifest: Manifest, id = 'Resource'): ApiObject {
  const { name, namespace, labels, annotations } = manifest.metadata;
  const at = where(scope);
  insist(at, 'name', manifest.kind === 'Namespace' ? dnsLabelProblem(name) : objectNameProblem(name));
  if (labels) insist(at, 'labels', labelsProblem(labels));
  for (const [key, value] of Object.entries(annotations ?? {})) {
    insist(at, 'annotations', annotationKeyProblem(key));
    if (typeof value !== 'string') refuse(at, `annotations ${key}`, problem(value, 'a string', 'Write it in quotes.'));
  }
  claimIdentity(scope, manifest);
  const object = new PlainObject(scope, id, manifest);
  placed.add(object);
  // A chart stamps its namespace on everything, cluster-scoped objects too.
  if (namespace === undefined && object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
