/** The text of a file, in which offsets become lines. */
export class SourceText {
  private lineStarts?: number[];

  constructor(readonly file: string, readonly text: string) {}

  /** Line and column of an offset, both from 1. */
  position(offset: number): { line: number; column: number } {
    this.lineStarts ??= lineStarts(this.text);
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.lineStarts[low]! + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** One document of a text: what stands between two `---`. */
export interface TextDocument {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}
