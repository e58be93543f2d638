import * as fc from 'fast-check';
import { anyPolicy, NAMESPACES, type PolicyObject } from './random-policies';
import { labels, some } from './random-selectors';
import type { CiliumFacts, PlatformFacts } from '../../../src/reach';

const PORTS = [
  { name: 'http', containerPort: 8080 }, { name: 'http', containerPort: 80, protocol: 'TCP' }, { name: 'dns', containerPort: 53, protocol: 'UDP' },
  { containerPort: 9090 },
];

const pod = fc.record({
  namespace: some(...NAMESPACES),
  labels,
  ports: fc.subarray(PORTS, { maxLength: 2 }),
  serviceAccountName: some('default', 'robot'),
  hostNetwork: fc.integer({ min: 0, max: 9 }).map(dice => dice === 0),
  kind: some('Pod', 'Pod', 'Pod', 'Deployment', 'StatefulSet', 'Job', 'CronJob'),
  ipv6: fc.boolean(),
});

const FIXED = [
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels: { role: 'edge' } }, status: { addresses: [{ address: '192.168.1.1' }] } },
  { apiVersion: 'cilium.io/v2', kind: 'CiliumCIDRGroup', metadata: { name: 'office', labels: { zone: 'hq' } }, spec: { externalCIDRs: ['198.51.100.0/24'] } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'x', labels: { public: 'yes' } }, spec: { selector: { app: 'a' } } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'y' }, spec: { selector: { app: 'b' } } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'legacy', namespace: 'y' }, spec: {} },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'legacy-1', namespace: 'y', labels: { 'kubernetes.io/service-name': 'legacy' } },
    endpoints: [{ addresses: ['203.0.113.7', '10.0.0.2'] }],
  },
];

export interface RandomCluster {
  /** Everything but policies. */
  readonly base: readonly object[];
  readonly policies: readonly PolicyObject[];
  /** `namespace/name` of all workloads. */
  readonly workloads: readonly string[];
}

export interface RandomCilium extends CiliumFacts {
  readonly version: string;
}

export const ciliumFacts: fc.Arbitrary<RandomCilium> = fc.record({
  version: some('1.16', '1.18', '1.19', '1.20'),
  hostFirewall: fc.constant(true),
  cidrMatchesNodes: some(false, false, true),
  cidrMatchesPods: some(false, false, true),
  normalizedPaths: some(true, true, false),
  policyEnforcementMode: some('default', 'default', 'default', 'always'),
}).map(facts => ({ ...facts, cidrMatchesPods: facts.cidrMatchesPods && facts.version === '1.20' }));

const nodeCidrs = some([], [], ['198.51.100.0/24'], ['10.0.0.0/8']);

export const cilium: fc.Arbitrary<PlatformFacts> = fc.tuple(ciliumFacts, nodeCidrs)
  .map(([facts, ranges]) => ({ cni: 'cilium', cilium: facts, nodeCidrs: ranges }));

const namespaces = fc.tuple(...NAMESPACES.map(name => fc.option(some('red', 'blue'), { nil: undefined }).map(team => ({
  apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: team === undefined ? {} : { team } },
}))));

/** Policies get their names here, so that they differ. */
export const named = (policies: readonly PolicyObject[], prefix = 'p'): PolicyObject[] =>
  policies.map((policy, index) => ({ ...policy, metadata: { ...policy.metadata, name: `${prefix}${index}` } }));

export function randomCluster(policy: fc.Arbitrary<PolicyObject> = anyPolicy, maxPolicies = 4): fc.Arbitrary<RandomCluster> {
  return fc.tuple(namespaces, fc.array(pod, { minLength: 2, maxLength: 5 }), fc.array(policy, { maxLength: maxPolicies }))
    .map(([spaces, pods, policies]) => ({
      base: [...spaces, ...pods.map(workloadOf), ...FIXED],
      policies: named(policies),
      workloads: pods.map(({ namespace }, index) => `${namespace}/w${index}`),
    }));
}

type RandomPod = typeof pod extends fc.Arbitrary<infer Pod> ? Pod : never;

function workloadOf({ namespace, kind, labels: own, ports, serviceAccountName, hostNetwork, ipv6 }: RandomPod, index: number): object {
  const metadata = { name: `w${index}`, namespace };
  const spec = { serviceAccountName, hostNetwork, containers: ports.map((port, at) => ({ name: `c${at}`, ports: [port] })) };
  const template = { metadata: { labels: own }, spec };
  if (kind === 'CronJob') return { apiVersion: 'batch/v1', kind, metadata, spec: { jobTemplate: { spec: { template } } } };
  if (kind !== 'Pod') return { apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, metadata, spec: { template } };
  const podIPs = [{ ip: `10.0.0.${index + 1}` }, ...(ipv6 ? [{ ip: `2001:db8::1:${index}` }] : [])];
  return { apiVersion: 'v1', kind, metadata: { ...metadata, labels: own }, spec, status: { podIPs } };
}
