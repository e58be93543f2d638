import { editDistance } from './edit-distance';

/** The name that a misspelt one was probably meant to be: another case, a plural, a letter or two off. */
export function similarName(text: string, names: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let least = wanted.length <= 4 ? 2 : 3;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}
