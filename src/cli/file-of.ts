import type { Located } from '../checks/finding';

/** Where an object was read, in words. */
export function fileOf({ source }: Located): string {
  return source.file ?? 'stdin';
}
