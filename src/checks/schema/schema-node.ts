import type { KindIndex, NodeData, NodeRules } from './schema-data';

/** What a schema says of a value and of what is in it. */
export interface SchemaNode extends NodeRules {
  readonly fields?: ReadonlyMap<string, SchemaNode>;
  readonly values?: SchemaNode;
  readonly items?: SchemaNode;
}

/** The schemas of a product, read from their text. Nodes are put together when they are asked for. */
export class SchemaText {
  readonly index: KindIndex;
  private readonly lines: readonly string[];
  private readonly nodes: SchemaNode[] = [];

  constructor(text: string) {
    const [index = '{}', ...lines] = text.split('\n');
    this.index = JSON.parse(index) as KindIndex;
    this.lines = lines;
  }

  node(line: number): SchemaNode {
    return this.nodes[line] ??= this.read(JSON.parse(this.lines[line]!) as NodeData);
  }

  private read({ fields, values, items, ...rules }: NodeData): SchemaNode {
    return {
      ...rules,
      ...fields && { fields: new Map(Object.entries(fields).map(([name, line]) => [name, this.node(line)])) },
      ...values !== undefined && { values: this.node(values) },
      ...items !== undefined && { items: this.node(items) },
    };
  }
}

/** The node of a value inside of what a node is about; nothing where the node does not say. */
export function nodeBelow(node: SchemaNode, step: string | number): SchemaNode | undefined {
  return typeof step === 'number' ? node.items : node.fields?.get(step) ?? node.values;
}
