/** IP family of an ICMP message. */
export enum IcmpFamily {
  /** ICMP for IPv4. */
  IPV4 = 'IPv4',
  /** ICMP for IPv6. */
  IPV6 = 'IPv6',
}
