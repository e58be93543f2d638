/** A rule in which no check finds anything. */
export const TEAM_RULE = `
- name: team
  match: { any: [{ resources: { kinds: [Deployment] } }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;

/** A ClusterPolicy of these rules, for the examples that show what a check finds. */
export function clusterPolicy(rules: string, settings = ''): string {
  return `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: sample }
${specOf(rules, settings)}`;
}

function specOf(rules: string, settings: string): string {
  return `spec:
${indented(settings, 2)}  rules:
${indented(rules, 4)}`;
}

function indented(text: string, by: number): string {
  return text.trim() === '' ? '' : `${text.trim().split('\n').map(line => ' '.repeat(by) + line).join('\n')}\n`;
}

/** A spec with that rule. */
export const TEAM_SPEC = specOf(TEAM_RULE, '');

/** A validate rule with this body, for kinds that are listed as in YAML. */
export function validateRule(body: string, kinds = 'Deployment', more = ''): string {
  return `
- name: sample
  match: { any: [{ resources: { kinds: [${kinds}], operations: [CREATE, UPDATE] } }] }
${indented(more, 2)}  validate:
    failureAction: Enforce
    message: This is not allowed here.
${indented(body, 4)}`;
}

/** A generate rule with this body, for Namespaces of a team. */
export function generateRule(body: string): string {
  return `
- name: sample
  match: { any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { team: shop } } } }] }
  generate:
    generateExisting: true
${indented(body, 4)}`;
}

/** A generate rule for the default deny of a namespace, with more fields of `generate`. */
export function defaultDenyRule(more: string): string {
  return generateRule(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
name: default-deny
namespace: "{{ request.object.metadata.name }}"
data: { spec: { podSelector: {}, policyTypes: [Ingress] } }
${more.trim()}`);
}
