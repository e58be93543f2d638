import { below, type Fields } from './fields';
import type { PolicyRule } from './policy-rule';
import { type KnownKind, knownKinds } from '../../values/known-kinds';
import { asObject, asString } from '../read';

/** What a generate rule makes: the rule itself, or each entry of its foreach. */
export interface GenerateTarget {
  readonly fields: Fields;
  readonly pointer: string;
  readonly group: string;
  readonly kind: string;
  readonly data?: Fields;
}

export function generateTargetsOf(rule: PolicyRule): GenerateTarget[] {
  if (!rule.has('generate')) return [];
  const { foreach } = rule.generate;
  if (!Array.isArray(foreach)) return [target(rule.generate, rule.at('generate'))];
  return foreach.map((entry, index) => target(asObject(entry) ?? {}, below(rule.at('generate', 'foreach'), index)));
}

/** What the target's group serves under this name; nothing where the group or kind is not known. */
export function knownTarget({ group, kind }: GenerateTarget): KnownKind | undefined {
  return knownKinds(kind).find(known => known.group === group);
}

export function isSynchronized(rule: PolicyRule): boolean {
  return rule.generate.synchronize === true;
}

function target(fields: Fields, pointer: string): GenerateTarget {
  const [group = '', version] = (asString(fields.apiVersion) ?? '').split('/');
  const data = asObject(fields.data);
  return { fields, pointer, group: version === undefined ? '' : group, kind: asString(fields.kind) ?? '', ...(data && { data }) };
}
