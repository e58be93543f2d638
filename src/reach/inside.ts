import { readAddresses } from './address-block';
import type { DataplaneName } from './dataplane';
import { type AddressParty, type Party, titleOf, within } from './party';
import type { Target } from '../target/target';
import { GuardrailsError } from '../values/guardrails-error';
import { compareMinor } from '../values/semver-minor';

/** Ranges of addresses that have a meaning of their own to the dataplane, as far as the target tells. */
export interface InsideRanges {
  /** Policies see who is there, and not the address. */
  readonly pods: readonly AddressParty[];
  /** Policies see a connection after it was sent on. */
  readonly services: readonly AddressParty[];
  /** Nodes have their addresses there, and other machines may. */
  readonly nodes: readonly AddressParty[];
}

/** Blocks of the NetworkPolicy API match pods, and leave open what is about nodes and Services; those of Cilium match neither. */
export function insideRanges(target: Target, dataplane: DataplaneName): InsideRanges {
  if (dataplane !== 'cilium') return { pods: [], services: [], nodes: [] };
  return { pods: blocksMatchPods(target) ? [] : read(target.podCidrs), services: read(target.serviceCidrs), nodes: read(target.nodeCidrs) };
}

/** Whether the agents of Cilium are told to match pods by their addresses too. */
export function blocksMatchPods({ cilium = '1.18', ciliumAgent }: Target): boolean {
  return ciliumAgent?.cidrMatchesPods === true && compareMinor(cilium, '1.20') >= 0;
}

function read(cidrs: readonly string[] = []): AddressParty[] {
  return cidrs.flatMap(text => readAddresses(text) ?? []);
}

export function areIn(ranges: readonly AddressParty[], addresses: AddressParty): boolean {
  return ranges.some(range => within(range, addresses) === 'all');
}

/** @throws GuardrailsError for addresses that policies never see */
export function refuseInside(party: Party, { pods, services }: InsideRanges): void {
  if (party.type !== 'addresses') return;
  const [whose, allowed] = areIn(pods, party) ? ['pods', 'the workload: namespace/name']
    : areIn(services, party) ? ['Services', 'the Service as a destination: namespace/name[Service]'] : [];
  if (whose === undefined) return;
  throw new GuardrailsError('reach', 'place', {
    given: `'${titleOf(party)}', where ${whose} have their addresses`,
    allowed: allowed!,
    mend: 'Policies of Cilium never see such an address: ask about whoever has it.',
  });
}
