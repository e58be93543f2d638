import { type Applier, appliedFiles } from './applied-files';
import { fileOf } from './file-tree';
import { isSubstituted } from './substitution';
import { readYaml } from '../../manifests/kube-yaml';
import type { Manifest } from '../../manifests/manifest';
import type { Located } from '../finding';
import { isTemplate } from '../kubernetes/text';
import { asList, asObject } from '../read';

/** `${name}`, or with a default; a dollar sign before it makes it plain text. */
const VARIABLE = /(?<!\$)\$\{([A-Za-z_]\w*)(?::?[-=]([^}]*))?\}/g;

/** Objects nest no deeper than this; what does is no object of a cluster. */
const DEEPEST = 64;

/**
 * The objects of a cluster as its Kustomizations fill them in, once for each that makes something else of them, as far as these say the
 * values themselves. What comes out of ConfigMaps and Secrets is not known, and stays as it is written.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function filledIn(objects: readonly Located[]): readonly Located[] {
  const appliers = objects.some(hasPostBuild) ? appliedFiles(objects).appliers.filter(({ located }) => hasPostBuild(located)) : [];
  if (appliers.length === 0) return objects;
  return objects.flatMap(located => {
    const file = fileOf(located);
    const own = file === undefined || !isSubstituted(located) ? [] : appliers.filter(({ files }) => files.has(file));
    if (own.length === 0) return [located];
    const copies = own.map(applier => fill(located.object, valueFor(applier), 0) as Manifest);
    return [...new Map(copies.map(object => [JSON.stringify(object), object])).values()].map(object => ({ ...located, object }));
  });
}

/** Without a variable Flux does not substitute at all. */
function hasPostBuild({ object }: Located): boolean {
  const { substitute, substituteFrom } = asObject(asObject(object.spec)?.postBuild) ?? {};
  return object.kind === 'Kustomization' && (Object.keys(asObject(substitute) ?? {}).length > 0 || asList(substituteFrom).length > 0);
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
