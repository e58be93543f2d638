import { dnsAllowedBy, dnsAllowedByCilium } from './dns-allows';
import type { NamespaceModel } from './namespace-model';
import { networkPoliciesOf } from './read-network-policy';
import type { Selector } from '../../values/selector';
import type { CheckContext } from '../check-context';
import { selectorText } from '../kubernetes/read-selector';
import type { Workload } from '../kubernetes/workloads';

/** The text of a selector that selects everything. */
export const EVERYBODY = '';

type Protocols = Set<string>;

/** Who may ask a resolver in a namespace, and with which protocols. */
export interface DnsReading {
  /** By the text of the selector that was given it. */
  readonly bySubject: Map<string, Protocols>;
  readonly byWorkload: Map<Workload, Protocols>;
}

const readings = new WeakMap<NamespaceModel, DnsReading>();
const unplaced = new WeakMap<CheckContext, DnsReading['bySubject']>();

export function dnsIn(model: NamespaceModel): DnsReading {
  let reading = readings.get(model);
  if (!reading) {
    reading = { bySubject: new Map(), byWorkload: new Map() };
    for (const policy of model.policies) add(reading, model, policy.subject, dnsAllowedBy(policy));
    for (const subject of model.cilium) add(reading, model, subject.selector, dnsAllowedByCilium(subject));
    readings.set(model, reading);
  }
  return reading;
}

/** The same by selector for the policies that do not say their namespace: those of other files may be of the same one. */
export function unplacedDns(context: CheckContext): DnsReading['bySubject'] {
  let bySubject = unplaced.get(context);
  if (!bySubject) {
    bySubject = new Map();
    for (const policy of networkPoliciesOf(context)) {
      if (policy.namespace === '') addTo(bySubject, textOf(policy.subject), dnsAllowedBy(policy));
    }
    unplaced.set(context, bySubject);
  }
  return bySubject;
}

function add(
  { bySubject, byWorkload }: DnsReading, model: NamespaceModel, subject: Selector | undefined, protocols: readonly string[],
): void {
  if (protocols.length === 0) return;
  addTo(bySubject, textOf(subject), protocols);
  for (const workload of model.selectedBy(subject) ?? []) addTo(byWorkload, workload, protocols);
}

function addTo<K>(map: Map<K, Protocols>, key: K, protocols: readonly string[]): void {
  if (protocols.length === 0) return;
  const known = map.get(key) ?? new Set();
  for (const protocol of protocols) known.add(protocol);
  map.set(key, known);
}

/** What nobody knows may be about everybody. */
function textOf(subject: Selector | undefined): string {
  return subject ? selectorText(subject) : EVERYBODY;
}
