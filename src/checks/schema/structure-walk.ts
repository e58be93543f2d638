import { fieldProblems } from './field-problems';
import type { SchemaNode } from './schema-node';
import { type SchemaProblem, type Told, told } from './schema-problem';
import { valueProblem } from './value-problem';
import { similarName } from '../../values/similar-name';
import { isTemplate, show, step } from '../kubernetes/text';

/** A step into an object: the name of a field, or the index of an item. */
export type Step = string | number;

/** What depends on who serves the kind. */
export interface WalkOptions {
  /** Whether the kind is one of Kubernetes itself: it takes empty items in lists, and keys of lists only matter when they are merged. */
  readonly builtIn: boolean;
  /** What is known of a field that the schema does not have: told, or passed over where it is undefined. */
  readonly unknownField: (path: readonly Step[], mend: string | undefined) => Told | undefined;
  /** What is told of a list that must be empty by now. */
  readonly emptiedList: (path: readonly Step[]) => Told;
}

/** More of them in one object say nothing new. */
const MOST_PROBLEMS = 50;

/** Walks once over an object and its schema together. */
export class StructureWalk {
  readonly problems: SchemaProblem[] = [];
  private readonly path: Step[] = [];

  constructor(private readonly options: WalkOptions) {}

  /** @param parent of the object that the value is in, through lists */
  visit(value: unknown, node: SchemaNode, parent?: SchemaNode): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    const wrong = valueProblem(value, node);
    if (wrong) {
      if (typeof value !== 'string' || !isTemplate(value)) this.tell(wrong);
    } else if (Array.isArray(value)) {
      this.visitItems(value, node, parent);
    } else if (typeof value === 'object' && value !== null) {
      this.visitFields(value as Record<string, unknown>, node, parent);
    }
  }

  private visitItems(list: readonly unknown[], node: SchemaNode, parent?: SchemaNode): void {
    if (node.limits?.maxItems === 0 && list.length > 0) {
      this.tell(this.options.emptiedList(this.path));
      return;
    }
    if (node.keys && mayRepeat(list, node.keys)) this.compareItems(list, node.keys);
    const { items } = node;
    if (!items) return;
    for (let index = 0; index < list.length; index++) {
      const item = list[index];
      if (item === null && this.options.builtIn) continue;
      this.path.push(index);
      this.visit(item, items, parent);
      this.path.pop();
    }
  }

  private visitFields(object: Record<string, unknown>, node: SchemaNode, parent?: SchemaNode): void {
    for (const wrong of fieldProblems(object, node)) this.tell(wrong);
    const { fields, values } = node;
    if (!fields && !values) return;
    for (const name in object) {
      const value = object[name];
      // What a program leaves undefined is never written.
      if (value === undefined) continue;
      const below = fields?.get(name) ?? values;
      // The API server drops fields that are null, or puts the default in their place.
      if (value === null && (below || isTemplate(name))) continue;
      this.path.push(name);
      if (below) this.visit(value, below, node);
      else if (!node.open && !isTemplate(name)) this.tellUnknown(name, node, parent);
      this.path.pop();
    }
  }

  private tellUnknown(name: string, node: SchemaNode, parent: SchemaNode | undefined): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    const unknown = this.options.unknownField(this.path, mendOf(name, node, parent));
    if (unknown) this.tell(unknown);
  }

  private compareItems(list: readonly unknown[], keys: readonly string[]): void {
    const seen = new Map<string, number>();
    for (let index = 0; index < list.length; index++) {
      const key = keyOf(list[index], keys);
      if (key === undefined) continue;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, index);
        continue;
      }
      this.path.push(index);
      const said = keys.length > 0 ? `${keys.join(' and ')} of item ${first} once more, ${key}` : `${key} once more, after item ${first}`;
      this.tell(told(this.options.builtIn ? 'DuplicateMergeKey' : 'DuplicateListKey', said));
      this.path.pop();
    }
  }

  private tell(wrong: Told): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push({ ...wrong, pointer: this.path.map(one => `/${typeof one === 'number' ? one : step(one)}`).join('') });
  }
}

/** Items that are compared pair by pair. */
const FEW_ITEMS = 8;

/** Whether two items may bear the same keys, found out without printing them: hardly ever do they. */
function mayRepeat(list: readonly unknown[], keys: readonly string[]): boolean {
  if (list.length > FEW_ITEMS) return true;
  for (let at = 1; at < list.length; at++) {
    for (let before = 0; before < at; before++) {
      if (maySayTheSame(list[at], list[before], keys)) return true;
    }
  }
  return false;
}

function maySayTheSame(one: unknown, other: unknown, keys: readonly string[]): boolean {
  if (keys.length === 0) return mayPrintTheSame(one, other);
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return keys.every(key => mayPrintTheSame(a[key], b[key]));
}

/** What is long is cut where it is printed, and what has parts is not compared here. */
function mayPrintTheSame(one: unknown, other: unknown): boolean {
  return one === other || !isShortText(one) || !isShortText(other);
}

function isShortText(value: unknown): boolean {
  return (typeof value === 'string' && value.length <= 32) || Number.isInteger(value);
}

/** What tells an item of a list apart, printed; nothing where the item does not say it all, or a template does. */
function keyOf(item: unknown, keys: readonly string[]): string | undefined {
  if (keys.length === 0) return typeof item === 'string' && !isTemplate(item) ? show(item) : undefined;
  if (typeof item !== 'object' || item === null) return undefined;
  const fields = item as Record<string, unknown>;
  // A key with a default may be left out, and what the default is does not stand here: then both leave it out, or they differ.
  const values = keys.map(key => fields[key]);
  const first = values[0];
  if (first === undefined || first === null || values.some(value => typeof value === 'string' && isTemplate(value))) return undefined;
  return values.map(value => (value === undefined ? 'the default' : show(value))).join(' and ');
}

/** How to mend a field that is not known: by its spelling, or by its place. */
function mendOf(name: string, node: SchemaNode, parent: SchemaNode | undefined): string | undefined {
  const similar = similarName(name, node.fields?.keys() ?? []);
  if (similar !== undefined) return `Did you mean \`${similar}\`?`;
  if (parent?.fields?.has(name)) return `\`${name}\` belongs one level up.`;
  for (const [field, below] of node.fields ?? []) {
    if ((below.items ?? below).fields?.has(name)) return `\`${name}\` belongs in \`${field}\`.`;
  }
  return undefined;
}
