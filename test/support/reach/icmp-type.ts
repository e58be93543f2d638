/** The numbers behind the names that a policy may use for ICMP types (IANA registries). */
const IPV4: Record<string, number> = {
  'EchoReply': 0,
  'DestinationUnreachable': 3,
  'Redirect': 5,
  'Echo': 8,
  'EchoRequest': 8,
  'RouterAdvertisement': 9,
  'RouterSelection': 10,
  'TimeExceeded': 11,
  'ParameterProblem': 12,
  'Timestamp': 13,
  'TimestampReply': 14,
  'Photuris': 40,
  'ExtendedEchoRequest': 42,
  // The blank is part of the name in the CRD.
  'ExtendedEcho Reply': 43,
};

const IPV6: Record<string, number> = {
  DestinationUnreachable: 1,
  PacketTooBig: 2,
  TimeExceeded: 3,
  ParameterProblem: 4,
  EchoRequest: 128,
  EchoReply: 129,
  MulticastListenerQuery: 130,
  MulticastListenerReport: 131,
  MulticastListenerDone: 132,
  RouterSolicitation: 133,
  RouterAdvertisement: 134,
  NeighborSolicitation: 135,
  NeighborAdvertisement: 136,
  RedirectMessage: 137,
};

/** The number of a type given by number or name; undefined when the family has no such name. */
export function icmpType(type: number | string, family: string): number | undefined {
  if (/^[0-9]+$/.test(String(type))) return Number(type);
  return (family === 'IPv6' ? IPV6 : IPV4)[type];
}
