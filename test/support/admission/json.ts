/** A Kubernetes object, a policy or a part of one, as read from YAML: nothing is known of its shape. */
export type Dict = Record<string, any>;

export function isDict(value: unknown): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list that may be missing. */
export function items(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}

export function has(dict: Dict, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(dict, key);
}

/** A deep copy as JSON sees it: keys whose value is `undefined` are gone. */
export function copy<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => same(item, b[i]));
  }
  if (isDict(a) && isDict(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => has(b, key) && same(a[key], b[key]));
  }
  return a === b;
}
