import { readAddresses } from './address-block';
import type { AddressParty } from './party';
import { remember } from './remember';
import { ofKind, type World } from './world';
import { asList, asObject } from '../checks/read';

interface KnownServices {
  readonly names: ReadonlySet<string>;
  readonly byAddress: ReadonlyMap<string, string>;
}

const memory = new WeakMap<World, KnownServices>();

/** The Service of the set that has an address as its own, as `namespace/name`. */
export function serviceAtAddress(address: AddressParty, world: World): string | undefined {
  return address.first === address.last ? known(world).byAddress.get(keyOf(address)) : undefined;
}

/**
 * The Service of the set, or that of a pod, that goes by a DNS name in the cluster: `api.shop.svc.cluster.local`, or `api.shop`, which
 * the resolvers of pods take for the same.
 */
export function serviceOfName(name: string, world: World): string | undefined {
  const [, service, namespace] = IN_CLUSTER.exec(name) ?? SHORT.exec(name) ?? [];
  const title = `${namespace}/${service}`.toLowerCase();
  return known(world).names.has(title) ? title : undefined;
}

const IN_CLUSTER = /(?:^|\.)([^.]+)\.([^.]+)\.svc(?:\.|$)/i;
/** Without a dot at the end, which would make it a name of its own. */
const SHORT = /^([^.]+)\.([^.]+)$/;

function known(world: World): KnownServices {
  return remember(memory, world, ({ objects }) => {
    const services = ofKind(objects, 'v1', 'Service').map(({ object: { metadata, spec } }) => (
      { title: `${metadata.namespace ?? 'default'}/${metadata.name}`, spec: asObject(spec) ?? {} }
    ));
    const addresses = services.flatMap(({ title, spec: { clusterIP, clusterIPs } }) => [clusterIP, ...asList(clusterIPs)]
      .flatMap(text => readAddresses(text) ?? []).map(address => [keyOf(address), title] as const));
    return { names: new Set(services.map(({ title }) => title)), byAddress: new Map(addresses) };
  });
}

function keyOf({ family, first }: AddressParty): string {
  return `${family} ${first}`;
}
