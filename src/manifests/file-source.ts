import { documentTrees, offsetOf, type TreeNode } from './document-tree';
import type { SourceText, TextDocument } from './source-text';
import type { Source } from '../checks/finding';

/** Documents whose trees are kept: findings come in the order of the objects. */
const KEPT = 16;

const kept = new Map<TextDocument, TreeNode[]>();

/** The place of an object in a file. Line and column are worked out when somebody asks. */
export class FileSource implements Source {
  private position?: { line: number; column: number };

  /**
   * @param root which of the document's roots: more than one where a document ends with `...`
   * @param pointer where the object lies in it, for the items of a List
   */
  constructor(private readonly document: TextDocument, private readonly root: number, private readonly pointer: string) {}

  get file(): string { return this.document.source.file; }

  get line(): number { return this.start.line; }

  get column(): number { return this.start.column; }

  /** The place that a JSON pointer of the object leads to. */
  at(pointer: string): Source {
    return { file: this.file, ...(pointer === '' ? this.start : this.positionOf(pointer)) };
  }

  private get start(): { line: number; column: number } {
    this.position ??= this.positionOf('');
    return this.position;
  }

  private positionOf(pointer: string): { line: number; column: number } {
    const { source, start } = this.document;
    const root = treesOf(this.document)[this.root];
    return source.position(start + (root ? offsetOf(root, this.pointer + pointer) : 0));
  }
}

function treesOf(document: TextDocument): TreeNode[] {
  const known = kept.get(document);
  if (known) return known;
  const trees = documentTrees(textOf(document));
  const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
  if (oldest) kept.delete(oldest);
  kept.set(document, trees);
  return trees;
}

/** The text of one document. */
export function textOf({ source, start, end }: { source: SourceText; start: number; end: number }): string {
  return source.text.slice(start, end);
}
