import type { PolicyReading } from './read-network-policy';
import type { Selector } from '../../values/selector';

/** Goes through the selectors of one sort in a NetworkPolicy that can be read, of its subject and its peers. */
export function visitSelectors(
  policy: PolicyReading | undefined, field: 'podSelector' | 'namespaceSelector', visit: (selector: Selector, pointer: string) => void,
): void {
  if (field === 'podSelector' && policy?.subject) visit(policy.subject, '/spec/podSelector');
  for (const { peers } of policy?.rules ?? []) {
    for (const peer of peers) {
      const selector = peer[field];
      if (selector && selector !== 'unknown') visit(selector, `${peer.pointer}/${field}`);
    }
  }
}
