import type { PolicyReading } from './read-network-policy';
import type { Selector } from '../../values/selector';

/** The selectors of one sort in a NetworkPolicy that can be read, of its subject and its peers. */
export function* policySelectors(
  policy: PolicyReading | undefined, field: 'podSelector' | 'namespaceSelector',
): Iterable<{ pointer: string; selector: Selector }> {
  if (field === 'podSelector' && policy?.subject) yield { pointer: '/spec/podSelector', selector: policy.subject };
  for (const { peers } of policy?.rules ?? []) {
    for (const peer of peers) {
      const selector = peer[field];
      if (selector && selector !== 'unknown') yield { pointer: `${peer.pointer}/${field}`, selector };
    }
  }
}
