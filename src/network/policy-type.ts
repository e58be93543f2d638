/** A direction in which a NetworkPolicy isolates pods. */
export enum PolicyType {
  /** What comes in. */
  INGRESS = 'Ingress',
  /** What goes out. */
  EGRESS = 'Egress',
}
