import { compareText } from './endpoint';
import { PortSet } from './port-set';

/** What passes, in one direction or in both together. The parts have no port in common. */
export interface Connection {
  /** Any request. */
  readonly open: PortSet;
  /** Some requests only, said one by one. */
  readonly limited: readonly Limited[];
  /** Under a condition that the manifests do not settle. */
  readonly perhaps: PortSet;
}

export interface Limited {
  readonly ports: PortSet;
  /** Sorted: `GET /api/.*`, `dns *.example.com`. */
  readonly requests: readonly string[];
}

export const CLOSED: Connection = { open: PortSet.NONE, limited: [], perhaps: PortSet.NONE };
export const OPEN: Connection = { open: PortSet.ALL, limited: [], perhaps: PortSet.NONE };

export function isClosed({ open, limited, perhaps }: Connection): boolean {
  return open.isEmpty() && limited.length === 0 && perhaps.isEmpty();
}

/** Whatever passes for sure, if only some requests of it. */
export function passing({ open, limited }: Connection): PortSet {
  return PortSet.union([open, ...limited.map(({ ports }) => ports)]);
}

/** What passes in both directions. */
export function bothWays(a: Connection, b: Connection): Connection {
  if (a === CLOSED || b === CLOSED) return CLOSED;
  if (a === OPEN) return b;
  if (b === OPEN) return a;
  const open = a.open.intersection(b.open);
  const limited = joinLimits([
    ...a.limited.map(({ ports, requests }) => ({ ports: ports.intersection(b.open), requests })),
    ...b.limited.map(({ ports, requests }) => ({ ports: ports.intersection(a.open), requests })),
    ...a.limited.flatMap(one => b.limited.map(other => ({
      ports: one.ports.intersection(other.ports), requests: together(one.requests, other.requests),
    }))),
  ]);
  const sure = passing({ open, limited, perhaps: PortSet.NONE });
  const possible = passing(a).union(a.perhaps).intersection(passing(b).union(b.perhaps));
  return connectionOf(open, limited, possible.minus(sure));
}

export function connectionOf(open: PortSet, limited: readonly Limited[], perhaps: PortSet): Connection {
  if (limited.length > 0) return { open, limited, perhaps };
  if (open === PortSet.ALL) return OPEN;
  return open.isEmpty() && perhaps.isEmpty() ? CLOSED : { open, limited, perhaps };
}

/** Limits without ports in common: where there are several for a port, a request has to be in one of them. */
export function joinLimits(limits: readonly Limited[]): Limited[] {
  let pieces: Limited[] = [];
  for (const { ports, requests } of limits) {
    let rest = ports;
    pieces = pieces.flatMap(piece => {
      const common = piece.ports.intersection(rest);
      if (common.isEmpty()) return [piece];
      rest = rest.minus(common);
      return [{ ports: common, requests: union(piece.requests, requests) }, { ...piece, ports: piece.ports.minus(common) }]
        .filter(part => !part.ports.isEmpty());
    });
    if (!rest.isEmpty()) pieces.push({ ports: rest, requests });
  }
  return mergeAlike(pieces);
}

function mergeAlike(pieces: readonly Limited[]): Limited[] {
  if (pieces.length < 2) return [...pieces];
  const byRequests = new Map<string, Limited>();
  for (const piece of pieces) {
    const key = piece.requests.join('\n');
    const known = byRequests.get(key);
    byRequests.set(key, known ? { ...known, ports: known.ports.union(piece.ports) } : piece);
  }
  return [...byRequests.entries()].sort(([a], [b]) => compareText(a, b)).map(([, piece]) => piece);
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort(compareText);
}

/** Requests that are in one of each. */
function together(a: readonly string[], b: readonly string[]): string[] {
  const pairs = a.flatMap(one => b.map(other => (one === other ? one : `${one} and ${other}`)));
  return [...new Set(pairs)].sort(compareText);
}
