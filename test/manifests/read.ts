import { type Reading, readText } from '../../src/manifests/read-text';
import { SourceText } from '../../src/manifests/source-text';

/** What a file of this text holds. */
export function read(text: string, file = 'a.yaml'): Reading {
  const reading: Reading = { objects: [], problems: [], otherDocuments: 0 };
  readText(new SourceText(file, text), reading);
  return reading;
}

/** The problems of a text as `<id> <line>`. */
export function problemsOf(text: string): string[] {
  return read(text).problems.map(({ id, object }) => `${id.replace('reading/', '')} ${object.source.line}`);
}
