import type { Block } from './address';
import type { DnsSelector } from './dns-name';
import type { KubeObject } from './kube-object';
import { title } from './kube-object';
import type { LabelSelector } from './label-selector';

/** One rule (`spec`, or an element of `specs`) of a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy. */
export interface CiliumSpec {
  readonly endpointSelector?: LabelSelector | null;
  readonly nodeSelector?: LabelSelector | null;
  readonly ingress?: CiliumItem[] | null;
  readonly ingressDeny?: CiliumItem[] | null;
  readonly egress?: CiliumItem[] | null;
  readonly egressDeny?: CiliumItem[] | null;
  readonly enableDefaultDeny?: { readonly ingress?: boolean | null; readonly egress?: boolean | null } | null;
}

export interface CiliumItem {
  readonly fromEndpoints?: LabelSelector[] | null;
  readonly fromEntities?: string[] | null;
  readonly fromNodes?: LabelSelector[] | null;
  readonly fromCIDR?: string[] | null;
  readonly fromCIDRSet?: CidrRule[] | null;
  readonly toEndpoints?: LabelSelector[] | null;
  readonly toEntities?: string[] | null;
  readonly toNodes?: LabelSelector[] | null;
  readonly toCIDR?: string[] | null;
  readonly toCIDRSet?: CidrRule[] | null;
  readonly toFQDNs?: DnsSelector[] | null;
  readonly toServices?: ServiceRule[] | null;
  /** Gone since 1.19. */
  readonly fromRequires?: LabelSelector[] | null;
  readonly toRequires?: LabelSelector[] | null;
  readonly toPorts?: PortRule[] | null;
  readonly icmps?: { readonly fields: { readonly type: number | string; readonly family?: string }[] }[] | null;
  readonly authentication?: { readonly mode: string } | null;
}

export interface CidrRule extends Partial<Block> {
  readonly cidrGroupRef?: string;
  readonly cidrGroupSelector?: LabelSelector;
}

export interface ServiceRule {
  readonly k8sService?: { readonly serviceName: string; readonly namespace?: string };
  readonly k8sServiceSelector?: { readonly selector: LabelSelector; readonly namespace?: string };
}

export interface PortRule {
  readonly ports?: PortEntry[] | null;
  readonly serverNames?: string[] | null;
  readonly rules?: L7Rules | null;
}

export interface PortEntry {
  readonly port: string;
  readonly endPort?: number;
  readonly protocol?: string;
}

export interface L7Rules {
  readonly http?: HttpRule[] | null;
  readonly dns?: DnsSelector[] | null;
  readonly kafka?: Record<string, string>[] | null;
}

export interface HttpRule {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: string[] | null;
  readonly headerMatches?: HeaderMatch[] | null;
}

export interface HeaderMatch {
  readonly name: string;
  readonly value?: string;
  readonly secret?: object;
  readonly mismatch?: string;
}

const PEER_FIELDS = ['Endpoints', 'Entities', 'Nodes', 'CIDR', 'CIDRSet', 'FQDNs', 'Services'];
const NOT_MODELLED = ['fromGroups', 'toGroups'];

/**
 * Throws where the agent would drop the whole policy, so that no test proves anything with a policy that is never imported,
 * and where a field is not modelled here.
 */
export function assertImported(policy: KubeObject, spec: CiliumSpec, minor: number): void {
  const refuse = (why: string): never => {
    throw new Error(`reach: Cilium does not import ${title(policy)}: ${why}`);
  };
  const { endpointSelector, nodeSelector } = spec;
  if (Boolean(endpointSelector) === Boolean(nodeSelector)) refuse('exactly one of endpointSelector and nodeSelector');
  if (nodeSelector && policy.kind === 'CiliumNetworkPolicy') refuse('nodeSelector in a namespaced policy');
  const lists = [spec.ingress, spec.ingressDeny, spec.egress, spec.egressDeny].map((list) => list ?? []);
  if (minor >= 19 && lists.every((list) => list.length === 0)) refuse('no ingress, ingressDeny, egress or egressDeny item');
  for (const item of lists.flat()) {
    const peers = Object.entries(item).filter(([field, value]) => isPeerField(field) && value?.length > 0).map(([field]) => field);
    if (peers.length > 1) refuse(`${peers.join(' and ')} in one item`);
    if ((item.icmps ?? []).length > 0 && (item.toPorts ?? []).length > 0) refuse('icmps and toPorts in one item');
    if (minor >= 19 && (item.fromRequires ?? []).length + (item.toRequires ?? []).length > 0) refuse('fromRequires or toRequires');
    const unknown = NOT_MODELLED.filter((field) => field in item);
    if (unknown.length > 0) throw new Error(`reach: ${title(policy)}: ${unknown.join(', ')} is not modelled`);
    if ((item.toPorts ?? []).some((rule) => 'l7proto' in (rule.rules ?? {}) || 'listener' in rule)) {
      throw new Error(`reach: ${title(policy)}: l7proto and listener are not modelled`);
    }
  }
}

function isPeerField(field: string): boolean {
  return PEER_FIELDS.includes(field.replace(/^(from|to)/, ''));
}
