import { kindLike, knownKinds, knowsGroup } from '../../src/values/known-kinds';

test('a kind is known with its groups and scope', () => {
  expect(knownKinds('Pod')).toEqual([{ group: '', kind: 'Pod', namespaced: true }]);
  expect(knownKinds('Namespace')).toEqual([{ group: '', kind: 'Namespace', namespaced: false }]);
  expect(knownKinds('NetworkPolicy').map(({ group }) => group)).toEqual(['networking.k8s.io', 'crd.projectcalico.org', 'projectcalico.org', 'crd.antrea.io']);
  expect(knownKinds('Widget')).toEqual([]);
  expect(knownKinds('constructor')).toEqual([]);
});

test('the groups of Kubernetes are known whole, and those of others are not', () => {
  expect(['', 'apps', 'networking.k8s.io'].every(knowsGroup)).toBe(true);
  expect(['acme.io', 'cilium.io', 'gateway.networking.k8s.io', 'toString'].some(knowsGroup)).toBe(false);
});

test.each([['Deploymnet', 'Deployment'], ['pods', 'Pod'], ['networkpolicy', 'NetworkPolicy'], ['Ciliumnetworkpolicies', 'CiliumNetworkPolicy'], ['Widget', undefined]])(
  '%s is like %s', (text, kind) => {
    expect(kindLike(text)).toBe(kind);
  },
);
