import { Dict, isDict, items } from '../json';
import { eachRule, when } from './rules-of';

const OPERATORS = [
  'Equal', 'Equals', 'NotEqual', 'NotEquals', 'In', 'AnyIn', 'AllIn', 'NotIn', 'AnyNotIn', 'AllNotIn', 'GreaterThan',
  'GreaterThanOrEquals', 'LessThan', 'LessThanOrEquals', 'DurationGreaterThan', 'DurationGreaterThanOrEquals', 'DurationLessThan',
  'DurationLessThanOrEquals',
];
const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

/** What the webhook refuses about preconditions and deny conditions. */
export function conditionProblems(policy: Dict): string[] {
  return eachRule(policy, ({ preconditions, validate, mutate }) => [
    preconditions, validate?.deny?.conditions,
    ...items(validate?.foreach).map(({ deny }) => deny?.conditions),
    ...items(mutate?.targets).map((target) => target.preconditions),
  ].flatMap(conditionsIn).flatMap(problemsOf));
}

function conditionsIn(conditions: unknown): Dict[] {
  return Array.isArray(conditions) ? conditions : isDict(conditions) ? [...items(conditions.any), ...items(conditions.all)] : [];
}

function problemsOf(condition: Dict): string[] {
  const { key, operator, value } = condition;
  const text = JSON.stringify(condition);
  return [
    ...when([key, operator, value].some((part) => part === undefined || part === null), `the condition ${text} lacks key, operator or value`),
    ...when(operator !== undefined && !OPERATORS.includes(operator), `'${operator}' is not a condition operator`),
    ...when(isOperation(key) && !namesOperations(value), `${text} compares request.operation with something else than ${OPERATIONS.join(', ')}`),
  ];
}

function isOperation(key: unknown): boolean {
  return typeof key === 'string' && key.replaceAll(' ', '') === '{{request.operation}}';
}

function namesOperations(value: unknown): boolean {
  return (Array.isArray(value) ? value : [value]).every((item) => OPERATIONS.includes(item) || /^\{\{[^{}]*\}\}$/.test(`${item}`));
}
