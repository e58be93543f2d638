/**
 * The same function, with its answers for the first texts it was asked about: the same few stand in many objects.
 *
 * @param most how many answers are kept, so that foreign input cannot fill the memory
 */
export function remembered<T>(read: (text: string) => T, most: number): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    const answer = known.get(text);
    if (answer !== undefined || known.has(text)) return answer as T;
    const made = read(text);
    if (known.size < most) known.set(text, made);
    return made;
  };
}
