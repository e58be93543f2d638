import { beyond } from './beyond';
import { compareText } from './endpoint';
import { PortSet } from './port-set';
import { remember } from './remember';

/** Any request on some ports, and some requests only on others. */
export interface Passing {
  /** Any request. */
  readonly open: PortSet;
  /** Some requests only, said one by one. They have no port in common with one another, nor with those that are open. */
  readonly limited: readonly Limited[];
}

/** What passes, in one direction or in both together: the fields of `Passing` are what does so for sure. */
export interface Connection extends Passing {
  /** Under a condition that the manifests do not settle. On ports that are limited as well: more requests than these. */
  readonly perhaps: PortSet;
  /** All that passes where every condition is fulfilled. Left out where that is what passes for sure. */
  readonly most?: Passing;
}

export interface Limited {
  readonly ports: PortSet;
  /** Sorted: `GET /api/.*`, `dns *.example.com`. */
  readonly requests: readonly string[];
}

const opened = new WeakMap<PortSet, Connection>();

/** Any request on some ports, and nothing else; the same object for the same ports. */
export function openOn(open: PortSet): Connection {
  let connection = opened.get(open);
  if (!connection) {
    connection = { open, limited: [], perhaps: PortSet.NONE };
    opened.set(open, connection);
  }
  return connection;
}

export const CLOSED = openOn(PortSet.NONE);
export const OPEN = openOn(PortSet.ALL);

export function isClosed({ open, limited, perhaps }: Connection): boolean {
  return open.isEmpty() && limited.length === 0 && perhaps.isEmpty();
}

/** Ports on which something passes, if only some requests. */
export function passing({ open, limited }: Passing): PortSet {
  return limited.length === 0 ? open : PortSet.union([open, ...limited.map(({ ports }) => ports)]);
}

/** All that passes for sure or under a condition. */
export function mostOf(connection: Connection): Passing {
  return connection.most ?? connection;
}

/** From what passes for sure, and all that passes where every condition is fulfilled. */
export function connectionBetween(sure: Passing, most: Passing): Connection {
  const perhaps = sure === most ? PortSet.NONE : beyond(most, sure);
  if (!perhaps.isEmpty()) return { ...sure, perhaps, most };
  return sure.limited.length === 0 ? openOn(sure.open) : { open: sure.open, limited: sure.limited, perhaps };
}

/** From ports on which any request passes, on which some do, and on which any does under a condition. */
export function connectionOf(open: PortSet, limited: readonly Limited[], perhaps: PortSet): Connection {
  return connectionBetween({ open, limited }, perhaps.isEmpty() ? { open, limited } : allow(open.union(perhaps), limited));
}

/** Any request on some ports, and those of the limits on others. */
export function allow(open: PortSet, limits: readonly Limited[]): Passing {
  return { open, limited: limits.length === 0 ? [] : without(joinLimits(limits), open) };
}

/** What is left where some ports are denied. */
export function deny(passed: Passing, denied: PortSet): Passing {
  if (denied.isEmpty()) return passed;
  const { open, limited } = passed;
  return { open: open.minus(denied), limited: without(limited, denied) };
}

/** What passes in both directions. */
export function bothWays(a: Connection, b: Connection): Connection {
  if (a === CLOSED || b === CLOSED) return CLOSED;
  if (a === OPEN) return b;
  if (b === OPEN) return a;
  const join = () => {
    const sure = both(a, b);
    return connectionBetween(sure, a.most || b.most ? both(mostOf(a), mostOf(b)) : sure);
  };
  if (a.limited.length + b.limited.length === 0) return join();
  return remember(remember(joined, a, () => new WeakMap<Connection, Connection>()), b, join);
}

/** Requests of both ends, which take long to tell. */
const joined = new WeakMap<Connection, WeakMap<Connection, Connection>>();

/**
 * What passes where it is not known which of several cases holds: for sure what does in all of them.
 *
 * @param others cases that need not be thought of to be sure, and in which something may pass
 */
export function whichever(cases: readonly Connection[], others: readonly Connection[] = []): Connection {
  const [first = CLOSED, ...more] = unlike(cases);
  const all = unlike([...cases, ...others]);
  if (all.length === 1) return first;
  const most = allow(PortSet.union(all.map(one => mostOf(one).open)), all.flatMap(one => mostOf(one).limited));
  return connectionBetween(more.reduce<Passing>((sure, one) => both(sure, one), first), most);
}

/** Of connections that are alike, one. */
function unlike(connections: readonly Connection[]): Connection[] {
  const byText = new Map<string, Connection>();
  const key = ({ open, limited }: Passing) => [open.id, ...limited.flatMap(({ ports, requests }) => [ports.id, ...requests])].join('\n');
  for (const one of new Set(connections)) byText.set(`${key(one)}\n\n${one.most ? key(one.most) : ''}`, one);
  return [...byText.values()];
}

/** What both let pass. */
function both(a: Passing, b: Passing): Passing {
  const open = a.open.intersection(b.open);
  if (a.limited.length === 0) return { open, limited: onPorts(b.limited, a.open) };
  if (b.limited.length === 0) return { open, limited: onPorts(a.limited, b.open) };
  const limits = [{ ports: a.open, requests: undefined }, ...a.limited, { ports: b.open, requests: undefined }, ...b.limited];
  const ofB = a.limited.length + 1;
  const limited = PortSet.cells(limits.map(({ ports }) => ports)).flatMap(({ ports, sets: [own = 0, other] }) => {
    // Both let something pass where a cell is in one set of each.
    if (other === undefined || own >= ofB || other < ofB) return [];
    const [one, another] = [limits[own]!.requests, limits[other]!.requests];
    const requests = one && another ? together(one, another) : one ?? another;
    return requests ? [{ ports, requests }] : [];
  });
  return { open, limited: mergeAlike(limited) };
}

function onPorts(limited: readonly Limited[], allowed: PortSet): Limited[] {
  return limited.map(({ ports, requests }) => ({ ports: ports.intersection(allowed), requests })).filter(({ ports }) => !ports.isEmpty());
}

function without(limited: readonly Limited[], denied: PortSet): Limited[] {
  return limited.map(({ ports, requests }) => ({ ports: ports.minus(denied), requests })).filter(({ ports }) => !ports.isEmpty());
}

/** Limits without ports in common: where there are several for a port, a request has to be in one of them. */
export function joinLimits(limits: readonly Limited[]): Limited[] {
  if (limits.length < 2) return limits.filter(({ ports }) => !ports.isEmpty());
  return mergeAlike(PortSet.cells(limits.map(({ ports }) => ports)).map(({ ports, sets: [only, ...more] }) => (
    { ports, requests: more.length === 0 ? limits[only!]!.requests : sorted([only!, ...more].flatMap(index => limits[index]!.requests)) }
  )));
}

function mergeAlike(pieces: readonly Limited[]): Limited[] {
  if (pieces.length < 2) return [...pieces];
  const byRequests = new Map<string, { readonly requests: readonly string[]; readonly ports: PortSet[] }>();
  for (const { ports, requests } of pieces) {
    const key = requests.join('\n');
    const known = byRequests.get(key);
    if (known) known.ports.push(ports);
    else byRequests.set(key, { requests, ports: [ports] });
  }
  return [...byRequests.entries()].sort(([a], [b]) => compareText(a, b))
    .map(([, { requests, ports }]) => ({ ports: PortSet.union(ports), requests }));
}

function sorted(requests: readonly string[]): string[] {
  return [...new Set(requests)].sort(compareText);
}

/** Two lists of requests that are told pair by pair; longer ones are told as lists. */
const MOST_PAIRS = 100;

/** Requests that are in one of each. */
export function together(a: readonly string[], b: readonly string[]): string[] {
  if (a.length * b.length <= MOST_PAIRS) {
    return sorted(a.flatMap(one => b.map(other => (one === other ? one : `${one} and ${other}`))));
  }
  const [inA, inB] = [new Set(a), new Set(b)];
  const [onlyA, onlyB] = [a.filter(one => !inB.has(one)), b.filter(one => !inA.has(one))];
  const mixed = onlyA.length > 0 && onlyB.length > 0 ? [`one of ${onlyA.join(', ')} and one of ${onlyB.join(', ')}`] : [];
  return sorted([...a.filter(one => inB.has(one)), ...mixed]);
}
