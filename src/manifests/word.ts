/**
 * A name of a foreign object, which may be anything: a mapping with a key `toString` cannot even be made a text of.
 */
export function word(value: unknown): string {
  switch (typeof value) {
    case 'string': return value;
    case 'number':
    case 'boolean': return String(value);
    default: return value === undefined || value === null ? '' : '(no text)';
  }
}
