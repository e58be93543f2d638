import type { IConstruct } from 'constructs';
import { SUBJECT } from './subject';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { type Problem, problem } from '../values/problem';

/** What is wrong with a value that no compiler has looked at: plain JavaScript leaves out what is required, or passes something else. */
export type Given = (value: unknown) => Problem | undefined;

export const PEER = like('toPeer', 'a Peer or a Workload', 'Name who is meant; anyone is Peer.anywhere().');
export const WORKLOAD = like(SUBJECT, 'a Workload', 'Make one with new Workload, Workload.of or the tenant\'s workload().');
export const SELECTOR = like('_selector', 'a LabelSelector', 'Write one as LabelSelector.labels({ app: \'web\' }); everything is LabelSelector.all().');

export const PLUS_SELECTOR = like('toPodSelectorConfig', 'a workload or a selection of pods of cdk8s-plus', 'Pass the Deployment or its like.');
export const PLUS_PEER = like('toNetworkPolicyPeerConfig', 'what cdk8s-plus takes as a network policy peer', 'Pass pods, namespaces or an IP block.');

export const PORT: Given = value => (has(value, '_spec') && !has(value, 'toPeer') ? undefined
  : problem(value, 'a Port', 'Write one as Port.tcp(8080); every port is Port.all().'));

export const LABELS: Given = value => (typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined
  : problem(value, 'a map of labels', 'Write it as { app: \'web\' }.'));

/** A list, of which each must do. An empty one does here: whether it may be is another question. */
export function listOf(each: Given): Given {
  return value => (Array.isArray(value)
    ? value.map(each).find(wrong => wrong !== undefined)
    : problem(value, 'a list', 'Put it in brackets, also where there is one only.'));
}

export function optional(given: Given): Given {
  return value => (value === undefined || value === null ? undefined : given(value));
}

export const PEERS = listOf(PEER);
export const PORTS = listOf(PORT);

/** Refuses props of a construct of which something is left out that is required, or is something else. */
export function insistGiven<P extends object>(construct: IConstruct, props: P, fields: { readonly [K in keyof P]?: Given }): void {
  const at = where(construct);
  if (!has(props)) {
    refuse(at, 'props', problem(props, `what the construct is about: ${Object.keys(fields).join(', ')}`, 'Pass it as the third argument.'));
  }
  for (const [field, given] of Object.entries<Given | undefined>(fields)) {
    insist(at, field, given?.((props as Record<string, unknown>)[field]));
  }
}

function like(member: PropertyKey, allowed: string, mend: string): Given {
  return value => (has(value, member) ? undefined : problem(value, allowed, mend));
}

function has(value: unknown, member?: PropertyKey): boolean {
  return typeof value === 'object' && value !== null && (member === undefined || member in value);
}
