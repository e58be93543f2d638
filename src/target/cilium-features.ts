import { compareMinor } from '../values/semver-minor';

/**
 * A part of Cilium's policy language that not every supported version has.
 *
 * @see https://docs.cilium.io/en/stable/operations/upgrade/
 */
export interface CiliumFeature {
  /** As the field or the documentation calls it. */
  readonly name: string;
  /** First minor version that has it. Without one, every supported version has it. */
  readonly since?: string;
  /** First minor version that no longer has it. */
  readonly until?: string;
  /** What to do where it is missing, as a full sentence. */
  readonly instead: string;
}

export const KAFKA_RULES: CiliumFeature = {
  name: 'Kafka rules', until: '1.20', instead: 'Allow the broker port with Allow and let the broker\'s own ACLs decide on topics.',
};
export const CIDR_GROUP_SELECTOR: CiliumFeature = {
  name: 'cidrGroupSelector', since: '1.17', instead: 'Name the group with Peer.cidrGroup instead.',
};
export const CIDR_GROUP_V2: CiliumFeature = {
  name: 'CiliumCIDRGroup cilium.io/v2', since: '1.18', instead: 'The group is written as cilium.io/v2alpha1 there.',
};
export const SNI_WILDCARDS: CiliumFeature = {
  name: 'wildcards in serverNames', since: '1.18', instead: 'List each server name in full.',
};
export const MULTI_LEVEL_DNS_WILDCARD: CiliumFeature = {
  name: '`**.` in a DNS pattern', since: '1.19', instead: 'List a pattern for each level, such as `*.example.com` and `*.*.example.com`.',
};
export const POLICY_LOG: CiliumFeature = {
  name: 'log', since: '1.18', instead: 'Leave the log text out.',
};
/** Refused by the agents up to 1.16 and taken by those of 1.18; what 1.17 does is not told anywhere. */
export const SERVICES_WITH_PORTS: CiliumFeature = {
  name: 'toServices beside toPorts', since: '1.18', instead: 'Name the pods behind the Service with Peer.pods, and their own ports.',
};
export const NODE_POLICY_DNS_RULES: CiliumFeature = {
  name: 'DNS rules in a policy for nodes', since: '1.19', instead: 'Allow port 53 without DNS rules.',
};
/** Whether a Cilium of this minor version has the feature. */
export function ciliumHas(feature: CiliumFeature, version: string): boolean {
  return (feature.since === undefined || compareMinor(version, feature.since) >= 0)
    && (feature.until === undefined || compareMinor(version, feature.until) < 0);
}
