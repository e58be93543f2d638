import { isPublicInPart } from './cases';
import type { Cluster } from './cluster';
import { type Connection, mostOf, type Passing } from './connection';
import type { Change } from './diff';
import { addressParts } from './mentioned';
import { type Party, titleOf } from './party';
import { PortSet } from './port-set';

const ICMP = PortSet.protocol('ICMP');
const ICMP_V6 = PortSet.protocol('ICMPv6');

/** Changes without those of IPv6 where all public addresses of IPv4 changed alike, and no policy names any of IPv6. */
export function withoutToldByIpv4(changes: readonly Change[], clusters: readonly Cluster[]): readonly Change[] {
  const mentioned = clusters.flatMap(cluster => cluster.mentionedAddresses());
  if (!changes.some(change => familyOf(change) === 6) || mentioned.some(({ family }) => family === 6)) return changes;
  const parts = addressParts(mentioned, 4)
    .filter(part => isPublicInPart(part) && !clusters.some(cluster => cluster.isInside(part))).map(titleOf);
  const known = new Map<string, Change>();
  for (const change of changes) if (familyOf(change) === 4) known.set(keyOf(change), change);
  return changes.filter(change => familyOf(change) !== 6 || !parts.every(title => {
    const other = known.get(keyOf(change, title));
    return other !== undefined && isAlike(change, other);
  }));
}

function familyOf({ from, to }: Change): 4 | 6 | undefined {
  return [from, to].find(party => party.type === 'addresses')?.family;
}

function keyOf({ from, to }: Change, addresses?: string): string {
  const title = (party: Party) => (party.type === 'addresses' && addresses !== undefined ? addresses : titleOf(party));
  return `${title(from)}\n${title(to)}`;
}

function isAlike(six: Change, four: Change): boolean {
  const isTold = (set: PortSet, by: PortSet) => set.intersection(ICMP_V6).isEmpty() || !by.intersection(ICMP).isEmpty();
  return idOf(six.before) === idOf(four.before) && idOf(six.after) === idOf(four.after)
    && isTold(six.more, four.more) && isTold(six.less, four.less);
}

/** What passes, but for ICMP, which each family has its own of. */
function idOf(connection: Connection): string {
  const passing = ({ open, limited }: Passing) => (
    [idOfPorts(open), ...limited.flatMap(({ ports, requests }) => [idOfPorts(ports), ...requests])]
  );
  return [...passing(connection), idOfPorts(connection.perhaps), ...passing(mostOf(connection))].join('\n');
}

function idOfPorts(ports: PortSet): number {
  return ports.minus(ICMP).minus(ICMP_V6).id;
}
