/** @see https://www.iana.org/assignments/icmp-parameters/icmp-parameters.xhtml */
const IPV4: Readonly<Record<string, number>> = {
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
  // Cilium writes this one with a blank.
  'ExtendedEcho Reply': 43,
};

/** @see https://www.iana.org/assignments/icmpv6-parameters/icmpv6-parameters.xhtml */
const IPV6: Readonly<Record<string, number>> = {
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
  RouterRenumbering: 138,
  ICMPNodeInformationQuery: 139,
  ICMPNodeInformationResponse: 140,
  InverseNeighborDiscoverySolicitation: 141,
  InverseNeighborDiscoveryAdvertisement: 142,
  HomeAgentAddressDiscoveryRequest: 144,
  HomeAgentAddressDiscoveryReply: 145,
  MobilePrefixSolicitation: 146,
  MobilePrefixAdvertisement: 147,
  DuplicateAddressRequestCodeSuffix: 157,
  DuplicateAddressConfirmationCodeSuffix: 158,
};

/** The number of a type that is given by number or by name; nothing where the family has no such name. */
export function icmpType(type: unknown, family: 'IPv4' | 'IPv6'): number | undefined {
  const text = typeof type === 'number' || typeof type === 'string' ? String(type) : '';
  if (/^\d+$/.test(text)) return Number(text);
  const names = family === 'IPv6' ? IPV6 : IPV4;
  return Object.hasOwn(names, text) ? names[text] : undefined;
}
