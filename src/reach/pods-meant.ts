import { NAMESPACE_LABELS, POD_NAMESPACE, splitKey, withoutNamespace } from './cilium-labels';
import { readLabels } from './read-endpoints';
import { readRequirements } from './read-selector';
import { servicesNamed } from './services-named';
import { type Effect, ToldApart } from './told-apart';
import { isOfKind, ofKind } from './world';
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

const SIDES = ['from', 'to'] as const;
const EVERY_POD = { namespace: [], pods: [], subject: false };

/**
 * Every selector of pods in a set, each once for every way to write it, and those whom they leave out.
 *
 * @param set where the Services are that policies name
 */
export function podsMeant(objects: readonly Located[], withCilium: boolean, set = objects): PodsMeant[] {
  const meant = new Map<string, PodsMeant | undefined>();
  const apart = new ToldApart();
  const services = withCilium ? ofKind(set, 'v1', 'Service') : [];
  for (const policy of objects) {
    const { kind, metadata } = policy.object;
    const namespace = kind === 'CiliumClusterwideNetworkPolicy' ? undefined : asString(asObject(metadata)?.namespace) || 'default';
    const add: Add = (key, read, as) => {
      let one = meant.get(key);
      if (!one && !meant.has(key)) {
        const own = read();
        one = own && { ...own, policy };
        meant.set(key, one);
      }
      if (one && as) apart.add(namespace, as.side, as.effect, one);
    };
    if (isOfKind(policy, 'networking.k8s.io', 'NetworkPolicy')) addNetworkPolicy(asObject(policy.object.spec) ?? {}, namespace!, add);
    if (withCilium && isOfKind(policy, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy')) {
      for (const spec of [policy.object.spec, ...asList(policy.object.specs)]) addCilium(asObject(spec) ?? {}, namespace, services, add);
    }
  }
  return [...[...meant.values()].flatMap(one => one ?? []), ...apart.all()];
}

/** @param as what the policy does with them, where they are peers */
type Add = (key: string, read: () => Meant | undefined, as?: { readonly side: 'from' | 'to'; readonly effect: Effect }) => void;

function addNetworkPolicy(spec: Fields, namespace: string, add: Add): void {
  for (const side of SIDES) {
    add(JSON.stringify([namespace, spec.podSelector, 'subject']), () => (
      { namespace: named(namespace), pods: readRequirements(spec.podSelector), subject: true }
    ), { side, effect: 'govern' });
  }
  for (const [direction, side] of [['ingress', 'from'], ['egress', 'to']] as const) {
    const allowed = { side, effect: 'allow' } as const;
    for (const rule of asList(spec[direction])) {
      const peers = asList(asObject(rule)?.[side]);
      if (peers.length === 0) add('', () => EVERY_POD, allowed);
      for (const peer of peers) {
        const { podSelector, namespaceSelector, ipBlock } = asObject(peer) ?? {};
        const where = asObject(namespaceSelector);
        if (ipBlock !== undefined || (!where && !asObject(podSelector))) continue;
        add(JSON.stringify([where ?? namespace, podSelector]), () => ({
          namespace: where ? readRequirements(where) : named(namespace), pods: readRequirements(podSelector), subject: false,
        }), allowed);
      }
    }
  }
}

function addCilium(spec: Fields, namespace: string | undefined, services: readonly Located[], add: Add): void {
  for (const side of asObject(spec.endpointSelector) ? SIDES : []) {
    add(JSON.stringify([namespace, spec.endpointSelector, 'cilium subject']), () => {
      if (namespace === undefined) return asSubject(readCilium(readRequirements(spec.endpointSelector)));
      const meant = readCilium(readRequirements(withoutNamespace(spec.endpointSelector)));
      return asSubject(meant && { ...meant, namespace: [...named(namespace), ...meant.namespace] });
    }, { side, effect: 'govern' });
  }
  for (const side of SIDES) {
    for (const list of side === 'from' ? ['ingress', 'ingressDeny'] : ['egress', 'egressDeny']) {
      const as = { side, effect: list.endsWith('Deny') ? 'deny' : 'allow' } as const;
      for (const entry of asList(spec[list])) {
        const item = asObject(entry) ?? {};
        const isOpen = asList(item[`${side}Entities`]).some(entity => entity === 'all' || entity === 'cluster')
          || !Object.keys(item).some(field => field.startsWith(side) && field !== 'toPorts');
        if (isOpen) add('', () => EVERY_POD, as);
        const addAll = (field: string, effect: Effect) => {
          for (const selector of asList(item[`${side}${field}`])) {
            add(JSON.stringify([namespace, selector, 'cilium']), () => readCilium(readRequirements(selector), namespace), { side, effect });
          }
        };
        addAll('Endpoints', as.effect);
        addAll('Requires', 'require');
        if (side === 'to') addServices(asList(item.toServices), services, (key, read) => add(key, read, as));
      }
    }
  }
}

/** The pods behind Services. */
function addServices(entries: readonly unknown[], services: readonly Located[], add: Add): void {
  for (const { object } of entries.flatMap(entry => servicesNamed(asObject(entry) ?? {}, services))) {
    const namespace = asString(object.metadata.namespace) || 'default';
    const labels = Object.entries(readLabels(asObject(object.spec)?.selector));
    if (labels.length === 0) continue;
    add(JSON.stringify([namespace, labels, 'service']), () => (
      { namespace: named(namespace), pods: labels.map(([key, value]) => ({ key, operator: 'In', values: [value] })), subject: false }
    ));
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
