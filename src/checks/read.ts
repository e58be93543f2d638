import type { Located } from './finding';

/** A mapping, or nothing: foreign objects may hold anything anywhere. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
}

/** A list, empty for what is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Whether an object is of a kind, in any version of its group; the core group is the empty one. */
export function isKind({ object }: Located, group: string, kind: string): boolean {
  if (object.kind !== kind || typeof object.apiVersion !== 'string') return false;
  const slash = object.apiVersion.indexOf('/');
  return group === (slash < 0 ? '' : object.apiVersion.slice(0, slash));
}
