import { type Applier, appliedFiles } from './applied-files';
import { BuiltNamespaces, inNamespace, namespaceIn } from './built-namespaces';
import { fileOf } from './file-tree';
import { kustomizationSpec } from './kinds';
import { isSubstituted } from './substitution';
import { readYaml } from '../../manifests/kube-yaml';
import type { Manifest } from '../../manifests/manifest';
import type { Located } from '../finding';
import { isTemplate } from '../kubernetes/text';
import { asList, asObject, asString } from '../read';

/** `${name}`, or with a default; a dollar sign before it makes it plain text. */
const VARIABLE = /(?<!\$)\$\{([A-Za-z_]\w*)(?::?[-=]([^}]*))?\}/g;

/** Objects nest no deeper than this; what does is no object of a cluster. */
const DEEPEST = 64;

/**
 * The objects of a cluster as its Kustomizations and their build files fill them in, once for each that makes something else of them: with
 * the namespace that they put them into, and with values, as far as these are written there. What comes out of ConfigMaps and Secrets is
 * not known, and stays as it is written.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function filledIn(objects: readonly Located[]): readonly Located[] {
  if (!objects.some(fills)) return objects;
  const { tree, appliers } = appliedFiles(objects);
  const namespaces = new BuiltNamespaces(tree);
  return objects.flatMap(located => {
    const file = fileOf(located);
    if (file === undefined) return [located];
    const own = appliers.filter(({ files }) => files.has(file));
    const copies = own.length === 0
      ? orNone(namespaces.of(file)).map(namespace => inNamespace(located.object, namespace))
      : own.flatMap(applier => {
        const target = asString(applier.spec.targetNamespace) || undefined;
        const given = target === undefined ? orNone(namespaces.of(file, applier.files)) : [target];
        return given.map(namespace => substituted({ ...located, object: inNamespace(located.object, namespace) }, applier));
      });
    if (copies.every(object => object === located.object)) return [located];
    return [...new Map(copies.map(object => [JSON.stringify(object), object])).values()].map(object => ({ ...located, object }));
  });
}

function orNone(namespaces: readonly string[]): readonly (string | undefined)[] {
  return namespaces.length > 0 ? namespaces : [undefined];
}

function fills(located: Located): boolean {
  return located.object.kind === 'Kustomization'
    && (hasPostBuild(located) || namespaceIn(located) !== undefined || Boolean(kustomizationSpec(located)?.targetNamespace));
}

/** Without a variable Flux does not substitute at all. */
function hasPostBuild({ object }: Located): boolean {
  const { substitute, substituteFrom } = asObject(asObject(object.spec)?.postBuild) ?? {};
  return Object.keys(asObject(substitute) ?? {}).length > 0 || asList(substituteFrom).length > 0;
}

function substituted(located: Located, applier: Applier): Manifest {
  if (!hasPostBuild(applier.located) || !isSubstituted(located)) return located.object;
  return fill(located.object, valueFor(applier), 0) as Manifest;
}

type ValueFor = (name: string, fallback: string | undefined) => string | undefined;

function valueFor({ spec }: Applier): ValueFor {
  const { substitute, substituteFrom } = asObject(spec.postBuild) ?? {};
  const values = asObject(substitute) ?? {};
  const isOpen = asList(substituteFrom).length > 0;
  return (name, fallback) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof value === 'string' ? value : isOpen ? undefined : fallback;
  };
}

function fill(value: unknown, valueOf: ValueFor, depth: number): unknown {
  if (typeof value === 'string') return isTemplate(value) ? fillText(value, valueOf) : value;
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map(item => fill(item, valueOf, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part, valueOf, depth + 1)]));
}

/** Flux replaces in the text of the object, so that what is there then is read anew: `${port}` becomes a number. */
function fillText(text: string, valueOf: ValueFor): unknown {
  const filled = text.replaceAll(VARIABLE, (whole, name: string, fallback: string | undefined) => valueOf(name, fallback) ?? whole);
  if (filled === text || isTemplate(filled)) return filled;
  try {
    const [read, ...others] = readYaml(filled);
    return others.length > 0 || read === undefined ? filled : read;
  } catch {
    return filled;
  }
}
