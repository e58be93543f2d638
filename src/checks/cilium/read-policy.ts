import { CILIUM } from '../../target/versions';
import { compareMinor } from '../../values/semver-minor';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { groupOf } from '../kubernetes/group';
import { isTemplate } from '../kubernetes/text';
import { asList, asObject, asString } from '../read';

export const CILIUM_POLICIES = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

export type Fields = Record<string, unknown>;
export type Direction = 'ingress' | 'egress';

/** A Cilium policy, taken apart once for all rules. What has the wrong type is read as if it were not there. */
export interface PolicyReading {
  readonly clusterwide: boolean;
  /** Of a namespaced policy, where it is written down. */
  readonly namespace?: string;
  readonly rules: readonly RuleReading[];
  readonly items: readonly ItemReading[];
  readonly portRules: readonly PortRuleReading[];
}

/** `spec`, or an entry of `specs`. */
export interface RuleReading {
  readonly pointer: string;
  readonly fields: Fields;
  readonly items: readonly ItemReading[];
}

/** An entry of `ingress`, `ingressDeny`, `egress` or `egressDeny`. */
export interface ItemReading {
  readonly rule: RuleReading;
  readonly direction: Direction;
  readonly deny: boolean;
  readonly pointer: string;
  readonly fields: Fields;
  /** The lists that say who is at the other end, empty ones too. */
  readonly peers: readonly PeerList[];
  readonly portRules: readonly PortRuleReading[];
}

export interface PeerList {
  readonly field: string;
  readonly pointer: string;
  readonly entries: readonly unknown[];
}

/** An entry of `toPorts`. */
export interface PortRuleReading {
  readonly item: ItemReading;
  readonly pointer: string;
  readonly fields: Fields;
  readonly ports: readonly PortReading[];
  readonly http: readonly Fields[];
  readonly dns: readonly Fields[];
  /** The kinds of L7 rules of which there is at least one. */
  readonly l7: readonly string[];
}

export interface PortReading {
  readonly pointer: string;
  /** As it is written: a number or a name. */
  readonly port: string;
  /** In upper case; `ANY` where none is written. */
  readonly protocol: string;
  readonly endPort: number;
}

const LISTS = [
  ['ingress', 'ingress', false], ['ingressDeny', 'ingress', true], ['egress', 'egress', false], ['egressDeny', 'egress', true],
] as const;

const PEERS = {
  ingress: ['fromEndpoints', 'fromCIDR', 'fromCIDRSet', 'fromEntities', 'fromNodes', 'fromGroups'],
  egress: ['toEndpoints', 'toCIDR', 'toCIDRSet', 'toEntities', 'toNodes', 'toGroups', 'toServices', 'toFQDNs'],
};

const NOTHING: PolicyReading = { clusterwide: false, rules: [], items: [], portRules: [] };

const readings = new WeakMap<object, PolicyReading>();

export function readPolicy({ object }: Pick<Located, 'object'>): PolicyReading {
  let reading = readings.get(object);
  if (!reading) {
    reading = groupOf(object.apiVersion) === 'cilium.io' ? read(object) : NOTHING;
    readings.set(object, reading);
  }
  return reading;
}

/** Whether the agent looks into an item: before Cilium 1.19 it took the items of deny lists as they are. */
export function agentValidates(item: ItemReading, context: CheckContext): boolean {
  return !item.deny || ciliumAtLeast(context, '1.19');
}

export function ciliumAtLeast({ target }: CheckContext, version: string): boolean {
  return compareMinor(target.cilium ?? CILIUM.fallback, version) >= 0;
}

/** Whether everything else is denied in a direction as soon as the rule selects a pod. */
export function deniesByDefault({ fields, items }: RuleReading, direction: Direction): boolean {
  const wanted = asObject(fields.enableDefaultDeny)?.[direction];
  return wanted !== false && items.some(item => item.direction === direction);
}

function read(object: Located['object']): PolicyReading {
  const namespace = asString(asObject(object.metadata)?.namespace);
  const rules = [
    ...fieldsAt(object.spec, '/spec'),
    ...asList(object.specs).flatMap((spec, index) => fieldsAt(spec, `/specs/${index}`)),
  ].map(readRule);
  const items = rules.flatMap(rule => rule.items);
  return {
    clusterwide: object.kind === 'CiliumClusterwideNetworkPolicy',
    namespace: namespace === undefined || namespace === '' || isTemplate(namespace) ? undefined : namespace,
    rules,
    items,
    portRules: items.flatMap(item => item.portRules),
  };
}

function fieldsAt(value: unknown, pointer: string): { fields: Fields; pointer: string }[] {
  const fields = asObject(value);
  return fields ? [{ fields, pointer }] : [];
}

function readRule({ fields, pointer }: { fields: Fields; pointer: string }): RuleReading {
  const items: ItemReading[] = [];
  const rule: RuleReading = { pointer, fields, items };
  for (const [list, direction, deny] of LISTS) {
    asList(fields[list]).forEach((entry, index) => {
      const item = asObject(entry);
      if (item) items.push(readItem(rule, direction, deny, item, `${pointer}/${list}/${index}`));
    });
  }
  return rule;
}

function readItem(rule: RuleReading, direction: Direction, deny: boolean, fields: Fields, pointer: string): ItemReading {
  const portRules: PortRuleReading[] = [];
  const peers: PeerList[] = [];
  for (const field of PEERS[direction]) {
    const entries = fields[field];
    if (Array.isArray(entries)) peers.push({ field, pointer: `${pointer}/${field}`, entries });
  }
  const item: ItemReading = { rule, direction, deny, pointer, fields, peers, portRules };
  asList(fields.toPorts).forEach((entry, index) => {
    const portRule = asObject(entry);
    if (portRule) portRules.push(readPortRule(item, portRule, `${pointer}/toPorts/${index}`));
  });
  return item;
}

function readPortRule(item: ItemReading, fields: Fields, pointer: string): PortRuleReading {
  const rules = asObject(fields.rules) ?? {};
  return {
    item,
    pointer,
    fields,
    ports: asList(fields.ports).flatMap((entry, index) => readPort(entry, `${pointer}/ports/${index}`)),
    http: objects(rules.http),
    dns: objects(rules.dns),
    l7: ['http', 'kafka', 'dns', 'l7'].filter(kind => asList(rules[kind]).length > 0),
  };
}

function readPort(entry: unknown, pointer: string): PortReading[] {
  const fields = asObject(entry);
  if (!fields) return [];
  const { port, protocol, endPort } = fields;
  return [{
    pointer,
    // A number where a string belongs is the schema's business; what is meant is plain.
    port: typeof port === 'string' || typeof port === 'number' ? String(port) : '',
    protocol: asString(protocol)?.toUpperCase() || 'ANY',
    endPort: typeof endPort === 'number' ? endPort : 0,
  }];
}

function objects(value: unknown): Fields[] {
  return asList(value).map(entry => asObject(entry) ?? {});
}
