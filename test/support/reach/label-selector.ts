export interface LabelSelector {
  readonly matchLabels?: Record<string, string> | null;
  readonly matchExpressions?: LabelExpression[] | null;
}

export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[] | null;
}

/** Whether a selector takes the thing whose label `key` has the value `labelOf(key)`. */
export function selectorMatches(selector: LabelSelector, labelOf: (key: string) => string | undefined): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labelOf(key) === value)
    && (selector.matchExpressions ?? []).every((expression) => expressionMatches(expression, labelOf(expression.key)));
}

/** The label keys that a selector mentions. */
export function selectorKeys(selector: LabelSelector): string[] {
  return [
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map((expression) => expression.key),
  ];
}

function expressionMatches({ operator, values }: LabelExpression, value: string | undefined): boolean {
  const listed = value !== undefined && (values ?? []).includes(value);
  switch (operator) {
    case 'In': return listed;
    // An absent key is not in the set.
    case 'NotIn': return !listed;
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: throw new Error(`label selector: operator ${operator}; Kubernetes knows In, NotIn, Exists and DoesNotExist`);
  }
}
