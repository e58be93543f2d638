import { Dict, has, items } from './json';
import { Unsupported } from './unsupported';
import { hasWildcard, wildcard } from './wildcard';

/** Whether labels satisfy a label selector. Kyverno also takes wildcards in the keys and values of `matchLabels`. */
export function selects(selector: Dict, labels: Dict): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => hasLabel(labels, key, `${value}`))
    && items(selector.matchExpressions).every((expression) => meets(expression, labels));
}

function hasLabel(labels: Dict, key: string, value: string): boolean {
  return Object.entries(labels).some(([name, actual]) => (
    (name === key || (hasWildcard(key) && wildcard(key, name))) && (actual === value || (hasWildcard(value) && wildcard(value, `${actual}`)))
  ));
}

function meets({ key, operator, values }: Dict, labels: Dict): boolean {
  const present = has(labels, key);
  switch (operator) {
    case 'In': return present && items(values).includes(labels[key]);
    case 'NotIn': return !present || !items(values).includes(labels[key]);
    case 'Exists': return present;
    case 'DoesNotExist': return !present;
    default: throw new Unsupported(`the label selector operator '${operator}'`);
  }
}
