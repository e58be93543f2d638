import { isTemplate } from '../kubernetes/text';

/** What somebody who wrote a path probably took it for, while Cilium matches it against the whole request target. */
export type PathShape = 'prefix' | 'glob' | 'exact' | 'relative' | 'other';

const CLASSES = /\[\^?\]?[^\]]*\]/g;
const ESCAPES = /\\./g;
const REPEATED_LITERAL = /[/\w]\*/;
const LITERAL_PATH = /^\^?\/(?:[-\w/~%:@!,;=&.]|\\[./-])*\$?$/;
const OPEN_END = /[*+?)}\]$|]$/;

export function pathShape(path: unknown): PathShape {
  if (typeof path !== 'string' || path === '' || isTemplate(path)) return 'other';
  // Within a class, and after a backslash, a letter before a star is no literal.
  const plain = path.replace(ESCAPES, '()').replace(CLASSES, '()');
  if (REPEATED_LITERAL.test(plain)) return 'glob';
  if (/^\w/.test(path)) return 'relative';
  const isAnchored = path.startsWith('^');
  const isRoot = path === '/' || path === '^/';
  if (!isRoot && !OPEN_END.test(plain) && (isAnchored || path.endsWith('/'))) return 'prefix';
  return LITERAL_PATH.test(path) ? 'exact' : 'other';
}
