import type { IConstruct } from 'constructs';
import { IPeer } from './i-peer';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import type { LabelSelector } from '../values/label-selector';
import { objectNameProblem } from '../values/names';

/** Marks the constructs that policies can be about, also those of another copy of this library. */
export const SUBJECT = Symbol.for('cdk8s-guardrails.Workload');

/** What a policy needs to know of the pods it is about. */
export interface Subject extends IConstruct, IPeer {
  readonly name: string;
  readonly namespace: string;
  readonly selector: LabelSelector;
}

/** The subject that a peer is, if it is one: then the other half of an allow can be written too. */
export function subjectOf(peer: IPeer): Subject | undefined {
  return SUBJECT in peer ? peer as unknown as Subject : undefined;
}

/**
 * An id for a policy below its subject.
 *
 * @throws GuardrailsError when it is no name of an object, or there is one of that id already: constructs would only say that it is taken
 */
export function freeId(scope: IConstruct, id: string): string {
  insist(where(scope), 'name', objectNameProblem(id));
  if (scope.node.tryFindChild(id)) {
    refuse(where(scope), 'name', {
      given: `a second ${id}`,
      allowed: 'one allow for each pair',
      mend: 'Pass all ports of a pair in one call. Where two pairs only sound alike, give one a `name`: Allow, AllowIngress, AllowEgress '
        + 'and L7Allow take one, in place of allowFrom and allowTo.',
    });
  }
  return id;
}
