import { SIGNATURES } from './generated/signatures';
import { STRUCTS } from './generated/structs';

/** A field of a struct, or a parameter of a method, with the name of its type: `string`, `Port`, `Port[]`, `{string}` for a map. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

/** Structs of the public API by name. */
export const structs = new Map<string, Field[]>();

/** What methods take, as in `Peer.cidr`. */
export const calls = new Map<string, Field[]>();

/** Enums by name, with their members. */
export const enums = new Map<string, Record<string, string>>();

/** Classes by name, with the members that tell an object of them. */
export const classes = new Map<string, string[]>([
  // Of other libraries, by what they are asked for here.
  ['Construct', ['node']],
  ['IConstruct', ['node']],
  ['INetworkPolicyPeer', ['toNetworkPolicyPeerConfig']],
  ['IPodSelector', ['toPodSelectorConfig']],
  ['IResolver', ['resolve']],
]);

for (const line of STRUCTS.split('\n')) {
  const [name, ...fields] = line.split(' ');
  structs.set(name!, fields.map(fieldOf));
}

for (const line of SIGNATURES.split('\n')) {
  const [sort, name, ...parts] = line.split(' ');
  if (sort === 'call') calls.set(name!, parts.map(fieldOf));
  if (sort === 'class') classes.set(name!, parts);
  if (sort === 'enum') enums.set(name!, Object.fromEntries(parts.join(' ').split('|').map(member => member.split('='))) as Record<string, string>);
}

function fieldOf(text: string): Field {
  const [name, type] = text.split(':');
  return { name: name!.replace('?', ''), type: type!, optional: name!.endsWith('?') };
}
