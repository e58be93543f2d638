import { endpointSelector } from './endpoint-selector';
import { CILIUM_POLICIES, type ItemReading, type PolicyReading, readPolicy } from './read-policy';
import type { SetRule } from '../rule';

/** Below this many, L7 within a namespace is a choice for some services and no habit. */
const HABIT = 5;

const item = (name: string, peer: string): string => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: ${name} } }
  ingress:
    - fromEndpoints: [{ matchLabels: { ${peer} } }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: "/v1/.*" }] } }]
`;
const set = (peer: string): string => ['a', 'b', 'c', 'd', 'e'].map(name => item(name, peer)).join('---');

export const l7Everywhere: SetRule = {
  id: 'cilium/L7Everywhere',
  severity: 'info',
  what: 'Most HTTP rules stand between pods of one namespace.',
  why: 'Each sends its traffic through Envoy, which costs latency and memory, and guards no boundary: who owns one pod there often owns the other.',
  mend: 'Keep L7 rules where trust ends (other namespaces, the gateway, the world) and allow ports within a namespace.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-7-examples',
  bad: set('app: web'),
  good: set('app: web, "k8s:io.kubernetes.pod.namespace": infra'),
  *checkSet(context) {
    const restricted = context.ofKind(...CILIUM_POLICIES).flatMap(object => {
      const reading = readPolicy(object);
      return reading.items.filter(hasHttp).map(each => ({ object, pointer: each.pointer, isInside: staysInside(each, reading) }));
    });
    const inside = restricted.filter(({ isInside }) => isInside);
    const [first] = inside;
    if (first && inside.length >= HABIT && inside.length * 2 > restricted.length) {
      yield { object: first.object, pointer: first.pointer, found: `HTTP rules within a namespace in ${inside.length} of ${restricted.length} items, of which this is the first` };
    }
  },
};

function hasHttp({ portRules }: ItemReading): boolean {
  return portRules.some(({ http }) => http.length > 0);
}

function staysInside({ peers }: ItemReading, { clusterwide, namespace }: PolicyReading): boolean {
  return !clusterwide && peers.length > 0 && peers.every(({ field, entries }) => field.endsWith('Endpoints') && entries.every(entry => {
    const { saysNamespace, namespaces, reserved } = endpointSelector(entry);
    const isOwn = namespaces !== undefined && namespaces.length === 1 && namespaces[0] === namespace;
    return !reserved && (!saysNamespace || isOwn);
  }));
}
