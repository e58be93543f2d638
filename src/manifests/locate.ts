import { FileSource } from './file-source';
import type { Located, Source } from '../checks/finding';

/** The place of a part of an object: the construct that made it, or file, line and column of the part. */
export function locate({ source }: Located, pointer = ''): Source {
  return source instanceof FileSource ? source.at(pointer) : source;
}
