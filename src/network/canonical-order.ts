import type { Peer } from './peer';
import type { Port } from './port';

/** Peers, seen from a namespace: each once, in an order that does not depend on how they and their labels were given. */
export function orderedPeers(peers: Peer[], namespace: string): Peer[] {
  return orderedData(peers.map(peer => peer._relativeTo(namespace)), peer => peer._spec);
}

/** Ports: each once, in an order that does not depend on how they were given. */
export function orderedPorts(ports: Port[]): Port[] {
  return ordered(ports, port => port.toString());
}

/** Data of any shape: each once, in an order that does not depend on how they and their fields were given. */
export function orderedData<T>(items: T[], data: (item: T) => unknown = item => item): T[] {
  return ordered(items, item => JSON.stringify(data(item), withSortedKeys));
}

function ordered<T>(items: T[], key: (item: T) => string): T[] {
  const byKey = new Map(items.map(item => [key(item), item]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function withSortedKeys(_key: string, value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
