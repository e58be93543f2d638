import type { EventType, State } from 'js-yaml';
import { readYaml } from './kube-yaml';

/** A node of a YAML document, with the places of what is in it. */
export interface TreeNode {
  readonly start: number;
  readonly entries?: ReadonlyMap<string, TreeEntry>;
  readonly items?: readonly TreeNode[];
  readonly repeated?: readonly RepeatedKey[];
}

interface TreeEntry {
  readonly keyStart: number;
  readonly node: TreeNode;
}

/** A key that a mapping has once more. */
export interface RepeatedKey {
  readonly key: string;
  readonly keyStart: number;
  /** Whether it says the same as the one before. */
  readonly same: boolean;
}

interface ReadNode extends TreeNode {
  readonly end: number;
  readonly value: unknown;
  readonly kind: string | null;
}

/** The documents of a text as trees of places. Reads the text once more: only worth it where something was found. */
export function documentTrees(text: string): TreeNode[] {
  const open: { start: number; children: ReadNode[] }[] = [];
  const anchored = new Map<unknown, ReadNode>();
  const roots: ReadNode[] = [];
  function listener(this: State, event: EventType, state: State): void {
    if (event === 'open') {
      open.push({ start: state.position, children: [] });
      return;
    }
    const { start, children } = open.pop()!;
    const node = closeNode(text, { start, end: state.position, value: state.result, kind: state.kind }, children, anchored);
    (open.at(-1)?.children ?? roots).push(node);
  }
  readYaml(text, { lastKeyWins: true, listener });
  return roots;
}

function closeNode(text: string, read: ReadNode, children: readonly ReadNode[], anchored: Map<unknown, ReadNode>): ReadNode {
  const only = children.length === 1 ? children[0] : undefined;
  // What starts like a block mapping is read as its key first, and kept when no colon follows.
  if (only && only.kind === read.kind && Object.is(only.value, read.value)) return only;
  const start = skipSpace(text, read.start);
  if (typeof read.value !== 'object' || read.value === null) return { ...read, start };
  if (text[start] === '*') return { ...read, ...anchored.get(read.value), start };
  const node = { ...read, start, ...(Array.isArray(read.value) ? { items: children } : entriesOf(text, children)) };
  anchored.set(read.value, node);
  return node;
}

function entriesOf(text: string, children: readonly ReadNode[]): Pick<TreeNode, 'entries' | 'repeated'> {
  const entries = new Map<string, TreeEntry & { node: ReadNode }>();
  const repeated: RepeatedKey[] = [];
  for (let at = 0; at < children.length; at++) {
    const child = children[at]!;
    const key = String(child.value);
    // `{ a, b: c }`: a key of a flow mapping need not have a value.
    const value = text[skipSpace(text, child.end)] === ':' ? children[++at] : undefined;
    const entry = { keyStart: child.start, node: value ?? child };
    const earlier = entries.get(key);
    if (earlier && key !== '<<') {
      repeated.push({ key, keyStart: child.start, same: written(text, earlier.node) === written(text, entry.node) });
    }
    entries.set(key, entry);
  }
  return repeated.length > 0 ? { entries, repeated } : { entries };
}

/** Compared instead of values: what aliases stand for may be without end. */
function written(text: string, { start, end }: ReadNode): string {
  return text.slice(start, end).trim();
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
    if (text[at] !== '#') return at;
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end;
  }
}

/** The offset that a JSON pointer leads to; where the way ends early, of what was reached. A key stands for its value. */
export function offsetOf(root: TreeNode, pointer: string): number {
  let node = root;
  let offset = root.start;
  for (const step of pointerSteps(pointer)) {
    const entry = node.entries?.get(step);
    const next = entry?.node ?? node.items?.[Number(step)];
    if (!next) break;
    offset = entry?.keyStart ?? next.start;
    node = next;
  }
  return offset;
}

/** Every repeated key below a node, with the pointer to it. */
export function* repeatedKeys(node: TreeNode, pointer = ''): Iterable<RepeatedKey & { pointer: string }> {
  for (const repeated of node.repeated ?? []) yield { ...repeated, pointer: `${pointer}/${escapeStep(repeated.key)}` };
  for (const [key, entry] of node.entries ?? []) yield* repeatedKeys(entry.node, `${pointer}/${escapeStep(key)}`);
  for (const [index, item] of (node.items ?? []).entries()) yield* repeatedKeys(item, `${pointer}/${index}`);
}

function pointerSteps(pointer: string): string[] {
  return pointer.split('/').slice(1).map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
