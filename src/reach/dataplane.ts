import type { Match, Party } from './party';
import type { Policy } from './rule';
import type { World } from './world';
import type { Located } from '../checks/finding';

/** Something about a policy that makes answers less than they seem: that it has no effect, or a part of it is not known. */
export interface Note {
  readonly policy: Located;
  readonly text: string;
}

/** What differs between the implementations of policies. */
export interface Dataplane {
  readonly name: DataplaneName;
  /** The policies as it takes them, and what it does not take. */
  compile(world: World): { readonly policies: Policy[]; readonly notes: Note[] };
  /** Whether it asks nobody: traffic of a node to its own pods, a pod that no policy is ever about. */
  isFree(direction: 'ingress' | 'egress', subject: Party, peer: Party): Match;
}

/** `kubernetes` is the NetworkPolicy API as it is documented, `none` a CNI that enforces no policy at all. */
export type DataplaneName = 'kubernetes' | 'cilium' | 'none';
