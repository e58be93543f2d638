import type { PlatformFacts } from './platform-facts';

/** How a file of plain manifests says which cluster they are for: in a comment, since kubectl would stumble over an object. */
const SIGN = '# cdk8s-guardrails cluster: ';

/** The first line of a file with the objects of one cluster. */
export function targetComment(name: string, facts: PlatformFacts): string {
  return `${SIGN}${JSON.stringify({ name, facts })}\n`;
}

/** What the first line of a file says of its cluster; the facts are not yet read. Nothing where it does not. */
export function readTargetComment(line: string): { readonly name: string; readonly facts: unknown } | undefined {
  if (!line.startsWith(SIGN)) return undefined;
  try {
    const { name, facts } = JSON.parse(line.slice(SIGN.length)) as { name?: unknown; facts?: unknown };
    return typeof name === 'string' ? { name, facts } : undefined;
  } catch {
    return undefined;
  }
}
