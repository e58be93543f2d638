import type { OutsidePeer } from './outside-peer';
import { type Selector, selectorMatches } from '../../values/selector';

/** A port that a policy names; `undefined` is every port, `protocol: 'ANY'` every protocol. */
export interface AllowedPort {
  readonly protocol: string;
  readonly port?: string;
  readonly endPort?: number;
}

/** Pods as a policy names them: their labels, and the namespace where it is known by name. */
export interface PodPeer {
  readonly namespace?: string;
  readonly labels: Record<string, string>;
}

/** One rule of a policy that allows, in the form that the checks compare. */
export interface AllowRule {
  readonly direction: 'ingress' | 'egress';
  /** The pods that it is about, as far as labels tell. */
  readonly subject: PodPeer;
  /** `undefined` is every port. */
  readonly ports?: AllowedPort[];
  /** What is written: rules that are written alike, for the same namespace, allow the same. Printed for those only that are compared. */
  text(): string;
  /** Whether it is about these pods. */
  coversSubject(pods: PodPeer): boolean;
  /** Whether it lets them talk to these pods. */
  coversPeer(pods: PodPeer): boolean;
  /** Whether it lets them talk to one that is no pod. */
  coversOutside(peer: OutsidePeer): boolean;
}

/**
 * Whether every pod that has these labels is selected, whatever other labels it has: a requirement that a label be absent, or have
 * no such value, is met by some of the pods at most.
 */
export function selectsAllWith({ matchLabels, matchExpressions = [] }: Selector, labels: Record<string, string>): boolean {
  return selectorMatches({ matchLabels, matchExpressions }, labels)
    && matchExpressions.every(({ key, operator }) => operator !== 'DoesNotExist' && (operator !== 'NotIn' || Object.hasOwn(labels, key)));
}

/** Whether ports that are allowed include this one. Names are compared as names: what they stand for is not known here. */
export function coversPort(allowed: AllowedPort[] | undefined, wanted: AllowedPort): boolean {
  return allowed === undefined || allowed.some(({ protocol, port, endPort }) => {
    if (protocol !== 'ANY' && protocol !== wanted.protocol) return false;
    if (port === undefined || port === '0' || port === wanted.port) return true;
    const number = Number(wanted.port);
    return endPort !== undefined && number >= Number(port) && number <= endPort;
  });
}
