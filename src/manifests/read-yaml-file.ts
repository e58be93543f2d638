import { readFileSync } from 'node:fs';
import { YAMLException } from 'js-yaml';
import { decodeText } from './decode-text';
import { documentTrees, offsetOf } from './document-tree';
import { fileProblem } from './file-problem';
import { readYaml } from './kube-yaml';
import { SourceText } from './source-text';

/** A file that gives no data, and why. */
export class UnreadableFile extends Error {}

/** The one document of a file. */
export interface YamlFile {
  /** Nothing where the file is empty. */
  readonly value: unknown;
  /** The line of what a JSON pointer leads to. */
  lineOf(pointer: string): number;
}

/**
 * The one document of a YAML file, as kubectl reads it; nothing where the file is empty.
 *
 * @throws UnreadableFile when there is no such file, or it is no text, no YAML, or more than one document
 */
export function readYamlFile(file: string): unknown {
  return openYamlFile(file).value;
}

/** The same, for those who have to say where something is in it. */
export function openYamlFile(file: string): YamlFile {
  const text = textOf(file);
  const documents = documentsOf(text).filter(document => document !== null && document !== undefined);
  if (documents.length > 1) throw new UnreadableFile(`one document is expected, and there are ${documents.length}`);
  return {
    value: documents[0],
    lineOf(pointer) {
      const root = documentTrees(text).find(({ entries, items }) => entries ?? items);
      return new SourceText(file, text).position(root ? offsetOf(root, pointer) : 0).line;
    },
  };
}

function textOf(file: string): string {
  try {
    const text = decodeText(readFileSync(file));
    if (text === undefined) throw new UnreadableFile('it is not UTF-8');
    return text;
  } catch (error) {
    const found = fileProblem(error);
    throw found === undefined ? error : new UnreadableFile(found);
  }
}

function documentsOf(text: string): unknown[] {
  try {
    return readYaml(text);
  } catch (error) {
    throw error instanceof YAMLException ? new UnreadableFile(error.message) : error;
  }
}
