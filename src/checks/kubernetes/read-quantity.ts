import { parseQuantity, type Quantity } from '../../values/quantity';
import { remembered } from '../../values/remembered';

/** An amount as far as it can be read: nothing for templates and whatever is no amount. */
export function readQuantity(value: unknown): Quantity | undefined {
  // The API server trims an amount before it reads it.
  return typeof value === 'string' || typeof value === 'number' ? parsed(String(value).trim()) : undefined;
}

/** Bigints take their time. */
const parsed = remembered(parseQuantity, 1000);
