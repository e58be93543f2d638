import type { IConstruct } from 'constructs';

const paths = new WeakMap<IConstruct, string>();

/** The path of a construct, which never changes; `node.path` puts it together each time. */
export function pathOf(construct: IConstruct): string {
  const known = paths.get(construct);
  if (known !== undefined) return known;
  const { id, scope } = construct.node;
  const above = scope ? pathOf(scope) : '';
  const path = above === '' || id === '' ? above + id : `${above}/${id}`;
  paths.set(construct, path);
  return path;
}

/** How an error names a construct: its path and its class, as in `payments/api/allow-dns (AllowDns)`. */
export function where(construct: IConstruct): string {
  return `${pathOf(construct) || 'app'} (${construct.constructor.name})`;
}
