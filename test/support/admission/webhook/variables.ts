import { compileQuery, QuerySyntaxError } from '../jmespath';
import { Dict, isDict, items } from '../json';
import { Unsupported } from '../unsupported';
import { atLeast } from '../version';
import { eachRule, present, rulesOf, runsInBackground, when } from './rules-of';

interface Variable {
  readonly expression: string;
  /** Where it stands in the rule, as a JSON pointer. */
  readonly path: string;
}

const VARIABLE = /(?<!\\)\{\{((?:\{[^{}]*\}|[^{}])*)\}\}/g;
const KNOWN = /request|serviceAccountName|serviceAccountNamespace|element|elementIndex|@|images|image|[a-z_0-9]+\(/;
const USER = /serviceAccountName|serviceAccountNamespace|request\.(userInfo|roles|clusterRoles)/;
const RESERVED = ['images', 'request', 'serviceAccountName', 'serviceAccountNamespace', 'element', 'elementIndex'];

/** What the webhook refuses about variables and context entries. */
export function variableProblems(policy: Dict, kyvernoVersion: string): string[] {
  const mutatesExisting = rulesOf(policy).some(({ mutate }) => items(mutate?.targets).length > 0);
  const anonymous = runsInBackground(policy) && !mutatesExisting;
  return eachRule(policy, (rule) => [
    ...variablesIn(rule, '').flatMap((variable) => [
      ...placeProblems(variable, rule),
      ...expressionProblems(variable, namesOf(rule)),
      ...when(runsInBackground(policy) && /\brequest\b(?!\.\w)/.test(bare(variable)), `${shown(variable)}: request needs a field`),
      ...when(anonymous && USER.test(variable.expression), `${shown(variable)} needs background: false`),
    ]),
    ...items(rule.context).flatMap(contextProblems),
    ...when(
      items(rule.context).length > 0 && rule.validate?.cel !== undefined && atLeast(kyvernoVersion, '1.15'),
      'a validate.cel rule has no context',
    ),
  ]);
}

function variablesIn(value: unknown, path: string): Variable[] {
  if (typeof value === 'string') {
    return [...value.matchAll(VARIABLE)].map((match) => ({ expression: (match[1] ?? '').replace(/^-/, '').trim(), path }));
  }
  const children = Array.isArray(value) ? [...value.entries()] : isDict(value) ? Object.entries(value) : [];
  return children.flatMap(([key, child]) => [
    ...(typeof key === 'string' ? variablesIn(key, `${path}/${key}`) : []),
    ...variablesIn(child, `${path}/${key}`),
  ]);
}

function shown({ expression, path }: Variable): string {
  return `{{ ${expression} }} at ${path}`;
}

/** The expression without its quoted texts. */
function bare({ expression }: Variable): string {
  return expression.replace(/'[^']*'|`[^`]*`/g, '');
}

function placeProblems(variable: Variable, rule: Dict): string[] {
  const { expression, path } = variable;
  return [
    ...when(/^\/(match|exclude)\//.test(path), `${shown(variable)}: no variables in match and exclude`),
    ...when(
      path === '/mutate/patchesJson6902' && /path["']?\s*:[^\n,}]*\{\{/.test(rule.mutate.patchesJson6902),
      `${shown(variable)}: no variables in the path of a JSON patch`,
    ),
    ...when(/^target\b/.test(expression) && rule.mutate?.targets === undefined, `${shown(variable)}: target needs mutate.targets`),
    ...when(/^element/.test(expression) && !path.includes('/foreach/'), `${shown(variable)}: element is only known in foreach`),
  ];
}

function expressionProblems(variable: Variable, declared: string[]): string[] {
  const text = bare(variable);
  const known = KNOWN.test(text) || declared.some((name) => new RegExp(`^${name}\\b`).test(text)) || /^target\b/.test(text);
  return [
    ...when(!known, `${shown(variable)} names nothing that is known`),
    ...when(!parses(variable.expression), `${shown(variable)} is not JMESPath`),
  ];
}

/** An expression that the model does not cover may still be right. */
function parses(expression: string): boolean {
  try {
    compileQuery(expression);
    return true;
  } catch (error) {
    if (error instanceof QuerySyntaxError) {
      return false;
    }
    if (error instanceof Unsupported) {
      return true;
    }
    throw error;
  }
}

function namesOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(namesOf);
  }
  return isDict(value)
    ? Object.entries(value).flatMap(([key, child]) => [
      ...(key === 'context' ? items(child).map(({ name }) => `${name}`) : []),
      ...namesOf(child),
    ])
    : [];
}

function contextProblems({ name, configMap, apiCall, globalReference, variable }: Dict): string[] {
  return [
    ...when(!name || RESERVED.some((reserved) => name === reserved || `${name}`.startsWith(`${reserved}.`)), `'${name}' is no name for a context entry`),
    ...when(isDict(configMap) && present(configMap, ['name', 'namespace']).length < 2, `context ${name}: configMap needs name and namespace`),
    ...when(present(apiCall, ['urlPath', 'service']).length === 2, `context ${name}: apiCall has both urlPath and service`),
    ...when(isDict(globalReference) && !globalReference.name, `context ${name}: globalReference needs a name`),
    ...when(isDict(variable) && present(variable, ['value', 'jmesPath']).length === 0, `context ${name}: variable needs value or jmesPath`),
    ...when(
      isDict(variable) && variable.default !== undefined && variable.jmesPath === undefined,
      `context ${name}: default goes with jmesPath only`,
    ),
  ];
}
