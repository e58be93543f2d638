import type { Finding, Located } from './finding';
import type { Target } from '../target/target';

/** A check of the objects of one cluster. */
export interface Rule {
  /** `<area>/<Name>`; the area is the folder of the rule, the name that of its file. */
  readonly id: string;
  check(objects: Located[], target: Target): Omit<Finding, 'id'>[];
}
