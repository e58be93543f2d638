import type { Note } from './dataplane';
import { allMatch } from './party';
import type { Direction, Policy } from './rule';
import { nobody } from './selection';
import type { World } from './world';
import type { Located } from '../checks/finding';
import { displayName } from '../manifests/identity';

/**
 * A policy with fields that nobody knows is in force without them, or is not there at all: that is for who applies it to say.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export function ifTaken(head: Omit<Policy, Direction>, { doubtful, size }: World): Omit<Policy, Direction> {
  const { located, title, subjects: { perhaps }, isAbout } = head;
  const fields = doubtful.get(located);
  if (fields === undefined) return head;
  const condition = `${title} is taken in spite of ${fields}`;
  return {
    ...head,
    subjects: { sure: nobody(size).sure, perhaps },
    subjectsIf: condition,
    isAbout: isAbout && (party => allMatch(isAbout(party), condition)),
  };
}

export function doubtNote([policy, fields]: readonly [Located, string]): Note {
  return { policy, text: `${displayName(policy.object)} may have no effect: kubectl and Flux refuse it for ${fields}` };
}
