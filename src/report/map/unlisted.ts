import type { Party } from '../../reach/party';
import type { PortSet } from '../../reach/port-set';

/** Why a list has no line for a pair, or a line that does not tell all. */
const REASONS = {
  strangers: 'with pods that the manifests do not have',
  ends: 'with a DNS name, an entity, a node or IPv6 addresses',
  perhaps: 'of which only perhaps something passes',
  protocols: 'of which only other protocols than TCP, UDP and SCTP pass',
  unsaid: 'of which only requests, conditions or other protocols are different',
  partly: 'of which the line does not tell requests, other protocols, or what passes perhaps',
} as const;

type Reason = keyof typeof REASONS;

/** How many pairs a list leaves out, or tells in part, and why. */
export class Unlisted {
  private readonly counts = new Map<Reason, number>();

  add(reason: Reason, count = 1): void {
    this.counts.set(reason, this.count(reason) + count);
  }

  count(reason: Reason): number {
    return this.counts.get(reason) ?? 0;
  }

  /** A line for each reason. @param fullFormat the format that tells everything */
  lines(fullFormat: string): string[] {
    return (Object.keys(REASONS) as Reason[]).filter(reason => this.count(reason) > 0).map(reason => {
      const count = this.count(reason);
      const pairs = `${count} ${count === 1 ? 'pair' : 'pairs'} ${REASONS[reason]}`;
      const mend = reason === 'strangers' ? '--strangers show adds' : `--format ${fullFormat} shows`;
      return `${reason === 'partly' ? 'in part' : 'left out'}: ${pairs}; ${mend} ${count === 1 ? 'it' : 'them'}\n`;
    });
  }
}

/** Whether a party is pods that a policy means and the set does not have. */
export function isStranger(party: Party): boolean {
  return party.type === 'workload' && party.endpoint.stranger;
}

const OTHERS = ['ICMP', 'ICMPv6', 'OTHER'] as const;

/** Whether there is something among them beside TCP, UDP and SCTP. */
export function hasOtherProtocols(ports: PortSet): boolean {
  return OTHERS.some(protocol => ports.ranges(protocol).length > 0);
}

