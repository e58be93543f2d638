import { type DiffPart, headingOf } from './shown';
import type { Change } from '../../reach/diff';
import { connectionLine, isListed, listTitle } from '../map/connlist';
import type { Unlisted } from '../map/unlisted';

/**
 * A line for each pair, in the words of the connection lists of the map: what passes for sure, between workloads and IPv4 addresses.
 * `added: src => dst : conn`, `removed: src => dst : conn`, `changed: src => dst : before -> after`.
 *
 * @param unlisted where is counted what has no line, or does not fit into it
 */
export function connlist(parts: readonly DiffPart[], unlisted: Unlisted): string {
  return parts.map(({ cluster, changes }) => (
    (cluster === undefined ? '' : `# ${headingOf(cluster)}\n`) + changes.map(change => line(change, unlisted)).join('')
  )).join('');
}

function line({ from, to, before, after }: Change, unlisted: Unlisted): string {
  if (!isListed(from) || !isListed(to)) {
    unlisted.add('ends');
    return '';
  }
  const [was, is] = [before, after].map(connectionLine);
  if (was!.text === is!.text) {
    unlisted.add('unsaid');
    return '';
  }
  const isPart = [was!, is!].some(({ isWhole }) => !isWhole)
    || [before, after].some(({ limited, perhaps }) => limited.length > 0 || !perhaps.isEmpty());
  if (isPart) unlisted.add('partly');
  const pair = `${listTitle(from)} => ${listTitle(to)}`;
  if (was!.text === '') return `added: ${pair} : ${is!.text}\n`;
  return is!.text === '' ? `removed: ${pair} : ${was!.text}\n` : `changed: ${pair} : ${was!.text} -> ${is!.text}\n`;
}
