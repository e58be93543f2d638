import { parseQuantity, type Quantity } from '../../values/quantity';

/** An amount as far as it can be read: nothing for templates and whatever is no amount. */
export function readQuantity(value: unknown): Quantity | undefined {
  // The API server trims an amount before it reads it.
  return typeof value === 'string' || typeof value === 'number' ? parsed(String(value).trim()) : undefined;
}

/** Amounts that were read before: the same few are asked for everywhere, and bigints take their time. */
const known = new Map<string, Quantity | undefined>();
const MAX_REMEMBERED = 1000;

function parsed(text: string): Quantity | undefined {
  if (known.has(text)) return known.get(text);
  const quantity = parseQuantity(text);
  if (known.size < MAX_REMEMBERED) known.set(text, quantity);
  return quantity;
}
