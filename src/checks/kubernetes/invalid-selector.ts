import { groupOf } from './group';
import { isTemplate } from './text';
import { labelKeyProblem, labelValueProblem } from '../../values/labels';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

/** The kinds with a label selector in `spec.selector`, and their group. */
const SELECTING: Record<string, string> = {
  Deployment: 'apps', StatefulSet: 'apps', DaemonSet: 'apps', ReplicaSet: 'apps', Job: 'batch', PodDisruptionBudget: 'policy',
};

const PEER_SELECTORS = ['podSelector', 'namespaceSelector'] as const;

interface Fault {
  readonly at: string;
  readonly found: string;
}

const NONE: readonly Fault[] = [];

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
    const tell = (selector: unknown, pointer: () => string) => {
      for (const { at, found } of selectorFaults(selector)) report({ object: located, pointer: `${pointer()}${at}`, found });
    };
    if (kind === 'NetworkPolicy') visitPolicySelectors(spec, tell);
    else tell(spec.selector, () => '/spec/selector');
  },
};

/** Hardly ever is anything wrong with one: pointers are made where something is. */
function visitPolicySelectors(spec: Record<string, unknown>, visit: (selector: unknown, pointer: () => string) => void): void {
  visit(spec.podSelector, () => '/spec/podSelector');
  for (const [list, side] of [['ingress', 'from'], ['egress', 'to']] as const) {
    asList(spec[list]).forEach((rule, index) => asList(asObject(rule)?.[side]).forEach((peer, at) => {
      const fields = asObject(peer) ?? {};
      for (const field of PEER_SELECTORS) visit(fields[field], () => `/spec/${list}/${index}/${side}/${at}/${field}`);
    }));
  }
}

function selectorFaults(value: unknown): readonly Fault[] {
  const selector = asObject(value);
  if (!selector) return NONE;
  let faults: Fault[] | undefined;
  const labels = asObject(selector.matchLabels);
  for (const key in labels) {
    const found = textFault(key, labelKeyProblem) ?? textFault(labels[key], labelValueProblem);
    if (found) (faults ??= []).push({ at: '/matchLabels', found: `${key}: ${found}` });
  }
  asList(selector.matchExpressions).forEach((entry, index) => {
    const requirement = asObject(entry);
    const found = requirement && (textFault(requirement.key, labelKeyProblem) ?? operatorFault(requirement));
    if (found) (faults ??= []).push({ at: `/matchExpressions/${index}`, found });
  });
  return faults ?? NONE;
}

function operatorFault({ operator, values }: Record<string, unknown>): string | undefined {
  // A text for a list is for the schema to tell of, or still to be filled in.
  if (typeof operator !== 'string' || isTemplate(operator) || typeof values === 'string') return undefined;
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
