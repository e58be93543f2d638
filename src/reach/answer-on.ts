import type { Answer } from './answer';
import type { Cluster } from './cluster';
import { mostOf } from './connection';
import type { Request } from './l7';
import type { Party } from './party';
import { PortSet } from './port-set';
import { portSetText } from './resolve-ports';

/** About the first of some ports, and told of all those that are treated as it is; none where there are none. */
export function answerOn(ports: PortSet, from: Party, to: Party, cluster: Cluster, request: Request = {}): Answer[] {
  const { first } = ports;
  if (!first) return [];
  const connection = cluster.connection(from, to);
  const most = mostOf(connection);
  const limits = [...connection.limited, ...most.limited].map(limit => limit.ports);
  const cells = PortSet.cells([ports, connection.open, most.open, ...limits]);
  const alike = cells.find(({ ports: own, sets: [place] }) => place === 0 && own.has(first.protocol, first.port));
  return [{ ...cluster.explain(from, to, { ...first, request }), port: portSetText(alike!.ports) }];
}
