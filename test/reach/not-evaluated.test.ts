import { Cluster } from '../../src/reach';
import { namespace, pod } from '../support/reach';

const web = pod('shop', { app: 'web' }, { name: 'web' });
const leftOut = (...objects: object[]) => Cluster.fromManifests([web, ...objects]).leftOut.map(({ text }) => text);
const named = (apiVersion: string, kind: string, name: string, spec: object = {}) => ({ apiVersion, kind, metadata: { name, namespace: 'shop' }, spec });

const generate = (rule: object, matched: object = { resources: { kinds: ['Namespace'] } }) => ({
  apiVersion: 'kyverno.io/v1',
  kind: 'ClusterPolicy',
  metadata: { name: 'defaults' },
  spec: { rules: [{ name: 'make', match: { any: [matched] }, generate: rule }] },
});
const denyAll = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  name: 'default-deny',
  namespace: '{{request.object.metadata.name}}',
  data: { spec: { podSelector: {}, policyTypes: ['Ingress'] } },
};

describe('what is not evaluated is told', () => {
  test('of a service mesh, once for all of its policies', () => {
    expect(leftOut(named('security.istio.io/v1', 'AuthorizationPolicy', 'deny-all')))
      .toEqual(['AuthorizationPolicy shop/deny-all is not evaluated: a service mesh may deny what is allowed here']);
    expect(leftOut(named('security.istio.io/v1beta1', 'AuthorizationPolicy', 'a'), named('security.istio.io/v1', 'PeerAuthentication', 'b')))
      .toEqual(['AuthorizationPolicy shop/a and 1 more are not evaluated: a service mesh may deny what is allowed here']);
  });

  test('and not of kinds of that name in another group, nor of others of a mesh', () => {
    expect(leftOut(named('example.com/v1', 'AuthorizationPolicy', 'a'), named('networking.istio.io/v1', 'VirtualService', 'b'))).toEqual([]);
  });

  test('of rules of Kyverno that make policies', () => {
    const note = 'ClusterPolicy defaults is said to make policies in the cluster: answers are as if those were not there';
    expect(leftOut(generate(denyAll))).toEqual([note]);
    expect(leftOut(namespace('shop'), generate(denyAll))).toEqual([note]);
    expect(leftOut(generate({ cloneList: { kinds: ['cilium.io/v2/CiliumNetworkPolicy'], namespace: 'default' } }))).toEqual([note]);
    expect(leftOut(named('policies.kyverno.io/v1', 'GeneratingPolicy', 'g', { variables: [{ name: 'np', expression: '{"kind": dyn("NetworkPolicy")}' }] })))
      .toHaveLength(1);
  });

  test('and not of those that make other things, or for no Namespace of the set', () => {
    expect(leftOut(generate({ ...denyAll, apiVersion: 'v1', kind: 'ConfigMap' }))).toEqual([]);
    expect(leftOut(namespace('shop'), generate(denyAll, { resources: { kinds: ['Namespace'], names: ['bank'] } }))).toEqual([]);
  });
});
