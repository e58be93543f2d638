import type { Selector } from '../../values/selector';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { groupOf } from '../kubernetes/group';
import { readSelector } from '../kubernetes/read-selector';
import { plainText } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import { asList, asObject } from '../read';

type Fields = Record<string, unknown>;

export type Direction = 'ingress' | 'egress';
export const DIRECTIONS = ['ingress', 'egress'] as const;

/** A NetworkPolicy, taken apart once for all rules. What has the wrong type is read as if it were not there. */
export interface PolicyReading {
  readonly located: Located;
  /** Empty where none is written. */
  readonly namespace: string;
  readonly spec: Fields;
  /** The pods that it is about; nothing where the selector is malformed or a template. */
  readonly subject?: Selector;
  /** Whether it isolates the pods in a direction, by `policyTypes` or what the API server puts there. */
  readonly isolates: Record<Direction, boolean>;
  readonly rules: readonly RuleReading[];
}

export interface RuleReading {
  readonly policy: PolicyReading;
  readonly direction: Direction;
  readonly pointer: string;
  /** None for anyone, in the cluster or not. */
  readonly peers: readonly PeerReading[];
  /** None for every port. */
  readonly ports: readonly PortReading[];
}

export interface PeerReading {
  readonly pointer: string;
  readonly fields: Fields;
  readonly isIpBlock: boolean;
  /** Nothing where it is not written; `unknown` where it is malformed or a template. */
  readonly podSelector?: Selector | 'unknown';
  readonly namespaceSelector?: Selector | 'unknown';
  readonly cidr?: string;
  readonly excepts: readonly { readonly text: string; readonly pointer: string }[];
}

export interface PortReading {
  readonly pointer: string;
  readonly fields: Fields;
  /** `TCP` where none is written. */
  readonly protocol: string;
  /** Nothing for every port of the protocol. */
  readonly port?: number | string;
  readonly endPort?: number;
}

const readings = new WeakMap<object, PolicyReading | null>();
const sets = new WeakMap<CheckContext, readonly PolicyReading[]>();

export function networkPoliciesOf(context: CheckContext): readonly PolicyReading[] {
  let policies = sets.get(context);
  if (!policies) {
    policies = context.ofKind('NetworkPolicy').flatMap(located => readNetworkPolicy(located) ?? []);
    sets.set(context, policies);
  }
  return policies;
}

export function readNetworkPolicy(located: Located): PolicyReading | undefined {
  let policy = readings.get(located.object);
  if (policy === undefined) {
    policy = read(located);
    readings.set(located.object, policy);
  }
  return policy ?? undefined;
}

function read(located: Located): PolicyReading | null {
  const { object } = located;
  const spec = asObject(object.spec);
  if (groupOf(object.apiVersion) !== 'networking.k8s.io' || !spec) return null;
  const types = asList(spec.policyTypes);
  const rules: RuleReading[] = [];
  const policy: PolicyReading = {
    located,
    namespace: namespaceOf(located),
    spec,
    subject: readSelector(spec.podSelector),
    // The API server fills in Ingress, and Egress where there are egress rules.
    isolates: types.length === 0
      ? { ingress: true, egress: asList(spec.egress).length > 0 }
      : { ingress: types.includes('Ingress'), egress: types.includes('Egress') },
    rules,
  };
  for (const direction of DIRECTIONS) {
    asList(spec[direction]).forEach((entry, index) => rules.push(readRule(policy, direction, entry, `/spec/${direction}/${index}`)));
  }
  return policy;
}

function readRule(policy: PolicyReading, direction: Direction, entry: unknown, pointer: string): RuleReading {
  // A null entry is the empty rule: everything.
  const fields = asObject(entry) ?? {};
  const side = direction === 'ingress' ? 'from' : 'to';
  return {
    policy,
    direction,
    pointer,
    peers: asList(fields[side]).map((peer, index) => readPeer(asObject(peer) ?? {}, `${pointer}/${side}/${index}`)),
    ports: asList(fields.ports).map((port, index) => readPort(asObject(port) ?? {}, `${pointer}/ports/${index}`)),
  };
}

function readPeer(fields: Fields, pointer: string): PeerReading {
  const ipBlock = asObject(fields.ipBlock);
  return {
    pointer,
    fields,
    isIpBlock: ipBlock !== undefined,
    podSelector: peerSelector(fields.podSelector),
    namespaceSelector: peerSelector(fields.namespaceSelector),
    cidr: plainText(ipBlock?.cidr),
    excepts: asList(ipBlock?.except).flatMap((except, index) => {
      const text = plainText(except);
      return text === undefined ? [] : [{ text, pointer: `${pointer}/ipBlock/except/${index}` }];
    }),
  };
}

function peerSelector(value: unknown): Selector | 'unknown' | undefined {
  return value === undefined || value === null ? undefined : readSelector(value) ?? 'unknown';
}

function readPort(fields: Fields, pointer: string): PortReading {
  const { port, endPort, protocol } = fields;
  return {
    pointer,
    fields,
    protocol: typeof protocol === 'string' && protocol !== '' ? protocol : 'TCP',
    port: typeof port === 'number' || (typeof port === 'string' && port !== '') ? port : undefined,
    endPort: typeof endPort === 'number' ? endPort : undefined,
  };
}
