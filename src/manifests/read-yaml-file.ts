import { readFileSync } from 'node:fs';
import { YAMLException } from 'js-yaml';
import { decodeText } from './decode-text';
import { fileProblem } from './file-problem';
import { readYaml } from './kube-yaml';

/** A file that gives no data, and why. */
export class UnreadableFile extends Error {}

/**
 * The one document of a YAML file, as kubectl reads it; nothing where the file is empty.
 *
 * @throws UnreadableFile when there is no such file, or it is no text, no YAML, or more than one document
 */
export function readYamlFile(file: string): unknown {
  const documents = documentsOf(file).filter(document => document !== null && document !== undefined);
  if (documents.length > 1) throw new UnreadableFile(`one document is expected, and there are ${documents.length}`);
  return documents[0];
}

function documentsOf(file: string): unknown[] {
  try {
    const text = decodeText(readFileSync(file));
    if (text === undefined) throw new UnreadableFile('it is not UTF-8');
    return readYaml(text);
  } catch (error) {
    const found = error instanceof YAMLException ? error.message : fileProblem(error);
    if (found !== undefined) throw new UnreadableFile(found);
    throw error;
  }
}
