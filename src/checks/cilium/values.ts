import { isTemplate } from '../kubernetes/text';

/** The strings of a list that are written out, with their index. */
export function plainTexts(list: readonly unknown[]): { text: string; index: number }[] {
  return list.flatMap((text, index) => (typeof text === 'string' && !isTemplate(text) ? [{ text, index }] : []));
}

/** A string, number or boolean as a text; anything else is none. */
export function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
