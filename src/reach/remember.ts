/** What was made of a key before, or is made of it now. */
export function remember<K, V extends NonNullable<unknown>>(memory: Memory<K, V>, key: K, make: (key: K) => V): V {
  let made = memory.get(key);
  if (made === undefined) {
    made = make(key);
    memory.set(key, made);
  }
  return made;
}

interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}
