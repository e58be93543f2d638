/** Kyverno's wildcards: `*` is any run of characters (also `/`), `?` exactly one; the whole text must match, and case counts. */
export function wildcard(pattern: string, text: string): boolean {
  const source = [...pattern].map((char) => (char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$.+()[\]{}|]/, '\\$&')));
  return new RegExp(`^${source.join('')}$`, 'su').test(text);
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
