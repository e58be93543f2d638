import { agentValidates, CILIUM_POLICIES, readPolicy } from './read-policy';
import { labelKeyProblem, labelValueProblem } from '../../values/labels';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { isTemplate, show } from '../kubernetes/text';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

const SELECTOR_LISTS = new Set(['fromEndpoints', 'toEndpoints', 'fromNodes', 'toNodes']);
const CIDR_SETS = new Set(['fromCIDRSet', 'toCIDRSet']);

export const invalidSelector: ObjectRule = {
  id: 'cilium/InvalidSelector',
  severity: 'error',
  what: 'A selector has a key that is no label key, or an operator with too few or too many values.',
  why: 'The CRD does not look at it, and the agent drops the whole policy.',
  mend: 'Give In and NotIn values, Exists and DoesNotExist none, and write keys as labels are written.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector:
    matchExpressions: [{ key: app, operator: In }]
  ingress: [{}]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector:
    matchExpressions: [{ key: 'k8s:app', operator: In, values: [api] }]
  ingress: [{}]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    for (const { selector, pointer } of selectors(object, context)) {
      for (const key of Object.keys(asObject(asObject(selector)?.matchLabels) ?? {})) {
        if (isWrongKey(key)) report({ object, pointer: `${pointer}/matchLabels`, found: `${show(key)}, which is no label key` });
      }
      for (const [index, entry] of asList(asObject(selector)?.matchExpressions).entries()) {
        const found = expressionFault(asObject(entry) ?? {});
        if (found) report({ object, pointer: `${pointer}/matchExpressions/${index}`, found });
      }
    }
  },
};

function* selectors(object: Located, context: CheckContext): Iterable<{ selector: unknown; pointer: string }> {
  for (const rule of readPolicy(object).rules) {
    for (const field of ['endpointSelector', 'nodeSelector']) yield { selector: rule.fields[field], pointer: `${rule.pointer}/${field}` };
    for (const { peers } of rule.items.filter(item => agentValidates(item, context))) {
      for (const { field, pointer, entries } of peers) {
        if (SELECTOR_LISTS.has(field)) yield* entries.map((selector, index) => ({ selector, pointer: `${pointer}/${index}` }));
        if (CIDR_SETS.has(field)) {
          yield* entries.map((entry, index) => ({ selector: asObject(entry)?.cidrGroupSelector, pointer: `${pointer}/${index}/cidrGroupSelector` }));
        }
      }
    }
  }
}

function expressionFault({ key, operator, values }: Record<string, unknown>): string | undefined {
  if (typeof key === 'string' && isWrongKey(key)) return `${show(key)}, which is no label key`;
  if (values !== undefined && values !== null && !Array.isArray(values)) return undefined;
  const list = asList(values);
  if ((operator === 'In' || operator === 'NotIn') && list.length === 0) return `${operator} without values`;
  if ((operator === 'Exists' || operator === 'DoesNotExist') && list.length > 0) return `${operator} with values`;
  const wrong = list.find(value => typeof value === 'string' && !isTemplate(value) && labelValueProblem(value));
  return wrong === undefined ? undefined : `${show(wrong)}, which is no label value`;
}

function isWrongKey(key: string): boolean {
  if (isTemplate(key)) return false;
  const colon = key.indexOf(':');
  // Keys of other sources, such as `cidr:`, are not made like label keys.
  if (colon >= 0 && !['k8s', 'any', 'container', 'reserved'].includes(key.slice(0, colon))) return false;
  return labelKeyProblem(key.slice(colon + 1)) !== undefined;
}
