import type { End } from './end';
import type { Flow } from './flows';
import { passing } from '../../reach/connection';
import { DNS_PORTS, isNamedResolver } from '../../reach/resolver';

/** What would be in every map, and tells nobody anything. */
export const HIDEABLE = ['dns', 'node'] as const;
export type Hideable = (typeof HIDEABLE)[number];

/** In words, for telling that they are not shown. */
export const HIDDEN_TEXTS: Readonly<Record<Hideable, string>> = {
  dns: 'DNS to the resolver of the cluster',
  node: 'nodes to their own pods',
};

/** Which of these a flow is. */
export function hideableAs(flow: Flow): Hideable | undefined {
  if (flow.from.type === 'entity' && flow.from.name === 'host') return 'node';
  const { connection, to } = flow;
  return isResolver(to) && DNS_PORTS.covers(passing(connection).union(connection.perhaps)) ? 'dns' : undefined;
}

/** The flows that are none of these. */
export function* without(flows: Iterable<Flow>, hide: readonly Hideable[]): Generator<Flow> {
  for (const flow of flows) {
    const kind = hideableAs(flow);
    if (kind === undefined || !hide.includes(kind)) yield flow;
  }
}

function isResolver({ endpoint, text }: End): boolean {
  return endpoint ? isNamedResolver(endpoint) : text === '169.254.20.10/32';
}
