import type { Match } from './party';
import { unfilledIn } from './unfilled';
import { fqdnPatternHolds, fqdnPatternMatches, fqdnPatternsMeet } from '../values/fqdn';

export const SOME_NAME = 'the name is one of those that two patterns have in common';

/** The names and patterns of `toFQDNs` or of rules for DNS, read once. */
export class DnsNames {
  /** As they are written. */
  readonly texts: readonly string[];
  private readonly names = new Set<string>();
  private readonly patterns: readonly { readonly pattern: string; readonly end: string }[];
  /** The condition where one of them is still to be filled in. */
  private readonly unfilled: string | undefined;

  constructor(rules: readonly Record<string, unknown>[], private readonly minor: number) {
    this.texts = rules.flatMap(({ matchName, matchPattern }) => [matchName, matchPattern])
      .filter(text => typeof text === 'string').filter(text => text !== '');
    this.unfilled = unfilledIn(this.texts);
    for (const text of this.texts) if (isOneName(text)) this.names.add(plain(text));
    this.patterns = [...new Set(this.texts.filter(text => !isOneName(text)))].map(pattern => ({ pattern, end: endOf(pattern) }));
  }

  /** Whether a name, or every name that a pattern stands for, is among them; it depends on the name where patterns have some in common. */
  hold(name: string): Match {
    return this.holdWritten(name) || (this.unfilled ?? false);
  }

  private holdWritten(name: string): Match {
    if (this.names.has(plain(name))) return true;
    const near = this.patternsLike(name);
    if (isOneName(name)) return near.some(({ pattern }) => fqdnPatternMatches(pattern, name, this.minor));
    if (near.some(({ pattern }) => fqdnPatternHolds(pattern, name, this.minor))) return true;
    const isCrossed = (pattern: string) => fqdnPatternsMeet(pattern, name, this.minor) && !fqdnPatternHolds(name, pattern, this.minor);
    return near.some(({ pattern }) => isCrossed(pattern)) && SOME_NAME;
  }

  /** Whether any name that a pattern stands for is among them. */
  holdSome(name: string): boolean {
    if (this.unfilled !== undefined) return true;
    if (isOneName(name)) return this.hold(name) !== false;
    return [...this.names].some(one => fqdnPatternMatches(name, one, this.minor))
      || this.patternsLike(name).some(({ pattern }) => fqdnPatternsMeet(pattern, name, this.minor));
  }

  /** How they end tells most patterns apart without a look at their labels. */
  private patternsLike(name: string): readonly { readonly pattern: string }[] {
    const own = endOf(name);
    return this.patterns.filter(({ end }) => own.endsWith(end) || end.endsWith(own));
  }
}

export function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Whether it is a name, and no pattern of names. */
export function isOneName(text: string): boolean {
  return !text.includes('*');
}

function endOf(pattern: string): string {
  return plain(pattern.slice(pattern.lastIndexOf('*') + 1));
}
