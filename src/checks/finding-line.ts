import type { Finding } from './finding';
import { describeSource } from '../manifests/describe-source';
import { displayName } from '../manifests/identity';

/** A finding in one line: which rule, where, what was found, how to mend it. */
export function findingLine({ id, object, pointer, found, mend }: Finding): string {
  return `${id}: ${describeSource(object.source)}: ${displayName(object.object)}${pointer && ` ${pointer}`}: ${found}. ${mend}`;
}
