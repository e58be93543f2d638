import type { INetworkPolicyPeer, IPodSelector, PodSelectorConfig } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { NamespaceScope, PeerSpec } from './peer-spec';
import { namespaceOf } from '../platform/namespace-of';
import { where } from '../platform/where';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { refuse } from '../values/guardrails-error';
import { type Selector, selectorIsEmpty } from '../values/selector';

// The label that cdk8s-plus adds to every pod: a hash of the construct path, which changes when a construct moves.
const ADDRESS_LABEL = 'cdk8s.io/metadata.addr';

// The parts of cdk8s-plus that are not in its types, or only in some of its classes.
interface PodTemplateOwner extends IConstruct {
  readonly podMetadata: { toJson(): { labels?: Record<string, string> } };
  readonly metadata?: { readonly namespace?: string };
}
interface KubeSelector { _toKube(): Selector }
interface KubeIpBlock { _toKube(): { cidr: string; except?: string[] } }

/** The labels of the pods that a cdk8s-plus selector means, and the namespaces they are in. */
export interface PlusPods {
  readonly selector: Selector;
  readonly namespaces: NamespaceScope;
}

/**
 * Reads a Deployment (and its like) by the labels of its pod template, and a `Pods` selection by its own selector.
 *
 * @throws GuardrailsError when a pod template has no label but the address that cdk8s-plus adds
 */
export function plusPods(selector: IPodSelector): PlusPods {
  if (ownsPodTemplate(selector)) {
    const { [ADDRESS_LABEL]: _, ...labels } = selector.podMetadata.toJson().labels ?? {};
    if (Object.keys(labels).length === 0) {
      refuse(where(selector), 'pod labels', {
        given: 'none',
        allowed: 'at least one label on the pod template',
        mend: `Set podMetadata: { labels: { 'app.kubernetes.io/name': '${selector.node.id.toLowerCase()}' } }; the address label of cdk8s-plus is a hash and changes when a construct moves.`,
      });
    }
    const namespace = selector.metadata?.namespace;
    return { selector: { matchLabels: labels }, namespaces: namespace ? { kind: 'named', names: [namespace] } : { kind: 'same' } };
  }
  const config = selector.toPodSelectorConfig();
  return { selector: (config.labelSelector as unknown as KubeSelector)._toKube(), namespaces: plusNamespaces(config) };
}

/** Reads what cdk8s-plus takes as a network policy peer. */
export function plusPeerSpec(peer: INetworkPolicyPeer): PeerSpec {
  const pods = peer.toPodSelector();
  if (pods && ownsPodTemplate(pods)) {
    const { selector } = plusPods(pods);
    // In the policy's namespace the same labels would be somebody else's pods: the workload's own namespace has to be known.
    return { kind: 'pods', pods: selector, namespaces: { kind: 'named', names: [namespaceOf(pods, pods.metadata?.namespace)] } };
  }
  const config = peer.toNetworkPolicyPeerConfig();
  if (config.ipBlock) {
    const { cidr, except } = (config.ipBlock as unknown as KubeIpBlock)._toKube();
    return { kind: 'cidr', cidr, except: except ?? [] };
  }
  const podSelector = config.podSelector!;
  return { kind: 'pods', pods: (podSelector.labelSelector as unknown as KubeSelector)._toKube(), namespaces: plusNamespaces(podSelector) };
}

function plusNamespaces(config: PodSelectorConfig): NamespaceScope {
  const { names = [], labelSelector } = config.namespaces ?? {};
  const selector = (labelSelector as unknown as KubeSelector | undefined)?._toKube() ?? {};
  if (selectorIsEmpty(selector)) {
    if (names.length > 0) return { kind: 'named', names };
    return { kind: labelSelector ? 'any' : 'same' };
  }
  if (names.length === 0) return { kind: 'labelled', selector };
  const named = { key: NAMESPACE_NAME_LABEL, operator: 'In' as const, values: names };
  return { kind: 'labelled', selector: { ...selector, matchExpressions: [...selector.matchExpressions ?? [], named] } };
}

function ownsPodTemplate(construct: IConstruct): construct is PodTemplateOwner {
  return 'podMetadata' in construct;
}
