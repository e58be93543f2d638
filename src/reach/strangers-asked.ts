import type { Answer } from './answer';
import type { Cluster, Question } from './cluster';
import { isOfSet } from './party';
import { partiesAt, strangersBeside } from './place';
import { hasPort, portAsked, portAt } from './port-at';
import { isService } from './services';

/** What a question that has to be denied is about besides: strangers whom its places leave out, with those in the set. */
export function answersOfStrangers({ from, to, port, protocol, ...request }: Question, cluster: Cluster): Answer[] {
  const { world } = cluster;
  const asked = portAsked(port, protocol);
  const inSet = cluster.destinations({ to, port, protocol }).filter(({ party }) => isOfSet(party));
  const outgoing = strangersBeside(from, world).flatMap(source => inSet.map(destination => ({ source, ...destination })));
  const beside = isService(to) ? [] : strangersBeside(to, world).map(party => ({ party, ...asked }));
  const incoming = partiesAt(from, world).filter(isOfSet).flatMap(source => beside.map(destination => ({ source, ...destination })));
  return [...outgoing, ...incoming].filter(({ party, ...own }) => hasPort(party, own))
    .map(({ source, party, ...own }) => cluster.explain(source, party, { ...portAt(party, own), request }));
}
