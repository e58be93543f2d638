import { celRules } from './cel-rules';
import type { JsonSchema } from './json-schema';
import { formatOf } from './patterns';
import type { Limits, NodeData, NodeRules, NodeType } from '../../src/checks/schema/schema-data';

const LIMITS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const;

/** What the API server reads into 32 bits. */
const INT32: Limits = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

/** Nodes of schemas, each kept once: what two versions or two kinds have in common is stored once. */
export class InternedNodes {
  readonly lines: string[] = [];
  private readonly byLine = new Map<string, number>();

  /** The line of a schema's node, after its children's. */
  add(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>> = {}): number {
    const { $ref } = schema;
    if ($ref !== undefined) {
      const name = $ref.split('/').at(-1)!;
      const target = definitions[name];
      if (!target) throw new Error(`build-schemas: nothing is called ${$ref}.`);
      return this.add(target, definitions);
    }
    return this.intern({ ...this.children(schema, definitions), ...rulesOf(schema) });
  }

  private children(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): NodeData {
    const { properties, additionalProperties, items } = schema;
    const add = (child: JsonSchema) => this.add(child, definitions);
    return {
      ...properties && { fields: Object.fromEntries(Object.entries(properties).sort(byKey).map(([name, child]) => [name, add(child)])) },
      ...typeof additionalProperties === 'object' && { values: add(additionalProperties) },
      ...items && { items: add(items) },
    };
  }

  private intern(node: NodeData): number {
    const line = JSON.stringify(node);
    const known = this.byLine.get(line);
    if (known !== undefined) return known;
    const index = this.lines.push(line) - 1;
    this.byLine.set(line, index);
    return index;
  }
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function rulesOf(schema: JsonSchema): NodeRules {
  const { pattern, format, enum: values, required = [], properties = {} } = schema;
  // The API server fills defaults in before it looks for what is missing.
  const missing = required.filter(name => properties[name]?.default === undefined);
  const limits = limitsOf(schema);
  const form = formatOf(pattern, format);
  return {
    ...typeOf(schema),
    ...(schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties === true) && { open: true as const },
    ...missing.length > 0 && { required: [...missing].sort() },
    ...values && { enum: values },
    ...form && { format: form },
    ...Object.keys(limits).length > 0 && { limits },
    ...alternatives(schema),
    ...schema['x-kubernetes-validations'] && celRules(schema['x-kubernetes-validations']),
    ...keysOf(schema),
  };
}

function typeOf(schema: JsonSchema): NodeRules {
  const union = [...schema.anyOf ?? [], ...schema.oneOf ?? []].flatMap(({ type }) => type ?? []).sort().join();
  if (schema['x-kubernetes-int-or-string'] || union === 'integer,string') return { type: 'int-or-string' };
  if (union === 'number,string') return { type: 'quantity' };
  return schema.type === undefined ? {} : { type: schema.type as NodeType };
}

function limitsOf(schema: JsonSchema): Limits {
  const given = Object.fromEntries(LIMITS.filter(name => schema[name] !== undefined).map(name => [name, schema[name]]));
  return schema.format === 'int32' ? { ...INT32, ...given } : given;
}

function alternatives({ oneOf, anyOf, not }: JsonSchema): NodeRules {
  const exactlyOne = requirements(oneOf);
  const atLeastOne = requirements(anyOf);
  return {
    ...exactlyOne.length > 0 && { exactlyOne },
    ...atLeastOne.length > 0 && { atLeastOne },
    ...not?.required && { notTogether: [[...not.required]] },
  };
}

function requirements(schemas: readonly JsonSchema[] = []): string[][] {
  return schemas.flatMap(({ required }) => (required ? [[...required]] : []));
}

function keysOf(schema: JsonSchema): NodeRules {
  const type = schema['x-kubernetes-list-type'];
  if (type === 'set') return { keys: [] };
  return type === 'map' ? { keys: schema['x-kubernetes-list-map-keys'] ?? [] } : {};
}
