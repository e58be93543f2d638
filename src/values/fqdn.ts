import { hostInAscii } from './beyond-ascii';
import { parseIp } from './cidr';
import { Problem, problem } from './problem';

const MAX_LENGTH = 255;
const MAX_LABEL = 63;
const NAME_CHARACTERS = /^[-a-zA-Z0-9_.]*$/;
const PATTERN_CHARACTERS = /^[-a-zA-Z0-9_.*]*$/;

/** What a DNS query asks for: labels with dots between them, or the root. */
const DNS_NAME = /^(?:[-a-zA-Z0-9_]+(?:\.[-a-zA-Z0-9_]+)*\.?|\.)$/;

/** Since this minor of Cilium 1, a leading `**.` stands for one or more labels, and stars alone for any name. */
const MULTI_LEVEL_SINCE = 19;

/**
 * The `matchName` of an FQDN or DNS rule.
 * @see https://docs.cilium.io/en/stable/security/policy/language/#dns-based
 */
export function fqdnNameProblem(name: string): Problem | undefined {
  if (typeof name === 'string' && name.includes('*') && PATTERN_CHARACTERS.test(name)) {
    return problem(name, 'one DNS name, without \'*\'', 'Use a pattern where \'*\' is meant.');
  }
  return textProblem(name, NAME_CHARACTERS, 'letters, digits, \'-\', \'_\' and \'.\'');
}

/** The `matchPattern` of an FQDN or DNS rule. */
export function fqdnPatternProblem(pattern: string): Problem | undefined {
  return textProblem(pattern, PATTERN_CHARACTERS, 'letters, digits, \'-\', \'_\', \'.\' and \'*\'');
}

function textProblem(text: string, characters: RegExp, list: string): Problem | undefined {
  const allowed = `${list}, no empty label, at most ${MAX_LABEL} characters between two dots and ${MAX_LENGTH} as a whole`;
  if (typeof text !== 'string' || text === '') {
    return problem(text, allowed, 'Write a DNS name, such as api.example.com.');
  }
  const [address = '', length] = text.split('/');
  const ip = parseIp(address);
  if (ip) {
    // Nobody asks a resolver for an address.
    return problem(text, 'a DNS name, since an address is never looked up', `Use Peer.cidr('${address}/${length ?? (ip.family === 4 ? 32 : 128)}').`);
  }
  if (!characters.test(text)) {
    return problem(text, allowed, charactersMend(text));
  }
  const labels = withoutTrailingDot(text).split('.');
  if (labels.includes('')) {
    return problem(text, allowed, 'Remove the dot that has no label beside it.');
  }
  // A star may stand for nothing.
  const long = labels.map(label => label.replaceAll('*', '')).find(label => label.length > MAX_LABEL);
  if (long !== undefined) {
    return problem(text, allowed, `Shorten ${long.slice(0, 8)}…, which has ${long.length} characters: no resolver can ask for it.`);
  }
  return text.length > MAX_LENGTH ? problem(text, allowed, `Shorten it to ${MAX_LENGTH} characters, from ${text.length}.`) : undefined;
}

function charactersMend(text: string): string {
  const inAscii = hostInAscii(text);
  if (inAscii !== undefined) {
    return `Write '${inAscii}', which is what resolvers ask for.`;
  }
  return /[:/]/.test(text) ? 'Write the host name only, without scheme, port and path.' : 'Remove the other characters.';
}

/**
 * Whether Cilium's DNS proxy would say that the name matches. A `*` stands for characters of one label, none included,
 * so `*.example.com` has neither `example.com` nor `a.b.example.com`; before Cilium 1.19 two stars mean no more than one.
 */
export function fqdnPatternMatches(pattern: string, name: string, ciliumMinor = 18): boolean {
  return DNS_NAME.test(name) && holds(pattern, [labelsOf(name)], ciliumMinor);
}

/** Whether every name that a pattern stands for matches another. */
export function fqdnPatternHolds(wide: string, narrow: string, ciliumMinor = 18): boolean {
  if (!narrow.includes('*')) return fqdnPatternMatches(wide, narrow, ciliumMinor);
  if (isAnyName(narrow, ciliumMinor)) return isAnyName(wide, ciliumMinor);
  const labels = labelsOf(narrow);
  // A star is a character that nothing but a star stands for; of several labels, one and two tell all that is to be told.
  return holds(wide, isMultiLevel(narrow, ciliumMinor) ? [labels, ['*', ...labels]] : [labels], ciliumMinor);
}

/** Whether there may be a name that matches both patterns. */
export function fqdnPatternsMeet(a: string, b: string, ciliumMinor = 18): boolean {
  if (isAnyName(a, ciliumMinor) || isAnyName(b, ciliumMinor)) return true;
  const [short, long] = [a, b].map(pattern => ({ labels: labelsOf(pattern), isMultiLevel: isMultiLevel(pattern, ciliumMinor) }))
    .sort((one, other) => one.labels.length - other.labels.length) as [Globs, Globs];
  const surplus = long.labels.length - short.labels.length;
  if (surplus > 0 && !short.isMultiLevel) return false;
  return short.labels.every((glob, index) => (index === 0 && short.isMultiLevel) || (index + surplus === 0 && long.isMultiLevel)
    || globsMeet(glob, long.labels[index + surplus]!));
}

interface Globs {
  readonly labels: string[];
  readonly isMultiLevel: boolean;
}

function holds(pattern: string, names: readonly string[][], minor: number): boolean {
  if (isAnyName(pattern, minor)) {
    return true;
  }
  const globs = labelsOf(pattern);
  if (!isMultiLevel(pattern, minor)) {
    return names.every(labels => labelsMatch(globs, labels));
  }
  const rest = globs.slice(1);
  return names.every(labels => labels.length > rest.length && labelsMatch(rest, labels.slice(labels.length - rest.length)));
}

function isAnyName(pattern: string, minor: number): boolean {
  return minor >= MULTI_LEVEL_SINCE ? /^\*+\.?$/.test(pattern) : pattern === '*';
}

function isMultiLevel(pattern: string, minor: number): boolean {
  return minor >= MULTI_LEVEL_SINCE && /^\*\*+\./.test(pattern);
}

function labelsOf(name: string): string[] {
  return withoutTrailingDot(name.toLowerCase()).split('.');
}

function withoutTrailingDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

function labelsMatch(globs: string[], labels: string[]): boolean {
  return globs.length === labels.length && globs.every((glob, index) => globMatches(glob, labels[index] ?? ''));
}

/** Between the first star and the last, each may stand for whatever the other has. */
function globsMeet(a: string, b: string): boolean {
  if (!a.includes('*')) return globMatches(b, a);
  if (!b.includes('*')) return globMatches(a, b);
  const [headA, headB] = [a, b].map(glob => glob.slice(0, glob.indexOf('*')));
  const [tailA, tailB] = [a, b].map(glob => glob.slice(glob.lastIndexOf('*') + 1));
  return (headA!.startsWith(headB!) || headB!.startsWith(headA!)) && (tailA!.endsWith(tailB!) || tailB!.endsWith(tailA!));
}

/** Takes each part between stars at its first place after the one before, so that nothing is ever tried twice. */
function globMatches(glob: string, label: string): boolean {
  const parts = glob.split('*');
  const head = parts.shift() ?? '';
  const tail = parts.pop();
  if (tail === undefined) {
    return glob === label;
  }
  let from = head.length;
  for (const part of parts) {
    const at = label.indexOf(part, from);
    if (at < 0) {
      return false;
    }
    from = at + part.length;
  }
  return label.startsWith(head) && label.endsWith(tail) && label.length - tail.length >= from;
}
