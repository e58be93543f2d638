import { admissionOf, MANAGED, objectsOf, policyOf } from './support';
import { KyvernoGenerateDefaultDeny, type KyvernoGenerateDefaultDenyProps } from '../../src/kyverno/kyverno-generate-default-deny';
import { Cni } from '../../src/platform/cni';
import { DnsResolver } from '../../src/platform/dns-resolver';
import type { PlatformProps } from '../../src/platform/platform-props';
import { LabelSelector } from '../../src/values/label-selector';

const build = (props: Partial<KyvernoGenerateDefaultDenyProps>) => (chart: ConstructorParameters<typeof KyvernoGenerateDefaultDeny>[0]) => {
  new KyvernoGenerateDefaultDeny(chart, 'deny', { generateExisting: true, ...props });
};

function generated(name: string, labels: object, props: Partial<KyvernoGenerateDefaultDenyProps> = {}, platform: PlatformProps = {}) {
  const kyverno = admissionOf([policyOf(build(props), platform)]);
  return kyverno.review({ object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } } }).generated;
}

test('a managed namespace gets both directions denied and DNS allowed', () => {
  const objects = generated('tenant', MANAGED);
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'NetworkPolicy tenant/kyverno-allow-dns', 'NetworkPolicy tenant/kyverno-default-deny',
  ]);
  expect(objects.map(({ spec }) => spec)).toEqual([
    {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        }],
        ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
      }],
    },
    { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  ]);
});

test.each([
  ['not managed', 'tenant', {}],
  ['labelled otherwise', 'tenant', { 'platform.io/managed': 'false' }],
  ['of the system, even if it is labelled', 'kube-system', MANAGED],
  ['of Flux, even if it is labelled', 'flux-system', MANAGED],
])('a namespace that is %s gets nothing', (_what, name, labels) => {
  expect(generated(name, labels)).toEqual([]);
});

test('every namespace can be meant, system namespaces excepted', () => {
  const props = { namespaceSelector: LabelSelector.all() };
  expect(generated('any', {}, props)).toHaveLength(2);
  expect(generated('kyverno', {}, props)).toEqual([]);
});

test('the names can be chosen', () => {
  expect(generated('tenant', MANAGED, { namePrefix: 'base-' }).map(({ metadata }) => metadata.name)).toEqual(['base-allow-dns', 'base-default-deny']);
});

test('the objects are kept in step, survive the policy, and come for what is there only when that is said', () => {
  const rules = (props: Partial<KyvernoGenerateDefaultDenyProps>) => policyOf(build(props)).spec.rules.map(({ generate }: any) => [
    generate.generateExisting, generate.synchronize, generate.orphanDownstreamOnPolicyDelete,
  ]);
  expect(rules({})).toEqual([[true, true, true], [true, true, true]]);
  expect(rules({ generateExisting: false, synchronize: false, orphanDownstreamOnPolicyDelete: false }))
    .toEqual([[false, false, false], [false, false, false]]);
});

test('Flux may make the policy anew where that takes nothing away, since Kyverno lets nobody change what it is about', () => {
  const annotations = (props: Partial<KyvernoGenerateDefaultDenyProps>) => policyOf(build(props)).metadata.annotations;
  expect(annotations({})).toEqual({ 'kustomize.toolkit.fluxcd.io/force': 'Enabled' });
  expect(annotations({ generateExisting: false })).toBeUndefined();
  expect(annotations({ orphanDownstreamOnPolicyDelete: false })).toBeUndefined();
});

describe('with NodeLocal DNSCache on Cilium', () => {
  const platform = { cni: Cni.cilium('1.18'), dns: DnsResolver.nodeLocalDns() };

  test('the DNS policy is a CiliumNetworkPolicy', () => {
    const [dns] = generated('tenant', MANAGED, {}, platform);
    expect(dns).toMatchObject({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { namespace: 'tenant', name: 'kyverno-allow-dns' } });
    const ports = [{ ports: [{ port: '53', protocol: 'UDP' }, { port: '53', protocol: 'TCP' }] }];
    const dnsPods = (app: string) => ({ matchLabels: { 'k8s-app': app, 'k8s:io.kubernetes.pod.namespace': 'kube-system' } });
    expect(dns.spec).toEqual({
      endpointSelector: {},
      egress: [
        { toEndpoints: [dnsPods('kube-dns'), dnsPods('node-local-dns')], toPorts: ports },
        { toEntities: ['host'], toPorts: ports },
      ],
    });
  });

  test('Kyverno gets the rights to write it, before the policy', () => {
    const objects = objectsOf(build({}), platform);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ClusterRole generate-default-deny-background', 'ClusterRole generate-default-deny-admission', 'ClusterPolicy generate-default-deny',
    ]);
    const [background, admission] = objects;
    expect(background!.metadata.labels).toEqual({ 'rbac.kyverno.io/aggregate-to-background-controller': 'true' });
    expect(background!.rules[0]).toMatchObject({ apiGroups: ['cilium.io'], resources: ['ciliumnetworkpolicies'] });
    expect(background!.rules[0].verbs).toEqual(expect.arrayContaining(['get', 'create', 'update', 'delete']));
    expect(admission!.metadata.labels).toEqual({ 'rbac.kyverno.io/aggregate-to-admission-controller': 'true' });
    expect(admission!.rules[0].verbs).toEqual(['get', 'list', 'watch']);
  });
});

test('with NodeLocal DNSCache elsewhere, and with kube-dns, Kyverno needs no more rights', () => {
  const platform = { cni: Cni.calico(), dns: DnsResolver.nodeLocalDns() };
  expect(objectsOf(build({}), platform).map(({ kind }) => kind)).toEqual(['ClusterPolicy']);
  expect(generated('tenant', MANAGED, {}, platform)[0].spec.egress[0].to).toContainEqual({ ipBlock: { cidr: '169.254.20.10/32' } });
  expect(objectsOf(build({})).map(({ kind }) => kind)).toEqual(['ClusterPolicy']);
});

test('a prefix that makes no name, and Kyverno 1.20, are refused', () => {
  expect(() => policyOf(build({ namePrefix: 'Base_' }))).toThrow(/chart\/deny \(KyvernoGenerateDefaultDeny\): namePrefix/);
  expect(() => objectsOf(build({}), { kyverno: '1.20' })).toThrow(/Kyverno 1\.20/);
});
