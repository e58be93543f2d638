import { check } from '../../src/checks/check';
import type { Finding, Located } from '../../src/checks/finding';
import { CNI_NAMES } from '../../src/target/cni-names';
import { targetOf } from '../../src/target/target-of';

const networkPolicy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } };
const ciliumPolicy = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', spec: { endpointSelector: {}, ingress: [{}] } };
const clusterPolicy = { ...ciliumPolicy, kind: 'CiliumClusterwideNetworkPolicy', spec: { endpointSelector: { matchLabels: { a: 'b' } }, ingress: [{}] } };
const calicoPolicy = { apiVersion: 'crd.projectcalico.org/v1', kind: 'NetworkPolicy', spec: { selector: 'all()' } };

function findings(cni: string, ...policies: object[]): Finding[] {
  const objects = policies.map((policy, index) => ({ object: { ...policy, metadata: { name: `p${index}`, namespace: 'shop' } }, source: { file: 'a.yaml' } }) as Located);
  return check(objects, targetOf({ cni })).filter(({ id }) => /^network\/C(ni|ilium)/.test(id));
}

const told = (cni: string, ...policies: object[]) => findings(cni, ...policies).map(({ id, found }) => `${id}: ${found}`);

describe('a CNI that enforces nothing', () => {
  test('is one finding, whatever the number and kinds of the policies, and says how to mend it', () => {
    expect(told('flannel', networkPolicy)).toEqual(['network/CniEnforcesNothing: a network policy on flannel']);
    const [finding, ...more] = findings('flannel', networkPolicy, ciliumPolicy, clusterPolicy);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', found: '3 network policies on flannel', mend: expect.stringMatching(/^Install a CNI that enforces policies/) });
  });

  test('is none where nothing is to be enforced', () => {
    expect(told('flannel')).toEqual([]);
    expect(told('flannel', calicoPolicy, { apiVersion: 'v1', kind: 'ConfigMap' })).toEqual([]);
  });
});

describe('a CNI that is not Cilium', () => {
  test('is one finding for all Cilium policies', () => {
    expect(told('calico', ciliumPolicy)).toEqual(['network/CiliumPolicyIgnored: a Cilium policy on Calico']);
    expect(told('calico', networkPolicy, ciliumPolicy, clusterPolicy)).toEqual(['network/CiliumPolicyIgnored: 2 Cilium policies on Calico']);
  });

  test('is none for NetworkPolicies', () => {
    expect(told('calico', networkPolicy, calicoPolicy)).toEqual([]);
  });
});

test('Cilium enforces them all', () => {
  expect(told('cilium', networkPolicy, ciliumPolicy, clusterPolicy)).toEqual([]);
});

test.each(CNI_NAMES)('%s has at most one finding about what it enforces', cni => {
  expect(findings(cni, networkPolicy, ciliumPolicy).length).toBeLessThanOrEqual(1);
});

describe('agents of Cilium that are told how to enforce', () => {
  const found = (policyEnforcementMode: string, ...objects: object[]) => check(
    objects.map(object => ({ object, source: { file: 'a.yaml' } }) as Located), targetOf({ cilium: { policyEnforcementMode } }),
  );
  const named = { ...networkPolicy, metadata: { name: 'p', namespace: 'shop' } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } }, spec: { containers: [{ name: 'a', image: 'example.com/a:1' }] } };

  test('never enforce nothing', () => {
    const nothing = expect.objectContaining({
      id: 'network/CniEnforcesNothing', found: 'a network policy on Cilium', mend: 'Set `policyEnforcementMode` of the agents to `default`.',
    }) as Finding;
    expect(found('never', named)).toContainEqual(nothing);
    expect(found('always', named)).not.toContainEqual(nothing);
  });

  test('always leave nobody without a default deny', () => {
    expect(found('default', pod).map(({ id }) => id)).toContain('network/NoDefaultDeny');
    expect(found('always', pod).map(({ id }) => id)).not.toContain('network/NoDefaultDeny');
  });
});
