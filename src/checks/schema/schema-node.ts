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

  /** All nodes have all fields in one order, so that the engine knows where each lies. */
  private read(data: NodeData): SchemaNode {
    const { fields, values, items } = data;
    return {
      type: data.type,
      limits: data.limits,
      enum: data.enum,
      format: data.format,
      open: data.open,
      required: data.required,
      exactlyOne: data.exactlyOne,
      atLeastOne: data.atLeastOne,
      notTogether: data.notTogether,
      onlyWith: data.onlyWith,
      keys: data.keys,
      fields: fields && new Map(Object.entries(fields).map(([name, line]) => [name, this.node(line)])),
      values: values === undefined ? undefined : this.node(values),
      items: items === undefined ? undefined : this.node(items),
    };
  }
}

/** The node of a value inside of what a node is about; nothing where the node does not say. */
export function nodeBelow(node: SchemaNode, step: string | number): SchemaNode | undefined {
  return typeof step === 'number' ? node.items : node.fields?.get(step) ?? node.values;
}
