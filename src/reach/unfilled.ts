import { isTemplate } from '../checks/kubernetes/text';
import type { SelectorRequirement } from '../values/selector';

export function isUnfilled(value: unknown): value is string {
  return typeof value === 'string' && isTemplate(value);
}

/** The condition where a text is still to be filled in by Flux or Helm, so that nobody knows what it says. */
export function unfilled(text: unknown): string | undefined {
  return isUnfilled(text) ? `${text} fits once it is filled in` : undefined;
}

/** The same for one of several. */
export function unfilledIn(texts: readonly unknown[]): string | undefined {
  for (const text of texts) {
    const condition = unfilled(text);
    if (condition !== undefined) return condition;
  }
  return undefined;
}

/** The same for what label selectors ask for. */
export function unfilledLabels(requirements: readonly SelectorRequirement[]): string | undefined {
  for (const { key, values = [] } of requirements) {
    const condition = unfilled(key) ?? unfilledIn(values);
    if (condition !== undefined) return condition;
  }
  return undefined;
}
