import { fileOf } from './file-of';
import { CILIUM_POLICIES } from '../checks/cilium/read-policy';
import type { Located } from '../checks/finding';
import { isTemplate } from '../checks/kubernetes/text';
import { displayName } from '../manifests/identity';

/** Kinds of which everything matters to who reaches whom; of others it is the namespace. */
const READ_WHOLE = ['NetworkPolicy', 'CiliumCIDRGroup', ...CILIUM_POLICIES];

const VARIABLE = /\$\{[^}]*\}|\{\{.*?\}\}|\{%.*?%\}|\$\([^)]*\)/;

/** Variables where the engine would read a value. */
export function unfilledNote(objects: readonly Located[]): string[] {
  const found = objects.flatMap(located => {
    const text = templateIn(located);
    return text === undefined ? [] : [{ located, variable: VARIABLE.exec(text)?.[0] ?? text }];
  });
  const [first] = found;
  if (!first) return [];
  const more = found.length > 1 ? `, and ${others(found.length - 1)} such variables` : '';
  return [`${first.variable} in ${displayName(first.located.object)} (${fileOf(first.located)}) is still to be filled in by Flux or Helm${more}: `
    + 'answers depend on it; for sure ones read what is built, as `flux build kustomization` or `helm template` write it'];
}

function others(count: number): string {
  return count === 1 ? '1 more object has' : `${count} more objects have`;
}

function templateIn({ object }: Located): string | undefined {
  const { kind, metadata, spec, specs } = object;
  return firstTemplate(metadata?.namespace, 1) ?? (READ_WHOLE.includes(kind) ? firstTemplate([spec, specs], DEEPEST) : undefined);
}

/** Policies nest no deeper. */
const DEEPEST = 16;

function firstTemplate(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return isTemplate(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || depth === 0) return undefined;
  for (const key in value) {
    if (isTemplate(key)) return key;
    const found = firstTemplate((value as Record<string, unknown>)[key], depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
