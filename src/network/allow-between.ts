import type { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { pairName } from './allow-name';
import { writeHalf } from './half';
import { IPeer } from './i-peer';
import { insistOneCluster } from './one-cluster';
import type { Port } from './port';
import { freeId, subjectOf } from './subject';
import { AuthenticationMode } from '../cilium/authentication-mode';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/** Who may talk to whom. At least one of them is a workload. */
export interface Pair {
  readonly from: IPeer;
  readonly to: IPeer;
  readonly ports: Port[];
  readonly name?: string;
  /** Asked for at the destination, where Cilium decides on it. */
  readonly authentication?: AuthenticationMode;
}

/** One half of an allow, as a child of the workload that it is about, so that it lies in that workload's chart. */
class AllowHalf extends Construct {}

// Errors name the class of a construct: here what the user wrote.
Object.defineProperty(AllowHalf, 'name', { value: 'Allow' });

/**
 * Writes the halves of an allow: the egress half below the source, the ingress half below the destination; where one of the two
 * is no workload, the other half alone. Two halves in one namespace tell their direction in their name.
 *
 * @returns the objects, that of the source first
 * @throws GuardrailsError for workloads of two clusters, of which neither knows the other's pods
 */
export function allowBetween(construct: IConstruct, pair: Pair): ApiObject[] {
  const { from, to, ports, name, authentication } = pair;
  const source = subjectOf(from);
  const destination = subjectOf(to);
  if (ports.length === 0) {
    refuse(where(construct), 'ports', { given: 'none', allowed: 'at least one port', mend: 'Name the ports, or write Port.all().' });
  }
  if (source && source === destination && source.selector.selectsAll) {
    refuse(where(construct), 'peer', { given: 'every pod of the namespace, to itself', allowed: 'two sides', mend: 'Use AllowSameNamespace.' });
  }
  insistOneCluster(construct, from, to);
  const peers = { from: [from.toPeer()], to: [to.toPeer()] };
  const together = source !== undefined && source.namespace === destination?.namespace;
  const half = (subject: NonNullable<typeof source>, direction: 'ingress' | 'egress') => {
    const suffix = together ? `-${direction}` : '';
    const full = name === undefined ? pairName(construct, 'allow', peers.from, peers.to, subject.namespace, suffix) : `${name}${suffix}`;
    return writeHalf(new AllowHalf(subject as unknown as Construct, freeId(subject, full)), {
      direction,
      name: full,
      namespace: subject.namespace,
      subject: subject.selector,
      peers: direction === 'ingress' ? peers.from : peers.to,
      ports,
      authentication: direction === 'ingress' ? authentication : undefined,
    });
  };
  return [...(source ? [half(source, 'egress')] : []), ...(destination ? [half(destination, 'ingress')] : [])];
}
