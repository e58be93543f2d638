import { groupOf } from './group';
import { isTemplate } from './text';
import { labelKeyProblem, labelValueProblem } from '../../values/labels';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

/** The kinds with a label selector in `spec.selector`, and their group. */
const SELECTING: Record<string, string> = {
  Deployment: 'apps', StatefulSet: 'apps', DaemonSet: 'apps', ReplicaSet: 'apps', Job: 'batch', PodDisruptionBudget: 'policy',
};

export const invalidSelector: ObjectRule = {
  id: 'kubernetes/InvalidSelector',
  severity: 'error',
  what: 'A label selector has an unknown operator, values where none belong or none where some must be, or a key or value that no label can have.',
  why: 'The API server refuses the object.',
  mend: 'Use In and NotIn with values, Exists and DoesNotExist without.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: isolate, namespace: shop }
spec:
  podSelector: { matchExpressions: [{ key: app, operator: Exists, values: [web] }] }
  policyTypes: [Ingress]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: isolate, namespace: shop }
spec:
  podSelector: { matchExpressions: [{ key: app, operator: Exists }, { key: tier, operator: In, values: [""] }] }
  policyTypes: [Ingress]
`,
  kinds: ['NetworkPolicy', ...Object.keys(SELECTING)],
  checkObject(located, report) {
    const { kind, apiVersion } = located.object;
    const group = groupOf(apiVersion);
    const spec = asObject(located.object.spec);
    if (!spec || group !== (kind === 'NetworkPolicy' ? 'networking.k8s.io' : SELECTING[kind])) return;
    const selectors = kind === 'NetworkPolicy' ? policySelectors(spec) : [['/spec/selector', spec.selector] as const];
    for (const [pointer, selector] of selectors) {
      for (const { at, found } of selectorFaults(selector)) report({ object: located, pointer: `${pointer}${at}`, found });
    }
  },
};

function* policySelectors(spec: Record<string, unknown>): Iterable<readonly [string, unknown]> {
  yield ['/spec/podSelector', spec.podSelector];
  for (const [list, side] of [['ingress', 'from'], ['egress', 'to']] as const) {
    for (const [index, rule] of asList(spec[list]).entries()) {
      for (const [at, peer] of asList(asObject(rule)?.[side]).entries()) {
        const { podSelector, namespaceSelector } = asObject(peer) ?? {};
        const pointer = `/spec/${list}/${index}/${side}/${at}`;
        yield [`${pointer}/podSelector`, podSelector];
        yield [`${pointer}/namespaceSelector`, namespaceSelector];
      }
    }
  }
}

function* selectorFaults(value: unknown): Iterable<{ at: string; found: string }> {
  const selector = asObject(value);
  if (!selector) return;
  for (const [key, text] of Object.entries(asObject(selector.matchLabels) ?? {})) {
    const wrong = textFault(key, labelKeyProblem) ?? textFault(text, labelValueProblem);
    if (wrong) yield { at: '/matchLabels', found: `${key}: ${wrong}` };
  }
  for (const [index, entry] of asList(selector.matchExpressions).entries()) {
    const requirement = asObject(entry);
    const found = requirement && (textFault(requirement.key, labelKeyProblem) ?? operatorFault(requirement));
    if (found) yield { at: `/matchExpressions/${index}`, found };
  }
}

function operatorFault({ operator, values }: Record<string, unknown>): string | undefined {
  if (typeof operator !== 'string' || isTemplate(operator)) return undefined;
  const count = asList(values).length;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (count === 0) return `${operator} without values`;
      return asList(values).map(value => textFault(value, labelValueProblem)).find(fault => fault !== undefined);
    case 'Exists':
    case 'DoesNotExist':
      return count === 0 ? undefined : `${operator} with values`;
    default:
      return `the operator '${operator}'`;
  }
}

function textFault(text: unknown, problemOf: (text: string) => { given: string; allowed: string } | undefined): string | undefined {
  const wrong = typeof text !== 'string' || isTemplate(text) ? undefined : problemOf(text);
  return wrong && `${wrong.given}; allowed: ${wrong.allowed}`;
}
