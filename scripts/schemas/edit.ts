import type { JsonSchema } from './json-schema';

type Properties = Record<string, JsonSchema>;

/**
 * A schema in which a field is another, or gone where `change` gives nothing. The path goes through lists and maps by itself:
 * `spec.egress.toPorts.rules`.
 *
 * @throws Error when there is no such field: a change that changes nothing is out of date.
 */
export function edit(schema: JsonSchema, path: string, change: (field: JsonSchema) => JsonSchema | undefined): JsonSchema {
  const [name = '', ...rest] = path.split('.');
  if (schema.items) return { ...schema, items: edit(schema.items, path, change) };
  if (typeof schema.additionalProperties === 'object') return { ...schema, additionalProperties: edit(schema.additionalProperties, path, change) };
  const { [name]: field, ...others }: Properties = { ...schema.properties };
  if (!field) throw new Error(`build-schemas: there is no ${path} to change.`);
  const changed = rest.length > 0 ? edit(field, rest.join('.'), change) : change(field);
  const required = schema.required?.filter(one => one !== name || changed !== undefined);
  return { ...schema, properties: { ...others, ...changed && { [name]: changed } }, ...required && { required } };
}

/** A schema without some fields. */
export function without(schema: JsonSchema, paths: readonly string[]): JsonSchema {
  return paths.reduce((edited, path) => edit(edited, path, () => undefined), schema);
}
