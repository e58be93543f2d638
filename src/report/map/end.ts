import { addressText } from '../../reach/address-terms';
import type { Endpoint } from '../../reach/endpoint';
import { type AddressParty, ENTITIES, type Party, titleOf } from '../../reach/party';

/** One end of a flow: a workload, several that no policy tells apart, addresses with the same connections, or what a policy names. */
export interface End {
  /** As it is written in every format; no two ends share one. */
  readonly text: string;
  /** `pods` for those that a policy means and the set does not have. */
  readonly type: Party['type'] | 'pods';
  readonly namespace?: string;
  /** Without the namespace. */
  readonly name: string;
  readonly kind?: string;
  /** The workload, or the first of a class. */
  readonly endpoint?: Endpoint;
  /** Those that it stands for, where it is a class of workloads. */
  readonly members?: readonly Endpoint[];
  readonly ranges?: readonly AddressParty[];
}

export function endOf(party: Exclude<Party, AddressParty>): End {
  if (party.type === 'workload') {
    const { title, namespace, name, kind, stranger } = party.endpoint;
    if (stranger) return strangerEnd(party.endpoint);
    return { text: title, type: 'workload', namespace, name, kind, endpoint: party.endpoint };
  }
  if (party.type === 'name') return { text: nameText(party.name), type: 'name', name: nameText(party.name) };
  return { text: titleOf(party), type: party.type, name: party.type === 'entity' ? party.entity : party.name };
}

/** Policies take any text for a name, `host` too: one that would be taken for another end stands in quotes. */
function nameText(name: string): string {
  return /^[-\w*.]+$/.test(name) && !(ENTITIES as readonly string[]).includes(name) ? name : JSON.stringify(name);
}

/** A class of workloads: `shop/web-1[Deployment] and 3 more`. */
export function classEnd(members: readonly Endpoint[]): End {
  const { title, namespace, name, kind, stranger } = members[0]!;
  if (stranger) return strangerEnd(members[0]!);
  const more = members.length > 1 ? ` and ${members.length - 1} more` : '';
  return { text: `${title}${more}`, type: 'workload', namespace, name: `${name}${more}`, kind, endpoint: members[0], members };
}

/** Of no namespace of the set, even where a namespace of that name is in it: nobody of the set is meant. */
function strangerEnd(endpoint: Endpoint): End {
  const place = endpoint.title.replace(/\[Pods( \+\d+)?\]$/, '$1');
  return { text: endpoint.title, type: 'pods', name: place === '*/*' ? 'any other namespace' : place, kind: endpoint.kind, endpoint };
}

export function addressEnd(ranges: readonly AddressParty[], families: number): End {
  const text = addressText(ranges, families);
  return { text, type: 'addresses', name: text, ranges };
}
