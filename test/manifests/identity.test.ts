import { describeSource } from '../../src/manifests/describe-source';
import { displayName, identityOf } from '../../src/manifests/identity';

const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', namespace: 'shop' } };

describe('the identity of an object', () => {
  test.each([
    ['another version of the group', { ...policy, apiVersion: 'networking.k8s.io/v1beta1' }],
    ['another content', { ...policy, spec: {} }],
    ['other labels', { ...policy, metadata: { ...policy.metadata, labels: { a: 'b' } } }],
  ])('is the same with %s', (_, other) => expect(identityOf(other)).toBe(identityOf(policy)));

  test.each([
    ['group', { ...policy, apiVersion: 'crd.projectcalico.org/v1' }],
    ['group, the core one', { ...policy, apiVersion: 'v1' }],
    ['kind', { ...policy, kind: 'Ingress' }],
    ['namespace', { ...policy, metadata: { name: 'deny', namespace: 'bank' } }],
    ['namespace, none', { ...policy, metadata: { name: 'deny' } }],
    ['name', { ...policy, metadata: { name: 'allow', namespace: 'shop' } }],
  ])('is another with another %s', (_, other) => expect(identityOf(other)).not.toBe(identityOf(policy)));

  test('exists of an object that is half-written', () => {
    expect([identityOf({}), identityOf({ kind: 'Pod', metadata: {} })]).toEqual(['///', '/Pod//']);
  });
});

test('an object is displayed as kubectl would be asked for it', () => {
  expect([displayName(policy), displayName({ kind: 'Namespace', metadata: { name: 'shop' } }), displayName({ kind: 'Pod', metadata: { namespace: 'shop' } }), displayName({})])
    .toEqual(['NetworkPolicy shop/deny', 'Namespace shop', 'Pod shop/(without a name)', 'object (without a name)']);
});

test('a source is a construct path, or as much of file, line and column as is known', () => {
  const sources = [{ constructPath: 'a/b' }, { constructPath: 'a/b', file: 'f.yaml' }, { file: 'f.yaml', line: 3, column: 5 }, { file: 'f.yaml', line: 3 }, { file: 'f.yaml' }, {}];
  expect(sources.map(describeSource)).toEqual(['a/b', 'a/b', 'f.yaml:3:5', 'f.yaml:3', 'f.yaml', 'an object']);
});
