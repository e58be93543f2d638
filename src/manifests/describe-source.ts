/** Where an object was written, as people look it up: a construct path, or file and line. */
export function describeSource(source: { constructPath?: string; file?: string; line?: number; column?: number }): string {
  if (source.constructPath !== undefined) return source.constructPath;
  return [source.file ?? 'an object', source.line, source.column].filter(part => part !== undefined).join(':');
}
