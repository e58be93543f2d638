import { PortSet, type Protocol, PROTOCOLS } from './port-set';

const NAMES: Readonly<Record<string, Protocol>> = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP', icmp: 'ICMP', icmpv6: 'ICMPv6', other: 'OTHER' };

/**
 * Ports as people write them: `8080` and `8080/tcp`, `9090-9099/udp`, `tcp` for every port of a protocol, `icmp/8` for a type, `any` for
 * everything. Nothing for a text that is none of these, such as the name of a port.
 */
export function parsePorts(text: string): PortSet | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'any') return PortSet.ALL;
  if (Object.hasOwn(NAMES, word)) return PortSet.protocol(NAMES[word]!);
  const [, kind, type, last = type] = /^(icmp|icmpv6)\/(\d{1,3})(?:-(\d{1,3}))?$/.exec(word) ?? [];
  if (kind !== undefined) return some(PortSet.range(NAMES[kind]!, Number(type), Number(last)));
  const [, from, to = from, protocol = 'tcp'] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/.exec(word) ?? [];
  return from === undefined || Number(to) > 65535 ? undefined : some(PortSet.range(NAMES[protocol]!, Number(from), Number(to)));
}

function some(set: PortSet): PortSet | undefined {
  return set.isEmpty() ? undefined : set;
}

/** The only port of a set; nothing where there are several. */
export function onePort(set: PortSet | undefined): { readonly port: number; readonly protocol: Protocol } | undefined {
  const ranges = PROTOCOLS.flatMap(protocol => set?.ranges(protocol).map(([from, to]) => ({ protocol, from, to })) ?? []);
  const [only] = ranges;
  return only && ranges.length === 1 && only.from === only.to ? { port: only.from, protocol: only.protocol } : undefined;
}

/** The texts that `parsePorts` makes the set of again. */
export function portTexts(set: PortSet): string[] {
  if (set === PortSet.ALL) return ['any'];
  return Object.entries(NAMES).flatMap(([name, protocol]) => {
    if (set.hasAll(protocol)) return [name];
    return set.ranges(protocol).map(([from, to]) => {
      const span = from === to ? `${from}` : `${from}-${to}`;
      return name.startsWith('icmp') ? `${name}/${span}` : `${span}/${name}`;
    });
  });
}
