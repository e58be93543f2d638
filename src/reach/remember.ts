/** What was made of an object before, or is made of it now. */
export function remember<K extends object, V extends NonNullable<unknown>>(memory: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  let made = memory.get(key);
  if (made === undefined) {
    made = make(key);
    memory.set(key, made);
  }
  return made;
}
