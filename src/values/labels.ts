import { isBeyondAscii } from './beyond-ascii';
import { dnsSubdomainProblem } from './names';
import { Problem, problem } from './problem';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const NAME_ALLOWED = 'letters, digits, \'-\', \'_\' and \'.\', beginning and ending with a letter or digit, at most 63 characters';
const KEY_ALLOWED = `an optional DNS prefix and '/', then a name of ${NAME_ALLOWED}`;
const VALUE_ALLOWED = `nothing, or ${NAME_ALLOWED}`;

/** Keys that were found good: there are few of them, and they are asked about again and again. */
const goodKeys = new Set<string>();
const MAX_REMEMBERED = 10_000;

/** A qualified name: `app` or `app.kubernetes.io/name`. */
export function labelKeyProblem(key: string): Problem | undefined {
  if (goodKeys.has(key)) return undefined;
  const wrong = keyProblem(key);
  if (!wrong && goodKeys.size < MAX_REMEMBERED) goodKeys.add(key);
  return wrong;
}

function keyProblem(key: string): Problem | undefined {
  if (typeof key !== 'string') {
    return problem(key, KEY_ALLOWED, 'Write the key as a string, in quotes.');
  }
  const source = /^(k8s|any):(.+)$/.exec(key);
  if (source) {
    return problem(key, KEY_ALLOWED, `Write '${source[2]}': only Cilium's own kinds know a source before the key.`);
  }
  const parts = key.split('/');
  const name = parts.pop() ?? '';
  const [prefix] = parts;
  if (parts.length > 1) {
    return problem(key, KEY_ALLOWED, 'Use one \'/\' at most.');
  }
  const wrongPrefix = prefix === undefined ? undefined : dnsSubdomainProblem(prefix);
  if (wrongPrefix) {
    return problem(key, `${KEY_ALLOWED}; the prefix is made of ${wrongPrefix.allowed}`, `Before the '/': ${wrongPrefix.mend}`);
  }
  return isName(name) ? undefined : problem(key, KEY_ALLOWED, mendName(name, prefix === undefined ? '' : `${prefix}/`));
}

/** A label key as Cilium reads it, where `k8s:`, `any:` or another source may stand before it. */
export function ciliumLabelKeyProblem(key: string): Problem | undefined {
  return labelKeyProblem(typeof key === 'string' ? key.replace(/^[a-z0-9-]+:/, '') : key);
}

export function labelValueProblem(value: string): Problem | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return problem(value, 'a string', `Quote it: '${String(value)}'.`);
  }
  if (typeof value !== 'string') {
    return problem(value, 'a string', 'Write a string.');
  }
  return value === '' || isName(value) ? undefined : problem(value, VALUE_ALLOWED, mendName(value, ''));
}

/** The first problem of a map of labels; what is given shows the key. */
export function labelsProblem(labels: Record<string, string>): Problem | undefined {
  for (const [key, value] of Object.entries(labels ?? {})) {
    const wrongKey = labelKeyProblem(key);
    if (wrongKey) {
      return wrongKey;
    }
    const wrongValue = labelValueProblem(value);
    if (wrongValue) {
      return problem({ [key]: value }, `for ${key}: ${wrongValue.allowed}`, wrongValue.mend);
    }
  }
  return undefined;
}

/** Like a label key, but the API server lower-cases annotation keys before it looks at them. */
export function annotationKeyProblem(key: string): Problem | undefined {
  const wrong = labelKeyProblem(typeof key === 'string' ? key.toLowerCase() : key);
  return wrong && problem(key, wrong.allowed, wrong.mend);
}

function isName(text: string): boolean {
  return text.length <= 63 && NAME.test(text);
}

function mendName(name: string, prefix: string): string {
  if (isBeyondAscii(name)) {
    return 'Write it in the letters a to z.';
  }
  const corrected = name.trim().replace(/[^-A-Za-z0-9_.]/g, '-').replace(/^[-_.]+/, '').replace(/(?<![-_.])[-_.]+$/, '');
  if (corrected.length > 63) {
    return `Shorten it to 63 characters, from ${corrected.length}.`;
  }
  return corrected === '' ? 'Use a letter or digit at least.' : `Write '${prefix}${corrected}'.`;
}
