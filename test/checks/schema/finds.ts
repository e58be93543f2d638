import { parseAllDocuments } from 'yaml';
import { check } from '../../../src/checks/check';
import type { Finding } from '../../../src/checks/finding';
import { SCHEMA_RULES } from '../../../src/checks/schema/rules';
import type { Manifest } from '../../../src/manifests/manifest';
import type { PlatformFacts } from '../../../src/target/platform-facts';
import { targetOf } from '../../../src/target/target-of';

/** What the schema rules find in objects. */
export function findingsIn(objects: readonly unknown[], target: PlatformFacts = {}): Finding[] {
  return check(objects.map(one => ({ object: one as Manifest, source: {} })), targetOf(target), SCHEMA_RULES);
}

export function findings(yaml: string, target?: PlatformFacts): Finding[] {
  return findingsIn(parseAllDocuments(yaml).map(document => document.toJS() as unknown), target);
}

/** `Rule pointer: what was found`, for each finding. */
export function told(yaml: string, target?: PlatformFacts): string[] {
  return findings(yaml, target).map(({ id, pointer, found }) => `${id.replace('schema/', '')} ${pointer}: ${found}`);
}

/** An object of a kind, with this after its metadata. */
export function object(apiVersion: string, kind: string, rest: string): string {
  return `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web, namespace: shop }, ${rest} }`;
}

export function networkPolicy(spec: string): string {
  return object('networking.k8s.io/v1', 'NetworkPolicy', `spec: { ${spec} }`);
}

export function ciliumPolicy(spec: string): string {
  return object('cilium.io/v2', 'CiliumNetworkPolicy', `spec: { endpointSelector: {}, ${spec} }`);
}

export function clusterPolicy(rule: string): string {
  return object('kyverno.io/v1', 'ClusterPolicy', `spec: { rules: [{ name: r, match: { any: [{ resources: { kinds: [Pod] } }] }, ${rule} }] }`);
}

export function pod(spec: string): string {
  return object('v1', 'Pod', `spec: { ${spec} }`);
}

export function helmRelease(spec: string): string {
  return object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', `spec: { interval: 1h, ${spec} }`);
}
