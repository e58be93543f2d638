import { NAMESPACE_LABELS, POD_NAMESPACE, splitKey, withoutNamespace } from './cilium-labels';
import type { Governing } from './governing';
import { readLabels } from './read-endpoints';
import { readRequirements } from './read-selector';
import type { Direction } from './rule';
import { servicesNamed } from './services-named';
import { joinSides, type Side, type Sides, SIDES } from './sides';
import { type About, type Effect, ToldApart } from './told-apart';
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
  /** What policies do to those whom they are about. */
  readonly governing?: Readonly<Record<Direction, Governing>>;
  /** Whether a policy denies them, as peers. */
  readonly denied?: boolean;
  /** Where connections begin or end at them, as peers. */
  readonly sides: Sides;
  readonly policy: Located;
}

const EVERY_POD = { namespace: [], pods: [], subject: false };

/**
 * Every selector of pods in a set, each once for every way to write it, and those whom they leave out.
 *
 * @param set where the Services are that policies name, and the labels of namespaces
 */
export function podsMeant(objects: readonly Located[], withCilium: boolean, set = objects): PodsMeant[] {
  const meant = new Map<string, Known | undefined>();
  const apart = new ToldApart(new Map(ofKind(set, 'v1', 'Namespace').map(({ object }) => [object.metadata.name, readLabels(object.metadata.labels)])));
  const services = withCilium ? ofKind(set, 'v1', 'Service') : [];
  for (const policy of objects) {
    const { kind, metadata } = policy.object;
    const namespace = kind === 'CiliumClusterwideNetworkPolicy' ? undefined : asString(asObject(metadata)?.namespace) || 'default';
    let about: About = { namespace: named(namespace ?? ''), pods: [], ofCluster: false };
    const add: Add = (key, read, as) => {
      let one = meant.get(key);
      if (!one && !meant.has(key)) {
        const own = read();
        // Written out, since there are tens of thousands.
        one = own && { namespace: own.namespace, pods: own.pods, subject: own.subject, policy, sides: 'none', governing: undefined, denied: false };
        meant.set(key, one);
      }
      if (!one || !as) return;
      one.sides = joinSides(one.sides, as.side);
      if (as.governing) one.governing = one.governing ? bothOf(one.governing, as.governing) : as.governing;
      if (as.effect === 'deny') one.denied = true;
      apart.add(about, as.side, as.effect, one);
    };
    if (isOfKind(policy, 'networking.k8s.io', 'NetworkPolicy')) addNetworkPolicy(asObject(policy.object.spec) ?? {}, namespace!, add);
    if (withCilium && isOfKind(policy, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy')) {
      for (const entry of [policy.object.spec, ...asList(policy.object.specs)]) {
        const spec = asObject(entry) ?? {};
        if (namespace === undefined) about = { ...EVERY_POD, ...readCilium(readRequirements(spec.endpointSelector)), ofCluster: true };
        addCilium(spec, namespace, services, add);
      }
    }
  }
  // Whom no policy isolates, all reach and may be reached by all: that is more than to be open to addresses.
  const any = objects.find(object => isEvaluated(object, withCilium));
  if (any && !meant.has('')) meant.set('', { ...EVERY_POD, policy: any, sides: 'none' });
  return [...[...meant.values()].flatMap(one => one ?? []), ...apart.all()];
}

function isEvaluated(object: Located, withCilium: boolean): boolean {
  return isOfKind(object, 'networking.k8s.io', 'NetworkPolicy')
    || (withCilium && isOfKind(object, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'));
}

/** What a policy does with those whom it means. */
interface Role {
  readonly side: Side;
  readonly effect: Effect;
  /** Where it is about them. */
  readonly governing?: Readonly<Record<Direction, Governing>>;
}

type Add = (key: string, read: () => Meant | undefined, as?: Role) => void;

/** While it is put together. */
interface Known extends PodsMeant {
  sides: Sides;
  governing?: PodsMeant['governing'];
  denied?: boolean;
}

function bothOf(one: NonNullable<PodsMeant['governing']>, other: NonNullable<PodsMeant['governing']>): NonNullable<PodsMeant['governing']> {
  const of = (direction: Direction): Governing => {
    const [a, b] = [one[direction], other[direction]];
    return { isolates: a.isolates || b.isolates, mayIsolate: a.mayIsolate || b.mayIsolate, denies: a.denies || b.denies };
  };
  return { ingress: of('ingress'), egress: of('egress') };
}

function addNetworkPolicy(spec: Fields, namespace: string, add: Add): void {
  const governing = { ingress: governedByApi(spec, 'ingress'), egress: governedByApi(spec, 'egress') };
  const key = JSON.stringify([namespace, spec.podSelector, 'subject']);
  for (const side of SIDES) {
    add(key, () => (
      { namespace: named(namespace), pods: readRequirements(spec.podSelector), subject: true }
    ), { side, effect: 'govern', governing });
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

/** Cilium takes rules of a direction that policyTypes leaves out. */
function governedByApi(spec: Fields, direction: Direction): Governing {
  const types = asList(spec.policyTypes);
  const hasRules = asList(spec[direction]).length > 0;
  const isolates = types.length > 0 ? types.includes(direction === 'ingress' ? 'Ingress' : 'Egress') : direction === 'ingress' || hasRules;
  return { isolates, mayIsolate: isolates || hasRules, denies: false };
}

function governedByCilium(spec: Fields, direction: Direction): Governing {
  const denies = asList(spec[`${direction}Deny`]).length > 0;
  const isolates = (denies || asList(spec[direction]).length > 0) && asObject(spec.enableDefaultDeny)?.[direction] !== false;
  return { isolates, mayIsolate: isolates, denies };
}

function addCilium(spec: Fields, namespace: string | undefined, services: readonly Located[], add: Add): void {
  const governing = { ingress: governedByCilium(spec, 'ingress'), egress: governedByCilium(spec, 'egress') };
  for (const side of asObject(spec.endpointSelector) ? SIDES : []) {
    add(JSON.stringify([namespace, spec.endpointSelector, 'cilium subject']), () => {
      if (namespace === undefined) return asSubject(readCilium(readRequirements(spec.endpointSelector)));
      const meant = readCilium(readRequirements(withoutNamespace(spec.endpointSelector)));
      return asSubject(meant && { ...meant, namespace: [...named(namespace), ...meant.namespace] });
    }, { side, effect: 'govern', governing });
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

type Meant = Pick<PodsMeant, 'namespace' | 'pods' | 'subject'>;

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

/** The same for all policies of a namespace, which mostly come one after the other. */
let last: { readonly name: string; readonly requirements: readonly SelectorRequirement[] } = { name: '', requirements: inNamespace('') };

function named(namespace: string): readonly SelectorRequirement[] {
  if (last.name !== namespace) last = { name: namespace, requirements: inNamespace(namespace) };
  return last.requirements;
}

function inNamespace(namespace: string): readonly SelectorRequirement[] {
  return [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [namespace] }];
}
