import { BitSet } from './bit-set';
import { reservedName } from './cilium-labels';
import { isOwn } from './endpoint';
import { type Policy, type Side, withSides } from './rule';
import { exactly } from './selection';
import type { World } from './world';

const ISOLATING: Side = { isolates: true, allow: [], deny: [] };

/** What agents are told for the whole cluster is written there. */
const CONFIGURATION = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cilium-config', namespace: 'kube-system' } };

/** Endpoints of Cilium's own, which are isolated as pods are. */
export const IDENTITIES: readonly string[] = ['health', 'ingress', 'init'];

/**
 * What it comes to that agents isolate every endpoint: a policy about all of them that allows nothing. Of pods that are not in the set
 * nobody knows what allows them.
 *
 * @see https://docs.cilium.io/en/stable/security/network/policyenforcement/
 */
export function enforcedAlways({ classes, size }: World): Policy {
  const all = new BitSet(size);
  for (const { index, sample } of classes) if (isOwn(sample) && !sample.hostNetwork) all.add(index);
  return withSides({
    located: { object: CONFIGURATION, source: {} },
    title: 'policyEnforcementMode always',
    subjects: exactly(all),
    subjectsIf: '',
    isAbout: party => IDENTITIES.includes(reservedName(party) ?? ''),
  }, () => ISOLATING);
}
