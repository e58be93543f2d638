import { selectsEverything } from './endpoint-selector';
import { CILIUM_POLICIES, deniesByDefault, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const clusterwideHitsSystem: ObjectRule = {
  id: 'cilium/ClusterwideHitsSystem',
  severity: 'warning',
  what: 'A cluster-wide policy for every pod denies by default.',
  why: 'It is for kube-system too, DNS and the health endpoints of Cilium among it: what it does not allow stops there.',
  mend: 'Set enableDefaultDeny to false, or leave the system namespaces out with a NotIn on k8s:io.kubernetes.pod.namespace.',
  link: 'https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumclusterwidenetworkpolicy',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: baseline }
spec:
  endpointSelector: {}
  ingress: [{ fromEntities: [cluster] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: baseline }
spec:
  endpointSelector: {}
  enableDefaultDeny: { ingress: false }
  ingress: [{ fromEntities: [cluster] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { clusterwide, rules } = readPolicy(object);
    if (!clusterwide) return;
    for (const rule of rules) {
      if (!selectsEverything(rule.fields.endpointSelector)) continue;
      const denied = (['ingress', 'egress'] as const).filter(direction => deniesByDefault(rule, direction) && !allowsAll(rule.items, direction));
      if (denied.length > 0) report({ object, pointer: `${rule.pointer}/endpointSelector`, found: `every pod of the cluster, with default deny of ${denied.join(' and ')}` });
    }
  },
};

function allowsAll(items: ReturnType<typeof readPolicy>['items'], direction: string): boolean {
  return items.some(item => item.direction === direction && !item.deny && item.portRules.length === 0
    && item.peers.some(({ field, entries }) => field.endsWith('Entities') && entries.includes('all')));
}
