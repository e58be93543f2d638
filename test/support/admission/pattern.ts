import { AnchorKind, hasAnchor, parseAnchor } from './anchor';
import { Dict, has, isDict } from './json';
import { Outcome, PASS } from './outcome';
import { scalarMatches } from './scalar';
import { hasWildcard, wildcard } from './wildcard';

/** Why a part of a pattern is not met. `everyItem`: a list of which each item was skipped, which counts less than a skipped sibling. */
interface Mismatch {
  readonly skip: boolean;
  readonly everyItem?: boolean;
  readonly negation?: boolean;
  readonly path: string;
  readonly why: string;
}

/** Anchors that are evaluated before their siblings, because they decide whether the siblings count. */
const FIRST: AnchorKind[] = ['condition', 'existence', 'equality', 'negation'];

/**
 * Evaluates a `validate.pattern` against an object.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#patterns
 */
export function matchPattern(object: unknown, pattern: unknown): Outcome {
  const matcher = new Matcher();
  const mismatch = matcher.value(object, pattern, '/');
  if (!mismatch) {
    return PASS;
  }
  const why = `${mismatch.why} at ${mismatch.path}`;
  if (mismatch.skip) {
    return { status: 'skip', why };
  }
  // Kyverno reports a failure as an error when an anchored key of the pattern was nowhere in the object.
  return { status: !mismatch.negation && (mismatch.path === '' || matcher.anchorsMissing) ? 'error' : 'fail', why };
}

/** Evaluates a `validate.anyPattern`: one that passes is enough, and skips count only if nothing failed. */
export function matchAnyPattern(object: unknown, patterns: unknown[]): Outcome {
  const outcomes = patterns.map((pattern) => matchPattern(object, pattern));
  const why = outcomes.map((outcome, i) => `anyPattern[${i}]: ${outcome.why}`).join('; ');
  if (outcomes.some(({ status }) => status === 'pass')) {
    return PASS;
  }
  return { status: outcomes.every(({ status }) => status === 'skip') ? 'skip' : 'fail', why };
}

class Matcher {
  private readonly anchorsSeen = new Map<string, boolean>();

  public get anchorsMissing(): boolean {
    return [...this.anchorsSeen.values()].includes(false);
  }

  public value(value: unknown, pattern: unknown, path: string): Mismatch | undefined {
    if (isDict(pattern)) {
      return isDict(value) ? this.map(value, pattern, path) : fail(path, 'expected a map');
    }
    if (Array.isArray(pattern)) {
      return Array.isArray(value) ? this.list(value, pattern, path) : fail(path, 'expected a list');
    }
    const values = Array.isArray(value) ? value : [value];
    const scalar = pattern as string | number | boolean | null;
    const bad = values.find((item) => !scalarMatches(item, scalar));
    return values.length === 0 || values.every((item) => scalarMatches(item, scalar))
      ? undefined
      : fail(path, `${JSON.stringify(bad)} does not match ${JSON.stringify(pattern)}`);
  }

  private map(value: Dict, rawPattern: Dict, path: string): Mismatch | undefined {
    this.note(value, rawPattern);
    const pattern = expandMetadata(rawPattern, value);
    const keys = Object.keys(pattern);
    const first = keys.filter((key) => isFirst(key)).sort();
    return this.anchors(value, pattern, first, path) ?? this.siblings(value, pattern, keys.filter((key) => !isFirst(key)), path);
  }

  private note(value: Dict, pattern: Dict): void {
    for (const raw of Object.keys(pattern)) {
      const anchor = parseAnchor(raw);
      if (anchor && ['condition', 'existence', 'negation'].includes(anchor.kind)) {
        this.anchorsSeen.set(raw, this.anchorsSeen.get(raw) === true || has(value, anchor.key));
      }
    }
  }

  private anchors(value: Dict, pattern: Dict, keys: string[], path: string): Mismatch | undefined {
    const skips: Mismatch[] = [];
    for (const key of keys) {
      const mismatch = this.entry(value, key, pattern[key], path);
      if (mismatch?.skip) {
        skips.push(mismatch);
      } else if (mismatch && !skips.some(({ everyItem }) => !everyItem)) {
        return mismatch;
      }
    }
    const direct = skips.find(({ everyItem }) => !everyItem);
    // A list of which every item was skipped does not skip the map when another anchor of the map did apply.
    return direct ?? (skips.length === keys.length ? skips[0] : undefined);
  }

  private siblings(value: Dict, pattern: Dict, keys: string[], path: string): Mismatch | undefined {
    const early = keys.filter((key) => parseAnchor(key)?.kind === 'global' || hasAnchor(pattern[key], [...FIRST, 'global']));
    const late = keys.filter((key) => !early.includes(key));
    for (const key of [...early.sort().reverse(), ...late.sort()]) {
      const mismatch = this.entry(value, key, pattern[key], path);
      if (mismatch) {
        return mismatch;
      }
    }
    return undefined;
  }

  private entry(value: Dict, rawKey: string, pattern: unknown, path: string): Mismatch | undefined {
    const anchor = parseAnchor(rawKey);
    const key = anchor && anchor.kind !== 'add' ? anchor.key : rawKey;
    const below = `${path}${key}/`;
    const present = has(value, key);
    switch (anchor?.kind) {
      case 'negation':
        return present ? { ...fail(below, `${key} is not allowed`), negation: true } : undefined;
      case 'existence':
        return present ? this.existence(value[key], pattern, below) : undefined;
      case 'equality':
        return present ? this.value(value[key], pattern, below) : undefined;
      case 'condition':
        return present ? skipped(this.value(value[key], pattern, below)) : { skip: true, path: below, why: `no ${key}` };
      case 'global':
        return present ? skipped(this.value(value[key], pattern, below)) : undefined;
      default:
        return pattern === '*' ? this.any(value[key], path, key) : this.value(value[key], pattern, below);
    }
  }

  /** A lone `*` under a plain key wants the key to be there; an empty string will do. */
  private any(value: unknown, path: string, key: string): Mismatch | undefined {
    return value === undefined || value === null ? fail(path, `${key} not found`) : undefined;
  }

  private existence(value: unknown, pattern: unknown, path: string): Mismatch | undefined {
    if (!Array.isArray(value) || !Array.isArray(pattern) || !pattern.every(isDict)) {
      return fail(path, 'an existence anchor needs a list of maps');
    }
    const missing = pattern.some((wanted) => value.every((item, i) => this.value(item, wanted, `${path}${i}/`)));
    return missing ? fail(path, 'no item matches') : undefined;
  }

  private list(value: unknown[], pattern: unknown[], path: string): Mismatch | undefined {
    const wanted = pattern[0];
    if (wanted === undefined) {
      return fail(path, 'the pattern list is empty');
    }
    if (Array.isArray(wanted)) {
      return value.length < pattern.length
        ? fail('', 'the list is shorter than the pattern')
        : this.items(value.slice(0, pattern.length), pattern, path);
    }
    // Only the first map or scalar of a pattern list counts: it is held against every item.
    return isDict(wanted) ? this.items(value, value.map(() => wanted), path) : this.value(value, wanted, path);
  }

  private items(values: unknown[], patterns: unknown[], path: string): Mismatch | undefined {
    const mismatches = values.map((item, i) => this.value(item, patterns[i], `${path}${i}/`));
    const failed = mismatches.find((mismatch) => mismatch && !mismatch.skip);
    if (failed) {
      return failed;
    }
    const skips = mismatches.filter((mismatch) => mismatch !== undefined);
    return skips.length > 0 && skips.length === values.length ? { skip: true, everyItem: true, path, why: skips[0]?.why ?? '' } : undefined;
  }
}

function isFirst(key: string): boolean {
  const anchor = parseAnchor(key);
  return anchor !== undefined && FIRST.includes(anchor.kind);
}

function fail(path: string, why: string): Mismatch {
  return { skip: false, path, why };
}

function skipped(mismatch: Mismatch | undefined): Mismatch | undefined {
  return mismatch && { skip: true, path: mismatch.path, why: mismatch.why };
}

/** Keys of label and annotation patterns may hold wildcards: each stands for the first key of the object that it matches. */
function expandMetadata(pattern: Dict, value: Dict): Dict {
  return mapEntry(pattern, value, 'metadata', (metadata, actual) => ['labels', 'annotations'].reduce(
    (result, field) => mapEntry(result, actual, field, expandKeys), metadata,
  ));
}

function mapEntry(pattern: Dict, value: Dict, field: string, change: (pattern: Dict, value: Dict) => Dict): Dict {
  const key = Object.keys(pattern).find((raw) => (parseAnchor(raw)?.key ?? raw) === field);
  return key !== undefined && isDict(pattern[key]) && isDict(value[field])
    ? { ...pattern, [key]: change(pattern[key], value[field]) }
    : pattern;
}

function expandKeys(pattern: Dict, value: Dict): Dict {
  const entries = Object.entries(pattern).filter(([, wanted]) => typeof wanted === 'string').map(([raw, wanted]) => {
    const key = parseAnchor(raw)?.key ?? raw;
    const found = hasWildcard(key) ? Object.keys(value).sort().find((actual) => wildcard(key, actual)) : undefined;
    return [found === undefined ? raw : raw.replace(key, () => found), wanted];
  });
  return Object.fromEntries(entries);
}
