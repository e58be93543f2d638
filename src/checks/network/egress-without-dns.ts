import { DNS_PROTOCOLS } from './dns-allows';
import { dnsIn, EVERYBODY, unplacedDns } from './dns-in-namespace';
import { modelOf } from './namespace-models';
import { type PolicyReading, readNetworkPolicy } from './read-network-policy';
import { parseCidr } from '../../values/cidr';
import type { CheckContext } from '../check-context';
import { selectorText, selectsAll } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';
import { policyMayBeGenerated } from '../tenancy/generator-targets';

export const egressWithoutDns: ObjectRule = {
  id: 'network/EgressWithoutDns',
  severity: 'warning',
  what: 'A policy isolates egress, and the pods may not ask a resolver by UDP and TCP.',
  why: 'Without DNS no name resolves, and the namespace is down; without TCP answers that are too long for a UDP packet are lost.',
  mend: 'Allow egress to kube-dns in kube-system on port 53, UDP and TCP (AllowDns does).',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: 5432, protocol: TCP }]
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
      ports: [{ port: 53, protocol: UDP }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: 5432, protocol: TCP }]
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
      ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    const policy = readNetworkPolicy(object);
    if (!policy?.isolates.egress || !policy.subject || policyMayBeGenerated(context, policy.namespace)) return;
    const isSilent = policy.rules.every(({ direction }) => direction !== 'egress');
    if (isSilent ? isMeantSilence(policy, context) : needsNoNames(policy)) return;
    const missing = missingFor(policy, context);
    if (missing.length > 0) {
      report({
        object,
        pointer: '/spec',
        found: `egress is isolated, and nothing allows DNS by ${missing.join(' or ')}`,
      });
    }
  },
};

/** Some pods are meant to ask nobody; so is a namespace in which others have been given DNS. */
function isMeantSilence({ subject, namespace, located }: PolicyReading, context: CheckContext): boolean {
  if (subject && !selectsAll(subject)) return true;
  return dnsIn(modelOf(context, located)).bySubject.size > 0 || (namespace === '' && unplacedDns(context).size > 0);
}

/** Whoever is let to single addresses only is told them, and resolves nothing. */
function needsNoNames({ rules }: PolicyReading): boolean {
  return rules.filter(({ direction }) => direction === 'egress').every(({ peers }) => peers.length > 0 && peers.every(({ cidr }) => {
    const network = cidr === undefined ? undefined : parseCidr(cidr);
    return network !== undefined && network.prefix === (network.family === 4 ? 32 : 128);
  }));
}

function missingFor({ subject = {}, namespace, located }: PolicyReading, context: CheckContext): string[] {
  const model = modelOf(context, located);
  const { bySubject, byWorkload } = dnsIn(model);
  const key = selectorText(subject);
  const missing = missingIn([bySubject.get(EVERYBODY), bySubject.get(key)], DNS_PROTOCOLS);
  if (missing.length === 0) return missing;
  const unplaced = namespace === '' ? unplacedDns(context) : undefined;
  const pods = model.selectedBy(subject) ?? [];
  return missingIn([unplaced?.get(EVERYBODY), unplaced?.get(key)], missing)
    .filter(protocol => pods.length === 0 || !pods.every(pod => byWorkload().get(pod)?.has(protocol)));
}

function missingIn(allowed: readonly (ReadonlySet<string> | undefined)[], protocols: readonly string[]): string[] {
  return protocols.filter(protocol => !allowed.some(set => set?.has(protocol)));
}
