/** At which end of a connection an L7 rule is enforced. */
export enum L7Enforcement {
  /** Where it arrives: for all who connect, by the node of the destination. */
  DESTINATION = 'destination',
  /** Where it starts: for the sources named, by their nodes. */
  SOURCE = 'source',
}
