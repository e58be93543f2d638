import type { JsonSchema } from './json-schema';

/** How a version of a product that no schema was read of differs from one that was. */
export interface Delta {
  readonly groups: readonly string[];
  readonly version: string;
  readonly like: string;
  readonly change?: (schema: JsonSchema, kind: string) => JsonSchema;
}
