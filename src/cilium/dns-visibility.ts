import type { CiliumEgressRule } from './cilium-rule';
import { DnsRule } from './dns-rule';
import { groupByKind } from './render-items';
import type { Platform } from '../platform/platform';

/**
 * The rules through which Cilium reads the answers of the platform's resolver, and so learns which addresses a DNS name has: without
 * them a rule for a name allows nothing.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#dns-based
 */
export function dnsVisibility(platform: Platform, namespace: string, dns: DnsRule[] = [DnsRule.any()]): CiliumEgressRule[] {
  return groupByKind(platform.dns._peers(platform.cni).map(peer => peer._relativeTo(namespace)))
    .map(to => ({ to, toPorts: [{ ports: platform.dns.ports, dns }] }));
}
