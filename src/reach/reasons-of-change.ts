import type { Answer, Reason } from './answer';
import type { Cluster } from './cluster';
import type { Party } from './party';
import type { PortSet } from './port-set';
import { remember } from './remember';

/** A pair for which something changed. */
export interface ChangedPair {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly from: Party;
  readonly to: Party;
  readonly more: PortSet;
  readonly less: PortSet;
  /** Policies that are new, gone or different. */
  readonly changedTitles: ReadonlySet<string>;
}

/** Policies that are in one set only, or not the same in both. */
export function changedPolicies(before: Cluster, after: Cluster): Set<string> {
  const [old, now] = [specs(before), specs(after)];
  const titles = new Set([...old.keys(), ...now.keys()]);
  return new Set([...titles].filter(title => old.get(title) !== now.get(title)));
}

function specs({ policies }: Cluster): Map<string, string> {
  return new Map(policies.map(({ title, located: { object } }) => [title, JSON.stringify([object.spec, object.specs])]));
}

/**
 * What did it. More passes because a rule allows it now, or because what stood in its way is gone; less for the reverse. Policies
 * that changed come first; where none of them had a part in it, it was something else: labels, or workloads.
 */
export function reasonsOfChange({ before, after, from, to, more, less, changedTitles }: ChangedPair): Reason[] {
  const reasons = [
    ...reasonsFor(more, ports => [...passed(ask(after, from, to, ports)), ...earlier(stopped(ask(before, from, to, ports)))]),
    ...reasonsFor(less, ports => [...stopped(ask(after, from, to, ports)), ...earlier(passed(ask(before, from, to, ports)))]),
  ];
  const unique = [...new Map(reasons.map(reason => [reason.text, reason])).values()];
  const changed = unique.filter(({ policy }) => policy !== undefined && changedTitles.has(policy));
  return changed.length > 0 ? changed : unique;
}

function reasonsFor(ports: PortSet, reasons: (ports: PortSet) => Reason[]): Reason[] {
  return ports.isEmpty() ? [] : reasons(ports);
}

/** Asks about one of the ports, which stands for all of them. */
function ask(cluster: Cluster, from: Party, to: Party, ports: PortSet): Answer | undefined {
  const source = cluster.find(from);
  const destination = cluster.find(to);
  const { first } = ports;
  return source && destination && first && cluster.explain(source, destination, { ...first, request: {} });
}

const past = new WeakMap<Reason, Reason>();

/** What was so before, and is not any more. */
function earlier(reasons: readonly Reason[]): Reason[] {
  return reasons.map(reason => remember(past, reason, () => inThePast(reason)));
}

/** Where a reason is written is looked up for who prints it: it is copied without asking. */
function inThePast(reason: Reason): Reason {
  const text = { value: `before: ${reason.text}`, enumerable: true };
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(reason), text }) as Reason;
}

function passed(answer: Answer | undefined): Reason[] {
  return reasonsOf(answer, ['allows', 'free']);
}

function stopped(answer: Answer | undefined): Reason[] {
  return reasonsOf(answer, ['denies', 'isolates', 'limits']);
}

function reasonsOf(answer: Answer | undefined, effects: readonly Reason['effect'][]): Reason[] {
  return answer ? [answer.egress, answer.ingress].flatMap(({ reasons }) => reasons.filter(({ effect }) => effects.includes(effect))) : [];
}
