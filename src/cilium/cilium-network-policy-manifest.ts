import type { IConstruct } from 'constructs';
import type { CiliumNetworkPolicyProps } from './cilium-network-policy';
import { ciliumPolicySpec } from './render-policy';
import type { Manifest } from '../manifests/manifest';
import { namespaceOf } from '../platform/namespace-of';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { insist } from '../values/guardrails-error';
import { ciliumLabelKeyProblem } from '../values/labels';
import { problem } from '../values/problem';
import { selectorProblem } from '../values/selector';

/** The object of a CiliumNetworkPolicy, checked. */
export function ciliumNetworkPolicyManifest(construct: IConstruct, props: CiliumNetworkPolicyProps): Manifest {
  Platform.of(construct)._requireCilium(construct, 'a CiliumNetworkPolicy');
  const selector = props.endpointSelector._selector;
  const at = where(construct);
  insist(at, 'endpointSelector', selectorProblem(selector, ciliumLabelKeyProblem));
  const namespace = namespaceOf(construct, props.namespace);
  const foreign = [...Object.keys(selector.matchLabels ?? {}), ...(selector.matchExpressions ?? []).map(({ key }) => key)]
    .find(key => /(^|:)io\.kubernetes\.pod\.namespace$/.test(key) || key.startsWith('reserved:'));
  if (foreign !== undefined) {
    // The agent overrides the first with the policy's own namespace, and never matches the second.
    insist(at, 'endpointSelector', problem(
      foreign,
      'labels of pods in the policy\'s own namespace',
      'Set `namespace` instead, or write a CiliumClusterwideNetworkPolicy.',
    ));
  }
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: {
      name: props.name,
      namespace,
      labels: props.labels,
      annotations: props.annotations,
    },
    spec: { endpointSelector: selector, ...ciliumPolicySpec(construct, props, { scope: 'namespace', namespace }) },
  };
}
