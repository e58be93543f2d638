import type { IConstruct } from 'constructs';

/** How an error names a construct: its path and its class, as in `payments/api/allow-dns (AllowDns)`. */
export function where(construct: IConstruct): string {
  return `${construct.node.path || 'app'} (${construct.constructor.name})`;
}
