import { parseQuantity, type Quantity } from '../../values/quantity';

/** An amount as far as it can be read: nothing for templates and whatever is no amount. */
export function readQuantity(value: unknown): Quantity | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
}
