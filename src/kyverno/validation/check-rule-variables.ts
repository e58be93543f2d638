import type { Spot } from './spot';
import { expressionProblem, hasVariable, variablesIn } from '../../values/kyverno-variables';
import type { KyvernoRule } from '../rule';

const USER = /\b(serviceAccountName|serviceAccountNamespace)\b|\brequest\.(userInfo|roles|clusterRoles)\b/;

/** What Kyverno gives, or a function of JMESPath. The webhook looks for these anywhere in the expression, and so does this. */
const GIVEN = /request|serviceAccountName|serviceAccountNamespace|element|elementIndex|@|images?|[a-z_0-9]+\(/;

/** Fields with the user's own data, in which a `list` is no expression. */
const OPAQUE = ['pattern', 'anyPattern', 'patchStrategicMerge', 'data', 'value', 'default', 'key', 'cel'];

/** What the webhook asks of the variables of a rule. */
export function checkRuleVariables(spot: Spot, rule: KyvernoRule): void {
  const { match: _match, exclude: _exclude, ...rest } = rule;
  const targets = rule.mutate?.targets;
  for (const expression of variablesIn(rest)) {
    if (/^target\b/.test(expression) && !targets) {
      spot.refuse(`{{ ${expression} }}`, '`target` in rules with mutate.targets', 'Write `request.object`, or add `targets`.');
    }
  }
  const outside = variablesIn(withoutForeach(rest)).find(expression => /^element(Index)?\b/.test(expression));
  if (outside !== undefined) {
    spot.refuse(`{{ ${outside} }}`, '`element` and `elementIndex` within foreach', 'Move it into a foreach, or start from `request.object`.');
  }
  checkNames(spot, rest);
  variablesIn(rest).forEach(expression => spot.insist(expressionProblem(expression)));
  checkPaths(spot, rest);
}

/** Fields that hold an expression without braces; one with a variable in it is read when there is a request. */
function checkPaths(spot: Spot, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, item] of Object.entries(value)) {
    const at = spot.in(Array.isArray(value) ? Number(field) : field);
    if (['jmesPath', 'list'].includes(field) && typeof item === 'string' && item !== '' && !hasVariable(item)) at.insist(expressionProblem(item));
    else if (!OPAQUE.includes(field)) checkPaths(at, item);
  }
}

/** The first variable that asks who makes the request. */
export function userVariable(rule: KyvernoRule): string | undefined {
  return variablesIn(rule).find(expression => USER.test(expression));
}

function checkNames(spot: Spot, rule: Omit<KyvernoRule, 'match' | 'exclude'>): void {
  // Attestations bring names of their own, from inside the signed statement.
  if (rule.verifyImages) return;
  const names = new Set(contextNames(rule));
  for (const expression of variablesIn(rule)) {
    const name = /^[A-Za-z_][\w-]*/.exec(expression)?.[0] ?? '';
    if (names.has(name) || GIVEN.test(expression) || /^target\b/.test(expression)) continue;
    spot.refuse(
      `{{ ${expression} }}`,
      'variables that Kyverno gives (request, element, images ...) or that `context` declares',
      'Add a context entry of this name, or mend the name.',
    );
  }
}

/** Names of context entries, wherever the rule has a `context`. */
function contextNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(contextNames);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, item]: [string, unknown]) => [
    ...(field === 'context' && Array.isArray(item) ? item.map((entry: { name?: string }) => entry.name ?? '') : []),
    ...contextNames(item),
  ]);
}

function withoutForeach(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutForeach);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([field]) => field !== 'foreach').map(([field, item]) => [field, withoutForeach(item)]));
}
