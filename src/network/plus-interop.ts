import type { INetworkPolicyPeer, IPodSelector, PodSelectorConfig } from 'cdk8s-plus-28';
import type { NamespaceScope, PeerSpec } from './peer-spec';
import { ownsPodTemplate, templateSelector } from './plus-template';
import { namespaceOf } from '../platform/namespace-of';
import { where } from '../platform/where';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { insist, refuse } from '../values/guardrails-error';
import { dnsLabelProblem } from '../values/names';
import { type Selector, selectorIsEmpty, selectorProblem } from '../values/selector';

// The parts of cdk8s-plus that are not in its types.
interface KubeSelector { _toKube(): Selector }
interface KubeIpBlock { _toKube(): { cidr: string; except?: string[] } }

/** The labels of the pods that a cdk8s-plus selector means, and the namespaces they are in. */
export interface PlusPods {
  readonly selector: Selector;
  readonly namespaces: NamespaceScope;
}

/**
 * Reads a Deployment (and its like) by labels that its pods keep, and a `Pods` selection by its own selector.
 *
 * @param labels of the pod template that are to be taken, instead of a choice of one's own
 * @throws GuardrailsError when a pod template has no such label, and for labels beside a selection, which says itself what it means
 */
export function plusPods(selector: IPodSelector, labels?: Record<string, string>): PlusPods {
  if (ownsPodTemplate(selector)) {
    const namespace = selector.metadata?.namespace;
    return { selector: templateSelector(selector, labels), namespaces: namespace ? { kind: 'named', names: [namespace] } : { kind: 'same' } };
  }
  if (labels) {
    refuse(where(selector), 'labels', {
      given: 'labels, beside a selection of pods',
      allowed: 'none, since the selection says which pods are meant',
      mend: 'Leave `labels` out, or write `new Workload` for other pods.',
    });
  }
  const config = selector.toPodSelectorConfig();
  return { selector: (config.labelSelector as unknown as KubeSelector)._toKube(), namespaces: plusNamespaces(where(selector), config) };
}

/** Reads what cdk8s-plus takes as a network policy peer. */
export function plusPeerSpec(peer: INetworkPolicyPeer): PeerSpec {
  const pods = peer.toPodSelector();
  if (pods && ownsPodTemplate(pods)) {
    // In the policy's namespace the same labels would be somebody else's pods: the workload's own namespace has to be known.
    return { kind: 'pods', pods: templateSelector(pods), namespaces: { kind: 'named', names: [namespaceOf(pods, pods.metadata?.namespace)] } };
  }
  const config = peer.toNetworkPolicyPeerConfig();
  if (config.ipBlock) {
    const { cidr, except } = (config.ipBlock as unknown as KubeIpBlock)._toKube();
    return { kind: 'cidr', cidr, except: except ?? [] };
  }
  const podSelector = config.podSelector!;
  return { kind: 'pods', pods: (podSelector.labelSelector as unknown as KubeSelector)._toKube(), namespaces: plusNamespaces('Peer.of', podSelector) };
}

function plusNamespaces(at: string, config: PodSelectorConfig): NamespaceScope {
  const { names = [], labelSelector } = config.namespaces ?? {};
  const selector = (labelSelector as unknown as KubeSelector | undefined)?._toKube() ?? {};
  // cdk8s-plus takes any text for a name or a label.
  names.forEach(name => insist(at, 'namespaces', dnsLabelProblem(name)));
  insist(at, 'namespaces', selectorProblem(selector));
  if (selectorIsEmpty(selector)) {
    if (names.length > 0) return { kind: 'named', names };
    return { kind: labelSelector ? 'any' : 'same' };
  }
  if (names.length === 0) return { kind: 'labelled', selector };
  const named = { key: NAMESPACE_NAME_LABEL, operator: 'In' as const, values: names };
  return { kind: 'labelled', selector: { ...selector, matchExpressions: [...selector.matchExpressions ?? [], named] } };
}
