import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { JsonSchema, KindSchema } from './json-schema';
import { kindOfFile } from './kinds';

interface CustomResourceDefinition {
  readonly kind: 'CustomResourceDefinition';
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly CrdVersion[];
  };
}

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema?: { readonly openAPIV3Schema: JsonSchema };
}

interface OpenApi {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

type Content = CustomResourceDefinition | OpenApi | JsonSchema;

/**
 * Every kind that a folder describes: by CRDs, by OpenAPI definitions of Kubernetes, or by JSON schemas in files that are called
 * `<kind>_<version>.json`. A part of the path such as `v1.18` says which version of the product it is.
 */
export function readFolder(folder: string): KindSchema[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(json|ya?ml)$/.test(path))
    .sort()
    .flatMap(path => parseAllDocuments(readFileSync(join(folder, path), 'utf8')).flatMap(document => kindsOf(document.toJS() as Content, path)));
}

function kindsOf(content: Content, path: string): KindSchema[] {
  const product = /(?:^|\/)v?(\d+\.\d+)(?:\.\d+)?(?:\/|\.json$|\.ya?ml$)/.exec(path)?.[1] ?? 'any';
  if ('definitions' in content) return ofOpenApi(content, product);
  if ('kind' in content && content.kind === 'CustomResourceDefinition') return ofCrd(content, product);
  const [stem = '', version = ''] = basename(path).replace(/\.[^.]*$/, '').split('_');
  return [{ ...kindOfFile(stem), version, product, schema: content as JsonSchema }];
}

function ofOpenApi({ definitions }: OpenApi, product: string): KindSchema[] {
  return Object.values(definitions).flatMap(schema => (schema['x-kubernetes-group-version-kind'] ?? [])
    .map(({ group, version, kind }) => ({ group, version, kind, product, schema, definitions })));
}

function ofCrd({ spec }: CustomResourceDefinition, product: string): KindSchema[] {
  return spec.versions.flatMap(({ name, served, schema }) => (served && schema
    ? [{ group: spec.group, kind: spec.names.kind, version: name, product, schema: schema.openAPIV3Schema }]
    : []));
}
