import { type FormatName, FORMATS } from '../../../src/checks/schema/formats';

test.each<[FormatName, readonly string[], readonly string[]]>([
  ['abort-or-warn', ['', 'abort', 'WARN'], ['stop']],
  ['base64', ['', 'aGk=', 'aGk=\n', 'YQ=='], ['a', 'aGk', 'a*==']],
  ['cidr', ['10.0.0.0/8', '10.1.2.3/8', '::/0', '0.0.0.0/0'], ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'fe80::1%eth0/64', '/8', '']],
  ['cilium-port', ['80', '99999', '80/TCP', 'http', '-http', 'a-1', '5gc'], ['', '-', 'http-', 'ht--1', '*', 'a/']],
  ['cilium-server-name', ['a.example', '*.example.com', '**.example.com', 'a_b', 'a.'], ['', '*', 'a.*.com', 'sub*.a.com', '***.a', '.']],
  ['config-key', ['values.yaml', 'A_b-c'], ['', 'a/b']],
  ['date-time', ['2027-01-31T12:00:00Z', '2027-01-31t12:00:00.123+01:00'], ['2027-01-31', '2027-01-31 12:00:00', '']],
  ['dns-name', ['a', 'a.b', 'a.b.', 'A_b-c'], ['', '.', 'a..b', '*.b', 'a b']],
  ['dns-pattern', ['*', '*.a', 'a*b.c.', '**.a'], ['', '.a', 'a..b', 'a/b']],
  ['dns-subdomain', ['a', 'a.b-c.1'], ['', 'A', 'a.', '-a', 'a-.b']],
  ['domain-name', ['a.b', '*.a.b', 'a.b.', 'a_b.c'], ['', 'a', '*.a', '*', 'a..b', '-a.b', 'a-.b']],
  ['flux-duration', ['5m', '1h30m', '1.5h', '100ms'], ['', '5', '1d', 'm', '-5m', '5 m']],
  ['flux-git-timeout', ['60s', '1m30s'], ['1h']],
  ['git-url', ['https://a', 'ssh://git@a/b'], ['git@a:b', 'oci://a', 'file:///a']],
  ['helm-path', ['a.b[0]', 'a\\.b/c'], ['', 'a[x]', 'a[123456]', 'a b']],
  ['helm-url', ['https://a', 'oci://a'], ['a', 'ssh://a']],
  ['icmp-type', ['0', '255', 'EchoRequest', 'ExtendedEcho Reply'], ['256', '08', 'echo', '', '-1']],
  ['ipv4', ['10.0.0.1'], ['10.0.0', '::1', '010.0.0.1']],
  ['ipv4-cidr', ['10.0.0.0/8'], ['::/0', '10.0.0.0']],
  ['label-value', ['', 'a', 'a.b-c_D', '1'], ['-a', 'a-', 'a b', 'a/b']],
  ['no-control', ['', 'a ü 語'], ['a\nb', '\u0000']],
  ['oci-url', ['oci://a'], ['https://a']],
  ['prometheus-duration', ['0', '1y2w3d4h5m6s7ms', '5m', ''], ['5', '1m1h', '1.5h']],
])('%s', (name, taken, refused) => {
  expect(taken.filter(text => !FORMATS[name].matches(text))).toEqual([]);
  expect(refused.filter(text => FORMATS[name].matches(text))).toEqual([]);
});

test('no format takes more than linear time', () => {
  const texts = ['a', '-', '1', '*', 'a.', '1m', 'a-', '[1]', 'aA0_'].map(part => `${part.repeat(50_000)}!`);
  const start = performance.now();
  for (const { matches } of Object.values(FORMATS)) for (const text of texts) matches(text);
  expect(performance.now() - start).toBeLessThan(2000);
});
