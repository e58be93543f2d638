import type { IConstruct } from 'constructs';
import { where } from './where';
import { insistStruct } from '../values/insist-typed';

/**
 * Refuses props of a construct that are not as their struct says, which no compiler has looked at in plain JavaScript: something is left
 * out or of another type, or a key is misspelt.
 */
export function insistProps(construct: IConstruct, struct: string, props: unknown): void {
  insistStruct(where(construct), 'props', struct, props);
}
