import type { IConstruct } from 'constructs';
import { IPeer } from './i-peer';
import type { NetworkPolicyProps } from './network-policy';
import { checkPolicyTypes } from './policy-type-checks';
import type { Port } from './port';
import { networkPolicyPeers, networkPolicyPorts } from './render-network-policy';
import { checkPeersAndPorts } from './rule-checks';
import type { Manifest } from '../manifests/manifest';
import { namespaceOf } from '../platform/namespace-of';
import { where } from '../platform/where';
import { insist } from '../values/guardrails-error';
import { selectorProblem } from '../values/selector';

/** The object of a NetworkPolicy, checked. */
export function networkPolicyManifest(construct: IConstruct, props: NetworkPolicyProps): Manifest {
  const at = where(construct);
  insist(at, 'podSelector', selectorProblem(props.podSelector._selector));
  checkPolicyTypes(at, props);
  const rule = (field: 'from' | 'to', given?: IPeer[], ports?: Port[]) => {
    const peers = given?.map(peer => peer.toPeer());
    checkPeersAndPorts(construct, field === 'from' ? 'ingress' : 'egress', peers, ports);
    return { [field]: peers && networkPolicyPeers(at, peers), ports: ports && networkPolicyPorts(at, ports) };
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: props.name,
      namespace: namespaceOf(construct, props.namespace),
      labels: props.labels,
      annotations: props.annotations,
    },
    spec: {
      podSelector: props.podSelector._selector,
      policyTypes: props.policyTypes,
      ingress: props.ingress?.map(({ from, ports }) => rule('from', from, ports)),
      egress: props.egress?.map(({ to, ports }) => rule('to', to, ports)),
    },
  };
}
