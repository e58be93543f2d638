/** A rule of `toFQDNs` or `rules.dns`. */
export interface DnsSelector {
  readonly matchName?: string;
  readonly matchPattern?: string;
}

/** `manyLevels`: a leading `**.` stands for one or more whole labels (Cilium 1.19); before, it stands for a single one. */
export function dnsMatches(selector: DnsSelector, name: string, manyLevels: boolean): boolean {
  if (selector.matchName !== undefined) return absolute(selector.matchName) === absolute(name);
  return selector.matchPattern !== undefined && dnsPatternMatches(selector.matchPattern, name, manyLevels);
}

/** @see https://docs.cilium.io/en/stable/security/policy/layer3/#dns-based */
export function dnsPatternMatches(pattern: string, name: string, manyLevels: boolean): boolean {
  if (/^(\*+|\*\.)$/.test(pattern)) return true;
  const leading = manyLevels ? /^\*\*+\./.exec(pattern)?.[0] ?? '' : '';
  const rest = absolute(pattern.slice(leading.length))
    .replace(/\./g, '[.]')
    .replace(/\*+/g, '[-a-z0-9_]*');
  return new RegExp(`^${leading === '' ? '' : '([-a-z0-9_]+[.])+'}${rest}$`).test(absolute(name));
}

function absolute(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}
