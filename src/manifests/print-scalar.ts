/** Words that some YAML reads as a boolean or as nothing, in any case of letters. */
const WORDS = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);
const LONGEST_WORD = 5;

/** Text of letters and signs that mean nothing to YAML wherever they stand behind the first. */
const PLAIN = /^(?:\.\/)?[A-Za-z0-9/][A-Za-z0-9 _./@+=(),;*~^$:-]*$/;

/** What ends a key or begins a comment, and blanks at the end. */
const BROKEN = /:(?: |$)| $/;

/** Letters that are in no number, date or base 60 number of any YAML; a slash is not either. */
const NO_NUMBER = /[g-np-su-wy/]/i;

/** An exponent of nothing is a number to some readers of YAML 1.1. */
const EXPONENT = /^e[-+]?[0-9]+$/i;

/** What YAML 1.1 takes for a line break, what it refuses in a file, and what is not seen: only an escape is read alike everywhere. */
const ESCAPED = /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\uffff]|[\u{1fffe}-\u{1ffff}\u{e0000}-\u{10ffff}]/gu;
const UNPRINTABLE = new RegExp(`[\\u0000-\\u001f]|${ESCAPED.source}`, 'u');
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A text as a scalar on one line, which every YAML reads as that text: plain where no reader can take it for anything else, and quoted
 * otherwise.
 *
 * @throws TypeError for half of a surrogate pair, which no file can hold
 */
export function printText(text: string): string {
  if (isPlain(text)) return text;
  if (LONE_SURROGATE.test(text)) throw new TypeError(`half of a surrogate pair in ${JSON.stringify(text)}`);
  const needsEscapes = UNPRINTABLE.test(text);
  if (!needsEscapes && /["\\]/.test(text)) return `'${text.replaceAll('\'', '\'\'')}'`;
  // JSON is YAML but for characters that JSON leaves as they are.
  return needsEscapes ? JSON.stringify(text).replace(ESCAPED, escape) : `"${text}"`;
}

/**
 * The lines of a text as a literal block, without indentation and with the header first, where that is read alike everywhere: the text
 * has several lines, begins with none that is empty or indented, and has no blanks at the ends of lines.
 */
export function printLines(text: string): string[] | undefined {
  if (!text.includes('\n') || /^\s|[ \t](?:\n|$)|\n\n$/.test(text)) return undefined;
  const lines = text.split('\n');
  if (lines.some(line => UNPRINTABLE.test(line) || LONE_SURROGATE.test(line))) return undefined;
  if (lines.at(-1) !== '') return ['|-', ...lines];
  return lines.length > 1 ? ['|', ...lines.slice(0, -1)] : undefined;
}

/**
 * A number. YAML 1.1 wants a point in the mantissa before an exponent.
 *
 * @throws TypeError for what JSON has no number for
 */
export function printNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value}, which is no number in JSON`);
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

function isPlain(text: string): boolean {
  if (!PLAIN.test(text) || BROKEN.test(text)) return false;
  if (EXPONENT.test(text)) return false;
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return NO_NUMBER.test(text);
  return text.length > LONGEST_WORD || !WORDS.has(text.toLowerCase());
}

function escape(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
