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
  /** By workload: worked out when it is asked for, which is where no selector is the same. */
  readonly byWorkload: () => ReadonlyMap<Workload, Protocols>;
}

/** What one policy gives. */
interface Allowed {
  readonly subject: Selector | undefined;
  readonly protocols: readonly string[];
}

const readings = new WeakMap<NamespaceModel, DnsReading>();
const unplaced = new WeakMap<CheckContext, DnsReading['bySubject']>();

export function dnsIn(model: NamespaceModel): DnsReading {
  let reading = readings.get(model);
  if (!reading) {
    const allowed: Allowed[] = [];
    for (const policy of model.policies) allowed.push({ subject: policy.subject, protocols: dnsAllowedBy(policy) });
    for (const cilium of model.cilium) allowed.push({ subject: cilium.selector, protocols: dnsAllowedByCilium(cilium) });
    reading = readingOf(model, allowed.filter(({ protocols }) => protocols.length > 0));
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

function readingOf(model: NamespaceModel, allowed: readonly Allowed[]): DnsReading {
  const bySubject = new Map<string, Protocols>();
  for (const { subject, protocols } of allowed) addTo(bySubject, textOf(subject), protocols);
  let byWorkload: Map<Workload, Protocols> | undefined;
  return { bySubject, byWorkload: () => byWorkload ??= workloadsAllowed(model, allowed) };
}

function workloadsAllowed(model: NamespaceModel, allowed: readonly Allowed[]): Map<Workload, Protocols> {
  const byWorkload = new Map<Workload, Protocols>();
  for (const { subject, protocols } of allowed) {
    for (const workload of model.selectedBy(subject) ?? []) addTo(byWorkload, workload, protocols);
  }
  return byWorkload;
}

function addTo<K>(map: Map<K, Protocols>, key: K, protocols: readonly string[]): void {
  if (protocols.length === 0) return;
  const known = map.get(key);
  if (!known) map.set(key, new Set(protocols));
  else for (const protocol of protocols) known.add(protocol);
}

/** What nobody knows may be about everybody. */
function textOf(subject: Selector | undefined): string {
  return subject ? selectorText(subject) : EVERYBODY;
}
