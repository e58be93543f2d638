import type { DiffPart } from './shown';
import type { Change } from '../../reach/diff';
import type { Party } from '../../reach/party';
import { connectionLine, listTitle } from '../map/connlist';

/**
 * A line for each pair, in the words of the connection lists of the map: what passes for sure, between workloads and IPv4 addresses.
 * `added: src => dst : conn`, `removed: src => dst : conn`, `changed: src => dst : before -> after`.
 */
export function connlist(parts: readonly DiffPart[]): string {
  return parts.map(({ cluster, changes }) => (
    (cluster === undefined ? '' : `# cluster ${cluster}\n`) + changes.map(change => line(change)).join('')
  )).join('');
}

function line({ from, to, before, after }: Change): string {
  if (!isListed(from) || !isListed(to)) return '';
  const [was, is] = [connectionLine(before), connectionLine(after)];
  if (was === is) return '';
  const pair = `${listTitle(from)} => ${listTitle(to)}`;
  if (was === '') return `added: ${pair} : ${is}\n`;
  return is === '' ? `removed: ${pair} : ${was}\n` : `changed: ${pair} : ${was} -> ${is}\n`;
}

function isListed(party: Party): boolean {
  return party.type === 'workload' || (party.type === 'addresses' && party.family === 4);
}
