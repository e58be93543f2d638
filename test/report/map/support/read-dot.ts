export interface DotNode {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DotEdge {
  readonly from: string;
  readonly to: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DotGraph {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly nodes: DotNode[];
  readonly edges: DotEdge[];
  readonly clusters: DotGraph[];
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\[^])*")|(->|[{}[\];,=])|([A-Za-z_]\w*|-?\d+(?:\.\d+)?))/y;

/**
 * Reads what Graphviz would. Labels are given as they are shown.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function readDot(text: string): DotGraph {
  const reader = new Reader(text);
  reader.take('digraph');
  const graph = reader.graph(reader.id());
  reader.end();
  return graph;
}

class Reader {
  private readonly tokens: string[] = [];

  constructor(text: string) {
    const body = text.trimEnd();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < body.length) {
      const at = TOKEN.lastIndex;
      const found = TOKEN.exec(body);
      if (!found) throw new Error(`nothing that DOT knows at ${at}: ${body.slice(at, at + 40)}`);
      this.tokens.push(found[0].trim());
    }
  }

  take(token: string): void {
    const found = this.tokens.shift();
    if (found !== token) throw new Error(`${found} where ${token} is needed`);
  }

  id(): string {
    const token = this.tokens.shift() ?? '';
    if (token.startsWith('"')) return token.slice(1, -1).replaceAll('\\"', '"');
    if (!/^[\w.-]+$/.test(token) || /^(node|edge|graph|digraph|subgraph|strict)$/i.test(token)) throw new Error(`${token} is no id`);
    return token;
  }

  end(): void {
    if (this.tokens.length > 0) throw new Error(`${this.tokens[0]} behind the end`);
  }

  graph(name: string): DotGraph {
    const graph: DotGraph = { name, attributes: {}, nodes: [], edges: [], clusters: [] };
    this.take('{');
    while (this.tokens[0] !== '}') this.statement(graph);
    this.take('}');
    return graph;
  }

  private statement(graph: DotGraph): void {
    if (this.tokens[0] === 'subgraph') {
      this.take('subgraph');
      graph.clusters.push(this.graph(this.id()));
      return;
    }
    if (this.tokens[0] === 'node' || this.tokens[0] === 'edge') {
      this.tokens.shift();
      this.attributes();
    } else {
      const id = this.id();
      if (this.tokens[0] === '=') {
        this.take('=');
        graph.attributes[id] = shown(this.id());
      } else if (this.tokens[0] === '->') {
        this.take('->');
        graph.edges.push({ from: id, to: this.id(), attributes: this.attributes() });
      } else {
        graph.nodes.push({ id, attributes: this.attributes() });
      }
    }
    this.take(';');
  }

  private attributes(): Record<string, string> {
    const attributes: Record<string, string> = {};
    this.take('[');
    while (this.tokens[0] !== ']') {
      const name = this.id();
      this.take('=');
      attributes[name] = shown(this.id());
      if (this.tokens[0] === ',') this.take(',');
    }
    this.take(']');
    return attributes;
  }
}

/** In labels a backslash gives the next character a meaning, and entities are read as in HTML. */
function shown(value: string): string {
  return value.replace(/\\([^])/g, (_, char: string) => {
    if (char === 'n') return '\n';
    if (char !== '\\') throw new Error(`\\${char} means something to Graphviz: ${value}`);
    return '\\';
  }).replace(/&(\w+|#\w+);/g, (entity, name: string) => {
    if (name !== 'amp') throw new Error(`${entity} is an entity: ${value}`);
    return '&';
  });
}
