import type { Finding, Located } from './finding';

/** Findings once each: objects that clusters share are checked with every one of them. */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  const told = new Map<Located, Set<string>>();
  return findings.filter(({ id, object, pointer, found }) => {
    const known = told.get(object) ?? new Set();
    told.set(object, known);
    const key = `${id} ${pointer} ${found}`;
    return !known.has(key) && known.add(key);
  });
}
