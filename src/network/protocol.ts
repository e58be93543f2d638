/**
 * Transport protocol of a port.
 *
 * @see https://kubernetes.io/docs/reference/networking/service-protocols/
 */
export enum Protocol {
  /** TCP. */
  TCP = 'TCP',
  /** UDP. */
  UDP = 'UDP',
  /** SCTP. Not every CNI handles it; on Cilium it is an agent feature. */
  SCTP = 'SCTP',
}
