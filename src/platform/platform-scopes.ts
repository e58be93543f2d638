import type { IConstruct } from 'constructs';
import type { Platform } from './platform';

/** The platforms of the scopes that have one of their own. */
export const platforms = new WeakMap<IConstruct, Platform>();
