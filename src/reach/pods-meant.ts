import { NAMESPACE_LABELS, POD_NAMESPACE, splitKey, withoutNamespace } from './cilium-labels';
import { readRequirements } from './read-selector';
import type { Located } from '../checks/finding';
import { asList, asObject, asString } from '../checks/read';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import type { SelectorRequirement } from '../values/selector';

type Fields = Record<string, unknown>;

/** Pods that a policy means, as peers or as those whom it is about, by the labels of their namespace and their own. */
export interface PodsMeant {
  /** Names and labels of the namespace; those of one name are in the namespace of that name. */
  readonly namespace: readonly SelectorRequirement[];
  readonly pods: readonly SelectorRequirement[];
  /** Whether the policy is about them. */
  readonly subject: boolean;
  readonly policy: Located;
}

const EVERY_POD = { namespace: [], pods: [], subject: false };

/** Every selector of pods in a set, each once for every way to write it. */
export function podsMeant(objects: readonly Located[], withCilium: boolean): PodsMeant[] {
  const meant = new Map<string, PodsMeant>();
  for (const policy of objects) {
    const { kind, metadata } = policy.object;
    const namespace = kind === 'CiliumClusterwideNetworkPolicy' ? undefined : asString(asObject(metadata)?.namespace) || 'default';
    const add: Add = (key, read) => {
      if (meant.has(key)) return;
      const one = read();
      if (one) meant.set(key, { ...one, policy });
    };
    if (kind === 'NetworkPolicy') addNetworkPolicy(asObject(policy.object.spec) ?? {}, namespace!, add);
    if (withCilium && (kind === 'CiliumNetworkPolicy' || kind === 'CiliumClusterwideNetworkPolicy')) {
      for (const spec of [policy.object.spec, ...asList(policy.object.specs)]) addCilium(asObject(spec) ?? {}, namespace, add);
    }
  }
  return [...meant.values()];
}

type Add = (key: string, read: () => Meant | undefined) => void;

function addNetworkPolicy(spec: Fields, namespace: string, add: Add): void {
  add(JSON.stringify([namespace, spec.podSelector, 'subject']), () => (
    { namespace: named(namespace), pods: readRequirements(spec.podSelector), subject: true }
  ));
  for (const [direction, side] of [['ingress', 'from'], ['egress', 'to']] as const) {
    for (const rule of asList(spec[direction])) {
      const peers = asList(asObject(rule)?.[side]);
      if (peers.length === 0) add('', () => EVERY_POD);
      for (const peer of peers) {
        const { podSelector, namespaceSelector, ipBlock } = asObject(peer) ?? {};
        const where = asObject(namespaceSelector);
        if (ipBlock !== undefined || (!where && !asObject(podSelector))) continue;
        add(JSON.stringify([where ?? namespace, podSelector]), () => ({
          namespace: where ? readRequirements(where) : named(namespace), pods: readRequirements(podSelector), subject: false,
        }));
      }
    }
  }
}

function addCilium(spec: Fields, namespace: string | undefined, add: Add): void {
  if (asObject(spec.endpointSelector)) {
    add(JSON.stringify([namespace, spec.endpointSelector, 'cilium subject']), () => {
      if (namespace === undefined) return asSubject(readCilium(readRequirements(spec.endpointSelector)));
      const meant = readCilium(readRequirements(withoutNamespace(spec.endpointSelector)));
      return asSubject(meant && { ...meant, namespace: [...named(namespace), ...meant.namespace] });
    });
  }
  for (const side of ['from', 'to'] as const) {
    for (const list of side === 'from' ? ['ingress', 'ingressDeny'] : ['egress', 'egressDeny']) {
      for (const entry of asList(spec[list])) {
        const item = asObject(entry) ?? {};
        const selectors = asList(item[`${side}Endpoints`]);
        const isOpen = asList(item[`${side}Entities`]).some(entity => entity === 'all' || entity === 'cluster')
          || !Object.keys(item).some(field => field.startsWith(side) && field !== 'toPorts');
        if (isOpen) add('', () => EVERY_POD);
        for (const selector of selectors) add(JSON.stringify([namespace, selector, 'cilium']), () => readCilium(readRequirements(selector), namespace));
      }
    }
  }
}

type Meant = Omit<PodsMeant, 'policy'>;

function asSubject(meant: Meant | undefined): Meant | undefined {
  return meant && { ...meant, subject: true };
}

/** Nothing for a selector of what is no pod. Without a namespace, or labels of one, it means its own. */
function readCilium(requirements: readonly SelectorRequirement[], own?: string): Meant | undefined {
  const namespace: SelectorRequirement[] = [];
  const pods: SelectorRequirement[] = [];
  let isReserved = false;
  for (const requirement of requirements) {
    const { source, name } = splitKey(requirement.key);
    if (source !== 'k8s' && source !== 'any') {
      // No pod has a label of another source.
      if (requirement.operator === 'In' || requirement.operator === 'Exists') return undefined;
      isReserved ||= source === 'reserved';
    } else if (name === POD_NAMESPACE) {
      namespace.push({ ...requirement, key: NAMESPACE_NAME_LABEL });
    } else if (name.startsWith(`${NAMESPACE_LABELS}.`)) {
      namespace.push({ ...requirement, key: name.slice(NAMESPACE_LABELS.length + 1) });
    } else {
      pods.push({ ...requirement, key: name });
    }
  }
  return { namespace: namespace.length === 0 && own !== undefined && !isReserved ? named(own) : namespace, pods, subject: false };
}

function named(namespace: string): SelectorRequirement[] {
  return [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [namespace] }];
}
