import { tenantOf } from '../../src/target/tenant-of';

test.each<[string, Record<string, string> | undefined, string | undefined, string | undefined]>([
  ['what the label says', { 'platform.io/team': 'a', 'toolkit.fluxcd.io/tenant': 'b', 'platform.io/managed': 'true' }, undefined, 'a'],
  ['what another label says', { 'platform.io/team': 'a', 'team': 'c' }, 'team', 'c'],
  ['what Flux says', { 'toolkit.fluxcd.io/tenant': 'b', 'platform.io/managed': 'true' }, undefined, 'b'],
  ['itself, in the care of the platform', { 'platform.io/managed': 'true' }, undefined, 'shop'],
  ['nobody', { 'platform.io/managed': 'false', 'constructor': 'x' }, undefined, undefined],
  ['nobody of whom nothing is known', undefined, undefined, undefined],
  ['nobody by a name that every object has', {}, 'constructor', undefined],
])('a namespace is of %s', (_, labels, label, expected) => {
  expect(tenantOf('shop', labels, label)).toBe(expected);
});
