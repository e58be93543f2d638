import type { SourceText, TextDocument } from './source-text';

/**
 * Cuts a text at its `---` lines, as kubectl does before it looks at the YAML, so that a broken document spoils no other.
 * JSON objects one after the other, as jq writes them, are documents too.
 */
export function* splitDocuments(source: SourceText): Iterable<TextDocument> {
  const { text } = source;
  // `{{` begins a template. What is JSON as a whole may have a brace at the beginning of a line all the same.
  const areSeveral = /^\s*\{(?!\{)/.test(text.slice(0, 1000)) && /\n\{/.test(text) && !isJson(text);
  const separator = areSeveral ? /\n(?=---(?:\s|$)|\{(?!\{))/g : /\n(?=---(?:\s|$))/g;
  let start = 0;
  for (let match = separator.exec(text); match; match = separator.exec(text)) {
    const end = match.index + 1;
    // Directives such as %YAML belong to the document that the next `---` opens.
    if (isDirectives(text, start, end)) continue;
    yield { source, start, end };
    start = end;
  }
  yield { source, start, end: text.length };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isDirectives(text: string, start: number, end: number): boolean {
  return text[start] === '%' && text.slice(start, end).split('\n').every(line => /^(%.*|\s*#.*|\s*)$/.test(line));
}
