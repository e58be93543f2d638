import type { CiliumServicePeer } from './cilium-rule';
import type { PolicyContext } from './render-policy';
import { insist, refuse } from '../values/guardrails-error';
import { LabelSelector } from '../values/label-selector';
import { dnsLabelProblem } from '../values/names';

/**
 * `toServices` of a rule that allows. Always with a namespace: without one the agent takes a Service of every namespace, those of
 * other tenants included.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#services-based
 */
export function ciliumServices(at: string, services: CiliumServicePeer[], context: PolicyContext): object[] {
  if (services.length === 0) {
    refuse(at, 'toServices', { given: 'an empty list', allowed: 'at least one Service', mend: 'Leave the rule out if nobody is meant.' });
  }
  return services.map(service => ciliumService(at, service, context));
}

function ciliumService(at: string, { name, labels, namespace: given }: CiliumServicePeer, context: PolicyContext): object {
  if ((name === undefined) === (labels === undefined)) {
    refuse(at, 'toServices', {
      given: name === undefined ? 'neither name nor labels' : 'name and labels',
      allowed: 'one of them',
      mend: 'Keep the one that is meant.',
    });
  }
  const namespace = given ?? context.namespace;
  if (namespace === undefined) {
    return refuse(at, 'toServices', {
      given: 'no namespace',
      allowed: 'the namespace of the Service, since a cluster-wide policy has none of its own',
      mend: 'Pass `namespace`: Cilium would take the Services of every namespace.',
    });
  }
  insist(at, 'toServices namespace', dnsLabelProblem(namespace));
  if (name !== undefined) {
    insist(at, 'toServices name', dnsLabelProblem(name));
    return { k8sService: { serviceName: name, namespace } };
  }
  if (Object.keys(labels!).length === 0) {
    refuse(at, 'toServices labels', { given: 'none', allowed: 'at least one label, since no label selects every Service', mend: 'Name a label, or the Service.' });
  }
  return { k8sServiceSelector: { selector: LabelSelector._of(`${at}: toServices`, labels!)._selector, namespace } };
}
