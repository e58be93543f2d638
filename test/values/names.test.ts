import fc from 'fast-check';
import {
  dnsLabelProblem, dnsSubdomainProblem, objectNameProblem, portNameProblem, rfc1035LabelProblem, serviceAccountNameProblem,
} from '../../src/values/names';
import { Problem } from '../../src/values/problem';

type Check = (name: string) => Problem | undefined;

const CHECKS: [string, Check, string[], string[]][] = [
  ['dnsLabelProblem', dnsLabelProblem,
    ['a', '0', 'web', 'web-1', '1-web', 'a--b', 'x'.repeat(63)],
    ['', '-', '-a', 'a-', 'A', 'a.b', 'a_b', 'a b', 'é', 'a\n', 'x'.repeat(64)]],
  ['dnsSubdomainProblem', dnsSubdomainProblem,
    ['a', 'a.b', 'a-1.b-2', 'x'.repeat(253)],
    ['', '.', '.a', 'a.', 'a..b', 'a.-b', 'A.b', 'a_b', 'x'.repeat(254)]],
  ['objectNameProblem', objectNameProblem,
    ['allow-dns', 'a.b', 'x'.repeat(63)],
    ['', 'Allow', 'allow:dns', 'x'.repeat(64)]],
  ['rfc1035LabelProblem', rfc1035LabelProblem,
    ['a', 'web-1', 'x'.repeat(63)],
    ['', '1a', 'a-', 'a.b', 'x'.repeat(64)]],
  ['portNameProblem', portNameProblem,
    ['http', 'a', '8a', 'http-metrics', 'x'.repeat(15)],
    ['', '80', 'http-', '-http', 'a--b', 'HTTP', 'http_1', '1-2', 'x'.repeat(16)]],
  ['serviceAccountNameProblem', serviceAccountNameProblem,
    ['default', 'team.robot', 'x'.repeat(253)],
    ['Default', 'a_b']],
];

describe.each(CHECKS)('%s', (_name, check, valid, invalid) => {
  test.each(valid)('takes %p', (name) => {
    expect(check(name)).toBeUndefined();
  });

  test.each(invalid)('refuses %p', (name) => {
    expect(check(name)).toMatchObject({ allowed: expect.stringContaining('characters') });
  });

  test('refuses what is no string', () => {
    expect(check(undefined as unknown as string)).toMatchObject({ given: 'nothing' });
    expect(check(7 as unknown as string)?.mend).toContain('quotes');
  });

  test('proposes only names that it takes itself', () => {
    const parts = fc.array(fc.constantFrom('a', 'B', '7', '-', '_', '.', ' ', '/', 'é', 'web'), { maxLength: 12 });
    fc.assert(fc.property(parts, (words) => {
      const mend = check(words.join(''))?.mend ?? '';
      const proposal = /^Write '(.*)'\.$/.exec(mend)?.[1];
      expect(proposal === undefined ? undefined : check(proposal)).toBeUndefined();
    }));
  });
});

test.each([
  ['My_App', 'Write \'my-app\'.'],
  [' web ', 'Write \'web\'.'],
  ['-web-', 'Write \'web\'.'],
  ['a.b', 'Write \'a-b\'.'],
  ['__', 'Choose another name.'],
  ['x'.repeat(64), 'Shorten it to 63 characters, from 64.'],
  ['münchen', 'Write it in the letters a to z.'],
])('proposes what is nearest to %p', (name, mend) => {
  expect(dnsLabelProblem(name)?.mend).toBe(mend);
});

test('keeps the dots of a subdomain', () => {
  expect(dnsSubdomainProblem('Example..Com')?.mend).toBe('Write \'example.com\'.');
});

test('takes a shorter limit for labels that something is added to', () => {
  expect(dnsLabelProblem('abcdef', 6)).toBeUndefined();
  expect(dnsLabelProblem('abcdefg', 6)?.mend).toBe('Shorten it to 6 characters, from 7.');
});
