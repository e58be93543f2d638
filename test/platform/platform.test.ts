import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AllowFqdn, AzurePolicyEngine, CidrGroup, CiliumNetworkPolicy, CiliumPolicyEnforcement, Cni, DefaultDeny, KyvernoRequireLimits,
  LabelSelector, Platform, PlatformProps, PolicyAction, Workload,
} from '../../src';
import { manifests, testApp } from '../support/synth';

describe('Platform.of', () => {
  test('is the nearest one up the tree', () => {
    const app = testApp();
    const [staging, production] = ['staging', 'production'].map(name => new Construct(app, name));
    const platform = new Platform(staging!, 'platform', { cni: Cni.calico() });
    new Platform(production!, 'platform', { cni: Cni.cilium('1.17') });
    expect(Platform.of(new Chart(staging!, 'shop'))).toBe(platform);
    expect(Platform.of(new Chart(production!, 'shop')).cni.ciliumVersion).toBe('1.17');
  });

  test('without one, is Cilium 1.18, Kyverno 1.19, Kubernetes 1.33, Flux 2.8', () => {
    const { cni, kyverno, kubernetes, flux } = Platform.of(new Chart(testApp(), 'shop'));
    expect([cni.name, cni.ciliumVersion, kyverno, kubernetes, flux]).toEqual(['Cilium', '1.18', '1.19', '1.33', '2.8']);
  });

  test('a platform that comes too late says who read it before', () => {
    const app = testApp();
    new DefaultDeny(new Chart(app, 'shop', { namespace: 'shop' }), 'deny');
    expect(() => new Platform(app, 'platform')).toThrow(/platform \(Platform\): position: given a Platform created after shop\/deny.* had read the platform.*Move/);
  });

  test('a read in one cluster does not keep another from its platform', () => {
    const app = testApp();
    const staging = new Construct(app, 'staging');
    new Platform(staging, 'platform');
    new DefaultDeny(new Chart(staging, 'shop', { namespace: 'shop' }), 'deny');
    expect(() => new Platform(new Construct(app, 'production'), 'platform')).not.toThrow();
  });

  test('one for each scope', () => {
    const app = testApp();
    new Platform(app, 'one');
    expect(() => new Platform(app, 'two')).toThrow(/two \(Platform\): scope: given app, which has one \(Platform\) already; allowed: one Platform for each cluster/);
  });
});

describe('what a platform refuses', () => {
  const make = (props: PlatformProps) => () => new Platform(testApp(), 'platform', props);
  test.each([
    ['Kyverno 1.12', { kyverno: '1.12' }, /Kyverno version: given "1.12"; allowed: 1.13 to 1.20/],
    ['Kubernetes 2', { kubernetes: 'two' }, /Kubernetes version: given "two"/],
    ['Flux 2.5', { flux: '2.5' }, /Flux version: given "2.5"; allowed: 2.6 to 2.9/],
    ['a CIDR with host bits', { podCidrs: ['10.42.0.1/16'] }, /podCidrs: given "10.42.0.1\/16"/],
    ['a port', { apiServer: { port: 0 } }, /apiServer.port: given 0/],
    ['a cluster name', { clusterName: 'Production' }, /clusterName: given "Production".*production/],
    ['a system namespace', { systemNamespaces: ['kube_system'] }, /systemNamespaces: given "kube_system"/],
    ['a cluster domain', { clusterDomain: 'cluster local' }, /clusterDomain/],
  ] as const)('%s', (_, props, message) => expect(make(props as PlatformProps)).toThrow(message));

  test('and takes patch versions for their minor', () => {
    expect(new Platform(testApp(), 'platform', { kyverno: 'v1.18.2', kubernetes: '1.34.1' })).toMatchObject({ kyverno: '1.18', kubernetes: '1.34' });
    expect(Cni.cilium('1.17.9').ciliumVersion).toBe('1.17');
    expect(() => Cni.cilium('1.15')).toThrow(/Cni.cilium: Cilium version: given "1.15"; allowed: 1.16 to 1.20/);
  });
});

describe('Cni', () => {
  const policies = (cni: Cni) => [cni.enforcesNetworkPolicy, cni.enforcesCiliumPolicy];
  test.each([
    ['Cilium', Cni.cilium(), [true, true]],
    ['Calico', Cni.calico(), [true, false]],
    ['Canal', Cni.canal(), [true, false]],
    ['Antrea', Cni.antrea(), [true, false]],
    ['kindnet', Cni.kindnet(), [true, false]],
    ['kindnet of old', Cni.kindnetBeforeV024(), [false, false]],
    ['k3s', Cni.k3s(), [true, false]],
    ['k3s without its controller', Cni.k3s({ networkPolicyController: false }), [false, false]],
    ['kube-router', Cni.kubeRouter(), [true, false]],
    ['OVN-Kubernetes', Cni.ovnKubernetes(), [true, false]],
    ['Amazon VPC CNI', Cni.awsVpc({ networkPolicy: true }), [true, false]],
    ['Amazon VPC CNI as it comes', Cni.awsVpc({ networkPolicy: false }), [false, false]],
    ['Azure NPM', Cni.azure(AzurePolicyEngine.NPM), [true, false]],
    ['Azure with Calico', Cni.azure(AzurePolicyEngine.CALICO), [true, false]],
    ['Azure with Cilium', Cni.azure(AzurePolicyEngine.CILIUM), [true, false]],
    ['Azure with Cilium and ACNS', Cni.azure(AzurePolicyEngine.CILIUM_ACNS), [true, true]],
    ['Azure without', Cni.azure(AzurePolicyEngine.NONE), [false, false]],
    ['GKE Dataplane V2', Cni.gkeDataplaneV2(), [true, false]],
    ['flannel', Cni.flannel(), [false, false]],
    ['another', Cni.other('Acme', { enforcesNetworkPolicy: true }), [true, false]],
  ] as const)('%s enforces NetworkPolicy, CiliumNetworkPolicy: %#', (_, cni, expected) => expect(policies(cni)).toEqual(expected));
});

test('a Cilium that is told to enforce nothing enforces nothing, also where a target file says so', () => {
  const policyEnforcementMode = CiliumPolicyEnforcement.NEVER;
  expect(Cni.cilium('1.18', { policyEnforcementMode })).toMatchObject({ enforcesNetworkPolicy: false, enforcesCiliumPolicy: true });
  expect(Cni._fromFacts({ cilium: { policyEnforcementMode: 'never' } }, 'f')).toMatchObject({ enforcesNetworkPolicy: false, _cilium: { policyEnforcementMode } });
  expect(Cni.cilium('1.18', { policyEnforcementMode: CiliumPolicyEnforcement.ALWAYS }).enforcesNetworkPolicy).toBe(true);
});

test('a Cilium of Azure has a version and options where it takes policies, and nowhere else', () => {
  expect(Cni.azure(AzurePolicyEngine.CILIUM_ACNS).ciliumVersion).toBe('1.18');
  expect(Cni.azure(AzurePolicyEngine.CILIUM_ACNS, '1.17', { sctp: true }).ciliumVersion).toBe('1.17');
  expect(() => Cni.azure(AzurePolicyEngine.CILIUM_ACNS, '1.9')).toThrow(/Cni.azure: .*1.9/);
  expect(() => Cni.azure(AzurePolicyEngine.CILIUM_ACNS, '1.18', { cidrMatchesPods: true })).toThrow(/Cni.azure: cidrMatchesPods: given true on Cilium 1.18/);
  expect(() => Cni.azure(AzurePolicyEngine.NPM, '1.18')).toThrow(/Cni.azure: ciliumVersion: given "1.18"; allowed: nothing but with AzurePolicyEngine.CILIUM_ACNS/);
  expect(() => Cni.azure(AzurePolicyEngine.CILIUM, undefined, {})).toThrow(/Cni.azure: ciliumVersion: given {}/);
});

describe('what a cluster cannot do is an error at the construct', () => {
  const on = (props: PlatformProps, add: (chart: Chart) => void) => () => {
    const app = testApp();
    new Platform(app, 'platform', props);
    add(new Chart(app, 'shop', { namespace: 'shop' }));
    return manifests(app);
  };

  test('a CiliumNetworkPolicy, a CIDR group and a DNS name on Calico', () => {
    const calico = { cni: Cni.calico() };
    expect(on(calico, c => new CiliumNetworkPolicy(c, 'p', { name: 'p', endpointSelector: LabelSelector.all(), ingress: [{}] }))).toThrow(/shop\/p \(CiliumNetworkPolicy\): platform: given a CiliumNetworkPolicy on Calico/);
    expect(on(calico, c => new CidrGroup(c, 'g', { externalCidrs: ['10.0.0.0/8'] }))).toThrow(/List the ranges with Peer.cidr/);
    expect(on(calico, c => new AllowFqdn(c, 'f', { from: new Workload(c, 'w', { labels: { a: 'b' } }), names: ['example.com'] }))).toThrow(/AllowInternet/);
  });

  test('a ClusterPolicy on Kyverno 1.20', () => {
    const policy = (kyverno: string) => on({ kyverno }, c => new KyvernoRequireLimits(c, 'limits', { action: PolicyAction.AUDIT }));
    expect(policy('1.20')).toThrow(/1\.20/);
    expect(policy('1.19')).not.toThrow();
  });

  test('any policy on flannel, said once for the app', () => {
    const deny = (cni: Cni) => on({ cni }, c => { new DefaultDeny(c, 'a'); new DefaultDeny(c, 'b', { namespace: 'bank' }); });
    expect(deny(Cni.flannel())).toThrow(/network\/CniEnforcesNothing: .*4 network policies on flannel/);
    expect(() => deny(Cni.flannel())()).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/CniEnforcesNothing[\s\S]*CniEnforcesNothing/) }));
    expect(deny(Cni.calico())).not.toThrow();
  });
});
