import { agentValidates, CILIUM_POLICIES, ciliumAtLeast, readPolicy } from './read-policy';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { asList } from '../read';
import type { Hit, ObjectRule } from '../rule';

export const servicesWithPorts: ObjectRule = {
  id: 'cilium/ServicesWithPorts',
  severity: 'error',
  what: 'One item has toServices and toPorts, for a Cilium that does not take both.',
  why: 'The agent of Cilium 1.16 drops the whole policy.',
  mend: 'Name the pods behind the Service with toEndpoints, and their own ports.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#services-based',
  bad: `
# target: { cilium: '1.16' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toServices: [{ k8sService: { serviceName: db, namespace: data } }]
      toPorts: [{ ports: [{ port: "5432", protocol: TCP }] }]
`,
  good: `
# target: { cilium: '1.16' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toServices: [{ k8sService: { serviceName: db, namespace: data } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    if (!ciliumAtLeast(context, '1.17')) servicesBesidePorts(object, context).forEach(report);
  },
};

/** Items that have both. */
export function servicesBesidePorts(object: Located, context: CheckContext): Hit[] {
  return readPolicy(object).items
    .filter(item => agentValidates(item, context) && asList(item.fields.toServices).length > 0 && item.portRules.length > 0)
    .map(item => ({ object, pointer: `${item.pointer}/toServices`, found: 'toServices with toPorts' }));
}
