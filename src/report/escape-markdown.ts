import { oneLine } from './finding-place';

/** Text that came out of foreign files starts no table cell, no tag and no link. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\|*_`[\]#~]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('@', '&#64;');
}
