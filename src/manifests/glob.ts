/** Whether a path is a pattern of `*`, `**`, `?`, `[...]` or `{a,b}`. */
export function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** The folder above the first pattern of a glob. */
export function globBase(glob: string): string {
  const steps = glob.split('/');
  const first = steps.findIndex(isGlob);
  return first === 0 ? '.' : steps.slice(0, first).join('/') || '/';
}

const TOKENS = /\*\*\/|\*\*|\*|\?|\[!?[^\]/]+\]|\{[^{}]*\}|[^*?[{]+|./g;

/** A pattern for the paths that a glob names. `*` stays within a folder, `**` does not. */
export function globPattern(glob: string): RegExp {
  return new RegExp(`^${(glob.match(TOKENS) ?? []).map(tokenPattern).join('')}$`);
}

function tokenPattern(token: string): string {
  if (token === '**/') return '(?:[^/]+/)*';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.length > 1 && token.startsWith('[')) return `[${token[1] === '!' ? '^' : ''}${token.slice(token[1] === '!' ? 2 : 1, -1).replace(/[\\^]/g, '\\$&')}]`;
  if (token.length > 1 && token.startsWith('{')) return `(?:${token.slice(1, -1).split(',').map(escape).join('|')})`;
  return escape(token);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
