import { ASKED, labelsOf, strangerTitled } from './stranger-title';
import { type Stranger, strangerOf } from './strangers';
import type { World } from './world';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';

/**
 * Pods that a place means and nobody in the set is: by their title, or by their labels alone in a namespace of the set that has no
 * workloads, as a program of policies calls them. Where there are workloads, labels that nobody has are most likely misspelt.
 */
export function strangerAsked(place: string, world: World): Stranger | undefined {
  const titled = strangerTitled(place);
  if (titled) return titled;
  const text = place.trim();
  const slash = text.indexOf('/');
  const [namespace, rest] = [text.slice(0, slash), text.slice(slash + 1)];
  const labels = slash > 0 && rest !== '*' ? labelsOf(rest) : undefined;
  if (!labels || !isWithoutWorkloads(namespace, world)) return undefined;
  const isKnown = world.endpointsOf(namespace).some(({ alike = 0, labels: own }) => (
    alike === 0 && Object.entries(labels).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value)
  ));
  if (isKnown) return undefined;
  return strangerOf({ [NAMESPACE_NAME_LABEL]: namespace }, labels, { alike: 0, governed: false, asked: true, policy: ASKED });
}

/** Whether a namespace is of the set, be it by a policy that lies in it, and nobody of the set is in it. */
function isWithoutWorkloads(namespace: string, world: World): boolean {
  const there = world.endpointsOf(namespace);
  return there.every(({ stranger }) => stranger) && (world.namespaces.has(namespace) || there.some(({ governed }) => governed));
}
