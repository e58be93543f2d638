import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { claimIdentity } from './cluster-objects';
import { where } from './where';
import type { Manifest } from '../manifests/manifest';
import { insist } from '../values/guardrails-error';
import { annotationKeyProblem, labelsProblem } from '../values/labels';
import { dnsLabelProblem, objectNameProblem } from '../values/names';

/**
 * Adds an object to the tree, after the checks that hold for every kind: name, labels, annotations, and that nothing else of
 * this cluster has its identity.
 */
export function addObject(scope: Construct, manifest: Manifest, id = 'Resource'): ApiObject {
  const { name, namespace, labels, annotations } = manifest.metadata;
  const at = where(scope);
  insist(at, 'name', manifest.kind === 'Namespace' ? dnsLabelProblem(name) : objectNameProblem(name));
  if (labels) insist(at, 'labels', labelsProblem(labels));
  Object.keys(annotations ?? {}).forEach(key => insist(at, 'annotations', annotationKeyProblem(key)));
  claimIdentity(scope, manifest);
  const object = new ApiObject(scope, id, { ...manifest });
  // A chart stamps its namespace on everything, cluster-scoped objects too.
  if (namespace === undefined && object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
