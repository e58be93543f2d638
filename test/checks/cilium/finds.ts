import { parse, parseAllDocuments } from 'yaml';
import { check } from '../../../src/checks/check';
import { CILIUM_RULES } from '../../../src/checks/cilium/rules';
import type { Finding, Located } from '../../../src/checks/finding';
import type { Manifest } from '../../../src/manifests/manifest';
import type { Target } from '../../../src/target/target';

const TARGET: Target = {
  cni: 'Cilium', enforcesNetworkPolicy: true, cniMend: '', cilium: '1.18', kyverno: '1.19', kubernetes: '1.33', flux: '2.8',
};

/** What the Cilium rules find in YAML, whose first line may name a target. */
export function findings(yaml: string, target: Partial<Target> = {}): Finding[] {
  const given = parse(/^# target: (.*)$/m.exec(yaml)?.[1] ?? '{}') as Partial<Target>;
  const objects = parseAllDocuments(yaml).map((document): Located => ({ object: document.toJS() as Manifest, source: { file: 'case.yaml' } }));
  return check(objects, { ...TARGET, ...given, ...target }, CILIUM_RULES);
}

/** The names of the rules that find something in it, each once. */
export function names(yaml: string, target?: Partial<Target>): string[] {
  return [...new Set(findings(yaml, target).map(({ id }) => id.replace('cilium/', '')))].sort();
}

/** A namespaced policy for `app: api` in `shop`, with this spec beside the subject. */
export function policy(spec: string): string {
  return `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec: { endpointSelector: { matchLabels: { app: api } }, ${spec} }
`;
}

export function clusterPolicy(spec: string): string {
  return `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: all }
spec: { ${spec} }
`;
}
