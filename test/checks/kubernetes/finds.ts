import { parseAllDocuments } from 'yaml';
import { check } from '../../../src/checks/check';
import type { Finding, Located } from '../../../src/checks/finding';
import { FLUX_RULES } from '../../../src/checks/flux/rules';
import { KUBERNETES_RULES } from '../../../src/checks/kubernetes/rules';
import { NETWORK_RULES } from '../../../src/checks/network/rules';
import { REACH_RULES } from '../../../src/checks/reach/rules';
import type { Rule } from '../../../src/checks/rule';
import { TENANCY_RULES } from '../../../src/checks/tenancy/rules';
import type { Manifest } from '../../../src/manifests/manifest';
import type { Target } from '../../../src/target/target';

export const TARGET: Target = {
  cni: 'Cilium', enforcesNetworkPolicy: true, cniMend: '', cilium: '1.18', kyverno: '1.19', kubernetes: '1.33', flux: '2.8',
};

export const AREAS: Record<string, readonly Rule[]> = {
  kubernetes: KUBERNETES_RULES, network: NETWORK_RULES, tenancy: TENANCY_RULES, flux: FLUX_RULES, reach: REACH_RULES,
};

/** What the rules of an area find in YAML. */
export function findings(area: string, yaml: string, target: Partial<Target> = {}, file = 'case.yaml'): Finding[] {
  const objects = parseAllDocuments(yaml).map((document): Located => ({ object: document.toJS() as Manifest, source: { file } }));
  return check(objects, { ...TARGET, ...target }, AREAS[area] ?? []);
}

/** The names of the rules that find something in it, each once. */
export function names(area: string, yaml: string, target?: Partial<Target>): string[] {
  return [...new Set(findings(area, yaml, target).map(({ id }) => id.slice(area.length + 1)))].sort();
}

/** Objects as documents of one text, each as flow YAML. */
export function documents(...objects: string[]): string {
  return objects.map(object => `---\n${object}\n`).join('');
}

export function pod(name: string, labels: string, spec = ''): string {
  const rest = spec === '' ? '' : `, ${spec}`;
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }, spec: { containers: [{ name: main, image: x }]${rest} } }`;
}

/** A NetworkPolicy for `app: web` in `shop`, or for the subject given. */
export function policy(spec: string, { name = 'web', subject = '{ matchLabels: { app: web } }', namespace = 'shop' } = {}): string {
  return `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: ${name}, namespace: ${namespace} }, spec: { podSelector: ${subject}, ${spec} } }`;
}

export const DEFAULT_DENY = policy('policyTypes: [Ingress, Egress]', { name: 'default-deny', subject: '{}' });
