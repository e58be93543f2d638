import type { IConstruct } from 'constructs';
import { IPeer } from './i-peer';
import { type Subject, subjectOf } from './subject';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Refuses workloads of different clusters in one allow or deny: labels mean the pods of a policy's own cluster.
 *
 * @throws GuardrailsError where two of the peers are workloads below different platforms
 */
export function insistOneCluster(construct: IConstruct, ...peers: IPeer[]): void {
  const [first, ...others] = peers.map(subjectOf).filter(subject => subject !== undefined);
  const stranger = first && others.find(other => clusterOf(other) !== clusterOf(first));
  if (!first || !stranger) return;
  refuse(where(construct), 'peer', {
    given: `${describe(first)} and ${describe(stranger)}`,
    allowed: 'workloads of one cluster, since a policy knows only the pods of its own',
    mend: 'Name the other cluster\'s addresses with Peer.cidr, or write an allow in each cluster.',
  });
}

function clusterOf(subject: Subject): IConstruct {
  return Platform.of(subject)._scope;
}

function describe(subject: Subject): string {
  return `${subject.name} of the cluster ${Platform.of(subject).clusterName} (${clusterOf(subject).node.path || 'app'})`;
}
