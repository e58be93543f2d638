/** Nodes that aliases may stand for in one document: as JSON, they would be more than the API server stores. */
const MAX_NODES = 200_000;

/** Levels of nesting, those behind aliases too: what walks over an object does it by recursion. */
const MAX_HEIGHT = 512;

interface Extent {
  readonly nodes: number;
  readonly height: number;
}

const LEAF: Extent = { nodes: 1, height: 1 };
const ENDLESS: Extent = { nodes: Infinity, height: Infinity };

/**
 * What is wrong with the aliases of a document. An alias costs nothing to read, but everything that walks over the object
 * afterwards walks over what it stands for, each time.
 */
export function aliasProblem(roots: readonly unknown[]): string | undefined {
  const extents = new Map<object, Extent>();
  const { nodes, height } = extentOf(roots, extents);
  if (nodes === Infinity) return 'an alias inside of what it stands for';
  if (height > MAX_HEIGHT) return `aliases that nest ${height} levels; at most ${MAX_HEIGHT} are read`;
  const written = [...extents.keys()].reduce((sum, node) => sum + Object.keys(node).length, 1);
  return nodes - written > MAX_NODES ? `aliases that stand for ${nodes} nodes; at most ${MAX_NODES} are read` : undefined;
}

function extentOf(value: unknown, extents: Map<object, Extent>): Extent {
  if (typeof value !== 'object' || value === null) return LEAF;
  const known = extents.get(value);
  if (known) return known;
  // Until the children are counted: whoever comes back here is inside of itself.
  extents.set(value, ENDLESS);
  let nodes = 1;
  let height = 0;
  for (const child of Object.values(value)) {
    const extent = extentOf(child, extents);
    nodes += extent.nodes;
    height = Math.max(height, extent.height);
  }
  const extent = { nodes, height: height + 1 };
  extents.set(value, extent);
  return extent;
}
