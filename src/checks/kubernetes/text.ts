import { problem } from '../../values/problem';

/** Whether a text is still to be filled in by Helm, Flux or Kyverno, so that nothing is known of it yet. */
export function isTemplate(text: string): boolean {
  // Nearly no text has either of these.
  if (!text.includes('{') && !text.includes('$')) return false;
  return text.includes('{{') || text.includes('${') || text.includes('{%') || text.includes('$(');
}

/** A text that is written out; nothing for templates and whatever is no text. */
export function plainText(value: unknown): string | undefined {
  return typeof value === 'string' && !isTemplate(value) ? value : undefined;
}

/** A value as it is shown to people, cut where it is long. */
export function show(value: unknown): string {
  return problem(value, '', '').given;
}

/** A key as a step of a JSON pointer. */
export function step(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}
