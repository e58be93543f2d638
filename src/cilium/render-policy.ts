import type { IConstruct } from 'constructs';
import { AuthenticationMode } from './authentication-mode';
import type { CiliumPortRule } from './cilium-port-rule';
import type { CiliumAwsGroup, CiliumPolicyProps, CiliumServicePeer } from './cilium-rule';
import { ciliumPeers } from './render-peers';
import { ciliumIcmps, ciliumPlainPorts, ciliumPortRules } from './render-ports';
import { ciliumServices } from './render-services';
import { IPeer } from '../network/i-peer';
import { Peer } from '../network/peer';
import type { Port } from '../network/port';
import { checkPeersAndPorts, type Direction } from '../network/rule-checks';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { POLICY_LOG, SERVICES_WITH_PORTS } from '../target/cilium-features';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

/** What a policy is for: it decides what peers and rules may say. */
export interface PolicyContext {
  readonly scope: 'namespace' | 'cluster' | 'nodes';
  /** Its own namespace, if it has one. */
  readonly namespace?: string;
}

/** The union of all that an item of any of the four lists may hold. */
interface Item {
  readonly peers?: IPeer[];
  readonly toPorts?: CiliumPortRule[];
  readonly ports?: Port[];
  readonly icmps?: Port[];
  readonly services?: CiliumServicePeer[];
  readonly groups?: CiliumAwsGroup[];
  readonly authentication?: AuthenticationMode;
}

/**
 * The part of a Cilium policy's spec that does not depend on whom it selects.
 *
 * @throws GuardrailsError for what the agent would refuse
 */
export function ciliumPolicySpec(construct: IConstruct, props: CiliumPolicyProps, context: PolicyContext): object {
  const { description, enableDefaultDeny, log, ruleLabels: labels } = props;
  const at = where(construct);
  checkIsolation(at, props);
  if (log !== undefined) {
    Platform.of(construct)._requireCiliumFeature(construct, POLICY_LOG);
    if (log.length > 32 || /[\p{C}]/u.test(log)) refuse(at, 'log', problem(log, 'at most 32 printable characters', 'Shorten it.'));
  }
  const render = (direction: Direction, item: Item) => ciliumItem(construct, direction, item, context);
  return {
    description,
    labels,
    enableDefaultDeny,
    ingress: props.ingress?.map(({ from: peers, fromGroups: groups, ...rest }) => render('ingress', { peers, groups, ...rest })),
    ingressDeny: props.ingressDeny?.map(({ from: peers, fromGroups: groups, ...rest }) => render('ingress', { peers, groups, ...rest })),
    egress: props.egress?.map(({ to: peers, toServices: services, toGroups: groups, ...rest }) =>
      render('egress', { peers, services, groups, ...rest })),
    egressDeny: props.egressDeny?.map(({ to: peers, toGroups: groups, ...rest }) => {
      refuseDnsNames(at, peers);
      return render('egress', { peers, groups, ...rest });
    }),
    log: log === undefined ? undefined : { value: log },
  };
}

function checkIsolation(at: string, props: CiliumPolicyProps): void {
  const { ingress, ingressDeny, egress, egressDeny, enableDefaultDeny } = props;
  const count = (...lists: (unknown[] | undefined)[]) => lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  if (count(ingress, ingressDeny, egress, egressDeny) === 0) {
    refuse(at, 'rules', {
      given: 'none',
      allowed: 'at least one rule in ingress, ingressDeny, egress or egressDeny, since the agent refuses a policy without any',
      mend: 'To isolate and allow nothing, write an empty rule: ingress: [{}]; or use DefaultDeny.',
    });
  }
  for (const [direction, rules] of [['ingress', count(ingress, ingressDeny)], ['egress', count(egress, egressDeny)]] as const) {
    if (enableDefaultDeny?.[direction] && rules === 0) {
      refuse(at, `enableDefaultDeny.${direction}`, {
        given: `true, without any ${direction} rule`,
        allowed: `true with at least one ${direction} rule, since it isolates nothing without`,
        mend: `Write an empty rule: ${direction}: [{}].`,
      });
    }
  }
}

function ciliumItem(construct: IConstruct, direction: Direction, item: Item, context: PolicyContext): object {
  const at = where(construct);
  const given = item.peers?.map(peer => peer.toPeer());
  const allPorts = [...item.ports ?? [], ...(item.toPorts ?? []).flatMap(({ ports }) => ports), ...item.icmps ?? []];
  checkPeersAndPorts(construct, direction, given, item.toPorts || item.ports || item.icmps ? allPorts : undefined);
  checkItem(construct, item);
  const hasPorts = allPorts.some(port => port._portSpec.kind !== 'all');
  // Every port is written as no port at all, and an item with neither peers nor ports matches nothing.
  const isForAnyone = !item.services && !item.groups && allPorts.length > 0;
  const peers = given ?? (isForAnyone ? [Peer.anywhere()] : []);
  return {
    ...ciliumPeers(at, direction, peers, hasPorts, context.scope !== 'namespace'),
    ...(item.services && { toServices: ciliumServices(at, item.services, context) }),
    ...(item.groups && { [direction === 'ingress' ? 'fromGroups' : 'toGroups']: awsGroups(at, item.groups) }),
    toPorts: item.toPorts ? ciliumPortRules(construct, direction, item.toPorts, context) : item.ports && ciliumPlainPorts(at, item.ports),
    icmps: item.icmps && ciliumIcmps(at, item.icmps),
    authentication: item.authentication && { mode: item.authentication },
  };
}

function checkItem(construct: IConstruct, item: Item): void {
  const at = where(construct);
  const kinds = [item.peers && 'peers', item.services && 'toServices', item.groups && 'groups'].filter(Boolean);
  if (kinds.length > 1) {
    refuse(at, 'rule', { given: kinds.join(' and '), allowed: 'one kind of peer a rule', mend: 'Write a rule for each kind.' });
  }
  if (item.services && item.toPorts) Platform.of(construct)._requireCiliumFeature(construct, SERVICES_WITH_PORTS);
  if (item.icmps && (item.toPorts || item.ports)) {
    refuse(at, 'icmps', { given: 'icmps beside ports', allowed: 'one of them a rule, since the agent refuses both', mend: 'Write a rule for each.' });
  }
  if (item.authentication && item.authentication !== AuthenticationMode.DISABLED) {
    Platform.of(construct)._requireOption(construct, 'mutual authentication', 'mutualAuthentication');
  }
}

function refuseDnsNames(at: string, peers: IPeer[] = []): void {
  if (peers.some(peer => peer.toPeer()._spec.kind === 'fqdn')) {
    refuse(at, 'egressDeny', {
      given: 'a DNS name',
      allowed: 'pods, namespaces, entities, nodes and CIDRs, since a deny knows no names',
      mend: 'Deny the addresses with Peer.cidr, or allow only the names that are wanted with AllowFqdn.',
    });
  }
}

function awsGroups(at: string, groups: CiliumAwsGroup[]): object[] {
  if (groups.length === 0 || groups.some(group => Object.values(group).every(isNothing))) {
    refuse(at, 'groups', {
      given: groups.length === 0 ? 'an empty list' : 'a group without any condition',
      allowed: 'groups with a region, security groups or labels',
      mend: 'Name the security groups; leave the rule out if nobody is meant.',
    });
  }
  return groups.map(({ region, securityGroupIds, securityGroupNames, labels }) => (
    { aws: { region, labels, securityGroupsIds: securityGroupIds, securityGroupsNames: securityGroupNames } }
  ));
}

function isNothing(value: unknown): boolean {
  return value === undefined || Object.keys(value as object).length === 0;
}
