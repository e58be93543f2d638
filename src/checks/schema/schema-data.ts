import type { FormatName } from './formats';

export type NodeType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'quantity';

/** Lowest and highest numbers, lengths and counts. */
export interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** What is said of a value, whatever refers to it. */
export interface NodeRules {
  /** Left out where a value of any type will do. */
  readonly type?: NodeType;
  readonly limits?: Limits;
  readonly enum?: readonly unknown[];
  readonly format?: FormatName;
  /** Whether fields that are not named pass. */
  readonly open?: true;
  readonly required?: readonly string[];
  /** Sets of fields of which exactly one is given in full. */
  readonly exactlyOne?: readonly string[][];
  /** Sets of fields of which at least one is given in full. */
  readonly atLeastOne?: readonly string[][];
  /** Fields that are not given together. */
  readonly notTogether?: readonly string[][];
  /** A field that is only given where another one has one of these values. */
  readonly onlyWith?: readonly { readonly field: string; readonly other: string; readonly values: readonly string[] }[];
  /** The fields that tell the items of a list apart; none for a list of values that must differ. */
  readonly keys?: readonly string[];
}

/** A node as it is stored: it refers to others by their line. */
export interface NodeData extends NodeRules {
  readonly fields?: Readonly<Record<string, number>>;
  /** Of the fields that are not named. */
  readonly values?: number;
  readonly items?: number;
}

/** The structure of a kind: the node to start from, by version of the product that serves it. */
export type KindIndex = Readonly<Record<string, Readonly<Record<string, number>>>>;
