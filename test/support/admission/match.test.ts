import { callOf, Request } from './call';
import { kindMatches } from './kind-selector';
import { ruleApplies } from './match';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'team-a', labels: { app: 'web' }, annotations: { 'x/y': 'z' } } };
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a', labels: { managed: 'true' } } };

const applies = (rule: object, request: Partial<Request> = {}): boolean => (
  ruleApplies({ name: 'r', ...rule }, callOf({ object: pod, ...request }, [namespace]))
);
const matched = (resources: object, request?: Partial<Request>): boolean => applies({ match: { any: [{ resources }] } }, request);

describe('kinds', () => {
  const deployment = { group: 'apps', version: 'v1', kind: 'Deployment', subresource: '' };

  test.each([
    ['Deployment', true], ['v1/Deployment', true], ['apps/v1/Deployment', true], ['apps/*/Deployment', true], ['*/Deployment', true],
    ['*', true], ['*/*', true], ['Deploy*', true], ['v2/Deployment', false], ['batch/v1/Deployment', false], ['Pod', false],
    ['Deployment/scale', false], ['Deployment.scale', false],
  ])('%s selects a Deployment: %p', (kind, expected) => expect(kindMatches(kind, deployment)).toBe(expected));

  test.each([['Deployment', false], ['Deployment/scale', true], ['Deployment.scale', true], ['apps/v1/Deployment/scale', true],
    ['v1/Deployment/scale', true], ['*/scale', true], ['*/*', true], ['apps/v1/Deployment.status', false]])(
    '%s selects the scale of a Deployment: %p',
    (kind, expected) => expect(kindMatches(kind, { ...deployment, subresource: 'scale' })).toBe(expected),
  );

  test('Pod also stands for the ephemeral containers of a pod, and for no other subresource', () => {
    const core = { group: '', version: 'v1', kind: 'Pod' };
    expect(kindMatches('Pod', { ...core, subresource: 'ephemeralcontainers' })).toBe(true);
    expect(kindMatches('Pod', { ...core, subresource: 'exec' })).toBe(false);
  });
});

describe('resources', () => {
  test.each<[object, boolean]>([
    [{ kinds: ['Pod'] }, true], [{ kinds: ['Service', 'Pod'] }, true], [{ kinds: ['Service'] }, false],
    [{ kinds: ['Pod'], name: 'web-*' }, true], [{ kinds: ['Pod'], names: ['db', 'web-?'] }, true], [{ kinds: ['Pod'], names: ['db'] }, false],
    [{ kinds: ['Pod'], namespaces: ['team-*'] }, true], [{ kinds: ['Pod'], namespaces: ['kube-*'] }, false],
    [{ kinds: ['Pod'], selector: { matchLabels: { app: 'w*' } } }, true], [{ kinds: ['Pod'], selector: { matchLabels: { app: 'db' } } }, false],
    [{ kinds: ['Pod'], selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] } }, true],
    [{ kinds: ['Pod'], selector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }, false],
    [{ kinds: ['Pod'], annotations: { 'x/*': '?' } }, true], [{ kinds: ['Pod'], annotations: { 'x/*': 'a' } }, false],
    [{ kinds: ['Pod'], operations: ['CREATE'] }, true], [{ kinds: ['Pod'], operations: ['DELETE'] }, false],
    [{ kinds: ['Pod'], namespaceSelector: { matchLabels: { managed: 'true' } } }, true],
    [{ kinds: ['Pod'], namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'team-a' } } }, true],
    [{ kinds: ['Pod'], namespaceSelector: { matchExpressions: [{ key: 'managed', operator: 'In', values: ['false'] }] } }, false],
  ])('%j on the pod is %p', (resources, expected) => expect(matched(resources)).toBe(expected));

  test('generateName stands in for a missing name', () => {
    const object = { ...pod, metadata: { generateName: 'web-', namespace: 'team-a' } };
    expect(matched({ kinds: ['Pod'], names: ['web-*'] }, { object })).toBe(true);
  });

  test('namespaces tests the own name of a Namespace, and namespaceSelector never matches one', () => {
    expect(matched({ kinds: ['Namespace'], namespaces: ['team-a'] }, { object: namespace })).toBe(true);
    expect(matched({ kinds: ['Namespace'], namespaceSelector: { matchLabels: { managed: 'true' } } }, { object: namespace })).toBe(false);
  });

  test('labels of a namespace that the test does not give are not guessed', () => {
    const object = { ...pod, metadata: { name: 'p', namespace: 'elsewhere' } };
    const resources = { kinds: ['Pod'], namespaceSelector: { matchLabels: { managed: 'true' } } };
    expect(() => matched(resources, { object })).toThrow(/'elsewhere'.*namespaceLabels/);
    expect(matched(resources, { object, namespaceLabels: { managed: 'true' } })).toBe(true);
  });
});

describe('blocks', () => {
  const pods = { resources: { kinds: ['Pod'] } };
  const services = { resources: { kinds: ['Service'] } };
  const web = { resources: { kinds: ['Pod'], names: ['web-*'] } };

  test('any is an OR, all an AND, a direct block a single filter', () => {
    expect(applies({ match: { any: [services, pods] } })).toBe(true);
    expect(applies({ match: { all: [services, pods] } })).toBe(false);
    expect(applies({ match: { all: [web, pods] } })).toBe(true);
    expect(applies({ match: pods })).toBe(true);
    expect(applies({ match: {} })).toBe(false);
  });

  test('exclude takes away, with all only what every filter names', () => {
    expect(applies({ match: pods, exclude: { any: [services, web] } })).toBe(false);
    expect(applies({ match: pods, exclude: { all: [services, web] } })).toBe(true);
    expect(applies({ match: pods, exclude: { all: [pods, web] } })).toBe(false);
    expect(applies({ match: pods, exclude: web })).toBe(false);
    expect(applies({ match: pods, exclude: {} })).toBe(true);
  });
});

describe('users', () => {
  const by = (subject: object): object => ({ match: { any: [{ resources: { kinds: ['Pod'] }, subjects: [subject] }] } });
  const userInfo = { serviceAccount: { namespace: 'flux-system', name: 'kustomize' }, roles: ['team-a:edit'], clusterRoles: ['view'] };

  test.each<[object, boolean]>([
    [{ kind: 'ServiceAccount', namespace: 'flux-system', name: 'kustomize' }, true],
    [{ kind: 'ServiceAccount', namespace: 'team-a', name: 'kustomize' }, false],
    [{ kind: 'Group', name: 'system:serviceaccounts:flux-system' }, true], [{ kind: 'Group', name: 'system:masters' }, false],
    [{ kind: 'User', name: 'system:serviceaccount:*' }, true], [{ kind: 'User', name: 'jane' }, false],
  ])('%j is %p', (subject, expected) => expect(applies(by(subject), { userInfo })).toBe(expected));

  test('roles are compared as they are bound', () => {
    const rule = (extra: object): object => ({ match: { any: [{ resources: { kinds: ['Pod'] }, ...extra }] } });
    expect(applies(rule({ roles: ['team-a:edit'] }), { userInfo })).toBe(true);
    expect(applies(rule({ clusterRoles: ['cluster-admin'] }), { userInfo })).toBe(false);
    expect(() => applies(rule({ roles: ['team-a:edit'] }), { userInfo: { username: 'jane' } })).toThrow(/roles/);
  });

  test('nobody is guessed', () => {
    expect(() => applies(by({ kind: 'User', name: 'jane' }))).toThrow(/say in the test who asks/);
  });
});

test('an UPDATE needs the state before', () => {
  expect(() => applies({ match: {} }, { operation: 'UPDATE' })).toThrow(/oldObject/);
});
