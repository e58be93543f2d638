import { parseAllDocuments } from 'yaml';
import { check } from '../../../src/checks/check';
import { KYVERNO_RULES } from '../../../src/checks/kyverno/rules';
import type { Manifest } from '../../../src/manifests/manifest';
import type { Target } from '../../../src/target/target';

export const TARGET: Target = {
  cni: 'Cilium', enforcesNetworkPolicy: true, cniMend: '', cilium: '1.18', kyverno: '1.19', kubernetes: '1.33', flux: '2.8',
};

/** What the Kyverno rules find in YAML, as `Name pointer`. */
export function findings(yaml: string, kyverno = TARGET.kyverno, target: Partial<Target> = {}): string[] {
  return findingsIn(parseAllDocuments(yaml).map(document => document.toJS() as Manifest), kyverno, target);
}

export function findingsIn(objects: readonly unknown[], kyverno = TARGET.kyverno, target: Partial<Target> = {}): string[] {
  const located = objects.map((object, index) => ({ object: object as Manifest, source: { file: 'test.yaml', line: index + 1 } }));
  return check(located, { ...TARGET, kyverno, ...target }, KYVERNO_RULES).map(({ id, pointer }) => `${id.replace('kyverno/', '')} ${pointer}`);
}

/** Whether one rule finds something. */
export function finds(rule: string, yaml: string, kyverno = TARGET.kyverno, target: Partial<Target> = {}): boolean {
  return findings(yaml, kyverno, target).some(finding => finding.startsWith(`${rule} `));
}

/** A ClusterPolicy with one rule, as flow or block YAML. */
export function policy(rule: string, settings = ''): string {
  const indent = (text: string, by: number): string => text.trim().split('\n').map(line => ' '.repeat(by) + line).join('\n');
  return `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: test }\nspec:\n${indent(settings, 2)}\n  rules:\n${indent(rule, 4)}\n`;
}

/** A policy with one validate rule. */
export function validate(body: string, kinds = 'Deployment', more = '', settings = ''): string {
  return policy(`- name: test
  match: { any: [{ resources: { kinds: [${kinds}], operations: [CREATE, UPDATE] } }] }
  ${more}
  validate: { failureAction: Enforce, message: No., ${body} }`, settings);
}

/** A policy with one generate rule for Namespaces of a team. */
export function generate(body: string, more = ''): string {
  return policy(`- name: test
  match: { any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { team: shop } } } }] }
  ${more}
  generate: { generateExisting: true, ${body} }`);
}

/** A rule in which nothing is found. */
export const TEAM = `- name: test
  match: { any: [{ resources: { kinds: [Deployment] } }] }
  validate: { failureAction: Enforce, message: No team., pattern: { metadata: { labels: { team: "?*" } } } }`;
