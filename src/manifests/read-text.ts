import { YAMLException } from 'js-yaml';
import { aliasProblem } from './alias-problem';
import { documentTrees, repeatedKeys } from './document-tree';
import { FileSource, textOf } from './file-source';
import { readJson } from './json-text';
import { readYaml } from './kube-yaml';
import type { Manifest } from './manifest';
import { readPlainYaml } from './plain-yaml';
import { type ReadingProblemName, readingFinding } from './reading-problems';
import type { SourceText, TextDocument } from './source-text';
import { splitDocuments } from './split-documents';
import type { Finding, Located } from '../checks/finding';

/** Characters in one document. The API server takes 3 MiB for an object; a List holds many. */
const MAX_DOCUMENT = 16 * 1024 * 1024;

/** Repeated keys of one document that are told. */
const MAX_REPEATS = 20;

/** What Helm templates have and other languages with braces, such as Kyverno's variables, do not. */
const HELM = /\{\{-?\s*(?:\.|\$|\/\*|(?:if|else|end|range|with|include|define|template|toYaml|tpl|printf|default|quote|block)\b)/;

/** What was found in texts. */
export interface Reading {
  readonly objects: Located[];
  /** What could not be read, or not as it is written. */
  readonly problems: Finding[];
  /** Documents that are no Kubernetes objects, such as Helm values. */
  otherDocuments: number;
}

/** Adds what a text holds to a reading. */
export function readText(source: SourceText, reading: Reading): void {
  for (const document of splitDocuments(source)) {
    if (document.end - document.start > MAX_DOCUMENT) {
      report(reading, 'documentTooLarge', document, 0, `${megabytes(document)} in one document; at most ${MAX_DOCUMENT / 1024 / 1024} MiB are read`);
    } else {
      readDocument(document, reading);
    }
  }
}

function readDocument(document: TextDocument, reading: Reading): void {
  const plain = readPlainYaml(document.source.text, document.start, document.end);
  if (plain !== undefined) {
    addObjects(plain, document, 0, '', reading);
    return;
  }
  const text = textOf(document);
  const json = readJson(text);
  if (json === undefined) readAnyYaml(document, text, reading);
  else addObjects(json, document, 0, '', reading);
}

function readAnyYaml(document: TextDocument, text: string, reading: Reading): void {
  const { roots, repeats, broken } = readRoots(text);
  if (broken) {
    reportBroken(broken, document, text, reading);
    return;
  }
  // Before anything walks over the roots: what aliases stand for may be without end.
  const aliases = text.includes('*') && text.includes('&') ? aliasProblem(roots) : undefined;
  if (aliases) {
    report(reading, 'aliasBomb', document, 0, aliases);
    return;
  }
  if (text.includes('{{') && roots.some(hasMappingAsKey)) {
    reportBroken(unquoted(text), document, text, reading);
    return;
  }
  if (repeats) reportRepeats(document, text, reading);
  roots.forEach((root, index) => addObjects(root, document, index, '', reading));
}

interface Broken {
  readonly reason: string;
  readonly position: number;
}

function readRoots(text: string): { roots: unknown[]; repeats?: boolean; broken?: Broken } {
  try {
    return { roots: readYaml(text) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    if (error.reason !== 'duplicated mapping key') return { roots: [], broken: brokenAt(error) };
  }
  try {
    return { roots: readYaml(text, { lastKeyWins: true }), repeats: true };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { roots: [], broken: brokenAt(error) };
  }
}

function brokenAt({ reason, mark }: YAMLException): Broken {
  // js-yaml gives no mark where the text as a whole is refused.
  return { reason, position: (mark as YAMLException['mark'] | undefined)?.position ?? 0 };
}

/** `a: {{ b }}` is a mapping whose key is a mapping, which js-yaml turns into text and kubectl refuses. */
function hasMappingAsKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '[object Object]') || Object.values(value).some(hasMappingAsKey);
}

function unquoted(text: string): Broken {
  return { reason: 'a mapping as a key; text that starts with `{{` needs quotes', position: text.indexOf('{{') };
}

function reportBroken({ reason, position }: Broken, document: TextDocument, text: string, reading: Reading): void {
  const template = HELM.exec(text);
  if (template) report(reading, 'template', document, template.index, `\`${template[0].trim()}\`, which is YAML only once it is rendered`);
  else report(reading, 'brokenYaml', document, position, reason);
}

function reportRepeats(document: TextDocument, text: string, reading: Reading): void {
  const repeats = documentTrees(text).flatMap(tree => [...repeatedKeys(tree)]);
  for (const { keyStart, pointer, same } of repeats.slice(0, MAX_REPEATS)) {
    report(reading, same ? 'repeatedKey' : 'duplicateKey', document, keyStart, `${pointer} for the second time`);
  }
}

function addObjects(value: unknown, document: TextDocument, root: number, pointer: string, reading: Reading): void {
  if (value === null || value === undefined) return;
  const { apiVersion, kind, metadata, items } = value as Record<string, unknown>;
  if (kind === undefined && isBuildFile(value, document)) {
    addObjects({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...value }, document, root, pointer, reading);
  } else if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    items.forEach((item, index) => addObjects(item, document, root, `${pointer}/items/${index}`, reading));
  } else if (isName(apiVersion) && isName(kind)) {
    reading.objects.push({ object: value as Manifest, source: new FileSource(document, root, pointer) });
  } else if ((isName(apiVersion) || isName(kind)) && typeof metadata === 'object' && metadata !== null) {
    const { file, line, column } = new FileSource(document, root, pointer);
    const missing = isName(kind) ? 'apiVersion' : 'kind';
    reading.problems.push(readingFinding('incompleteObject', { file, line, column }, `an object without \`${missing}\``));
  } else {
    reading.otherDocuments++;
  }
}

/** Kustomize fills in the kind and the version of its own files. */
function isBuildFile(value: unknown, { source }: TextDocument): value is object {
  return typeof value === 'object' && !Array.isArray(value) && /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/.test(source.file);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function report(reading: Reading, problem: ReadingProblemName, document: TextDocument, offset: number, found: string): void {
  const { source, start } = document;
  reading.problems.push(readingFinding(problem, { file: source.file, ...source.position(start + offset) }, found));
}

function megabytes({ start, end }: TextDocument): string {
  return `${Math.ceil((end - start) / 1024 / 1024)} MiB`;
}
