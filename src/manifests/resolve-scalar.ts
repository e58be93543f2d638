const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const NULL = ['', '~', 'null', 'Null', 'NULL'];

const WORDS = new Map<string, unknown>([
  ...TRUE.map(word => [word, true] as const),
  ...FALSE.map(word => [word, false] as const),
  ...NULL.map(word => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, -Infinity] as const),
]);
const LONGEST_WORD = 5;

const DECIMAL = /^[-+]?(0|[1-9][0-9]*)$/;
const OCTAL = /^([-+]?)0o?([0-7]+)$/i;
const HEX_OR_BINARY = /^([-+]?)(0x[0-9a-f]+|0b[01]+)$/i;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/**
 * What kubectl and Flux make of a plain scalar: YAML 1.1 booleans, octal numbers with one leading zero, underscores in numbers.
 * No base 60 numbers, and dates stay strings.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
 */
export function resolveScalar(text: string): unknown {
  if (text.length <= LONGEST_WORD && WORDS.has(text)) return WORDS.get(text);
  const first = text.charCodeAt(0);
  const digit = first >= 0x30 && first <= 0x39;
  return digit || first === 0x2B || first === 0x2D || first === 0x2E ? resolveNumber(text) : text;
}

function resolveNumber(text: string): unknown {
  // Behind a leading dot, underscores are taken between digits only.
  if (text.startsWith('.') && /_(?![0-9])|(?<![0-9])_/.test(text)) return text;
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  if (DECIMAL.test(plain)) return Number(plain);
  const octal = OCTAL.exec(plain);
  if (octal) return signed(octal[1], parseInt(octal[2]!, 8));
  const other = HEX_OR_BINARY.exec(plain);
  if (other) return signed(other[1], Number(other[2]));
  const number = FLOAT.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(number) ? number : text;
}

function signed(sign: string | undefined, magnitude: number): number {
  return sign === '-' ? -magnitude : magnitude;
}
