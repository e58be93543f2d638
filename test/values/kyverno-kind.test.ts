import { kindProblem, parseKind } from '../../src/values/kyverno-kind';

test.each([
  ['Pod', { group: '*', version: '*', kind: 'Pod' }],
  ['v1/Pod', { group: '', version: 'v1', kind: 'Pod' }],
  ['*/Pod', { group: '*', version: '*', kind: 'Pod' }],
  ['apps/v1/Deployment', { group: 'apps', version: 'v1', kind: 'Deployment' }],
  ['apps/*/Deployment', { group: 'apps', version: '*', kind: 'Deployment' }],
  ['cilium.io/v2alpha1/CiliumNodeConfig', { group: 'cilium.io', version: 'v2alpha1', kind: 'CiliumNodeConfig' }],
  ['Pod/exec', { group: '*', version: '*', kind: 'Pod', subresource: 'exec' }],
  ['Pod.exec', { group: '*', version: '*', kind: 'Pod', subresource: 'exec' }],
  ['v1/Pod/exec', { group: '', version: 'v1', kind: 'Pod', subresource: 'exec' }],
  ['apps/v1/Deployment/scale', { group: 'apps', version: 'v1', kind: 'Deployment', subresource: 'scale' }],
  ['*/scale', { group: '*', version: '*', kind: '*', subresource: 'scale' }],
  ['*/*', { group: '*', version: '*', kind: '*', subresource: '*' }],
  ['*', { group: '*', version: '*', kind: '*' }],
])('%s is read as group, version, kind and subresource', (text, expected) => {
  expect(parseKind(text)).toEqual(expected);
  expect(kindProblem(text)).toBeUndefined();
});

test.each([
  'pods', 'pod', '', 'v1/pods', 'apps/v1', 'networking.k8s.io/NetworkPolicy', 'apps/v1/Deployment/scale/x', 'Pod/', 'Pod.exec/exec', 'Apps/v1/Deployment',
])('%p is no kind', text => {
  expect(parseKind(text)).toBeUndefined();
  expect(kindProblem(text)?.mend).toMatch(/singular/);
});
