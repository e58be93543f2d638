import fc from 'fast-check';
import {
  annotationKeyProblem, ciliumLabelKeyProblem, labelKeyProblem, labelsProblem, labelValueProblem,
} from '../../src/values/labels';

test.each([
  'app', 'App', 'a', '0', 'app.kubernetes.io/name', 'a.b/c', 'a_b.c-d', 'x'.repeat(63), `${'x'.repeat(253)}/${'y'.repeat(63)}`,
])('takes the key %p', (key) => {
  expect(labelKeyProblem(key)).toBeUndefined();
});

test.each([
  '', '/', 'a/', '/a', 'a/b/c', '-a', 'a-', 'a b', 'Upper.com/a', 'a_b/c', 'k8s:app', 'x'.repeat(64), `${'x'.repeat(254)}/y`,
])('refuses the key %p', (key) => {
  expect(labelKeyProblem(key)).toMatchObject({ mend: expect.stringMatching(/\.$/) });
});

test.each(['', 'web', 'Web', '1', 'v1.2_3-4', 'x'.repeat(63)])('takes the value %p', (value) => {
  expect(labelValueProblem(value)).toBeUndefined();
});

test.each(['-', 'a-', '.a', 'a b', 'a/b', 'é', 'x'.repeat(64)])('refuses the value %p', (value) => {
  expect(labelValueProblem(value)).toMatchObject({ given: JSON.stringify(value) });
});

test.each([[1, '1'], [true, 'true']])('asks to quote %p', (value, text) => {
  expect(labelValueProblem(value as unknown as string)?.mend).toBe(`Quote it: '${text}'.`);
});

test('refuses keys and values that are not there', () => {
  expect(labelKeyProblem(undefined as unknown as string)).toMatchObject({ given: 'nothing' });
  expect(labelValueProblem(null as unknown as string)).toMatchObject({ given: 'null' });
});

test('proposes only values that it takes itself', () => {
  const words = fc.array(fc.constantFrom('a', 'B', '-', '_', '.', ' ', '/', 'é'), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(words, (parts) => {
    const proposal = /^Write '(.*)'\.$/.exec(labelValueProblem(parts.join(''))?.mend ?? '')?.[1];
    expect(proposal === undefined ? undefined : labelValueProblem(proposal)).toBeUndefined();
  }));
});

test.each([
  ['a.b/c d', 'Write \'a.b/c-d\'.'],
  ['Upper.com/a', 'Before the \'/\': Write \'upper.com\'.'],
  ['a/b/c', 'Use one \'/\' at most.'],
  ['x'.repeat(64), 'Shorten it to 63 characters, from 64.'],
  ['--', 'Use a letter or digit at least.'],
  ['größe', 'Write it in the letters a to z.'],
])('mends the key %p', (key, mend) => {
  expect(labelKeyProblem(key)?.mend).toBe(mend);
});

test('takes a map of labels, and an empty one', () => {
  expect(labelsProblem({ 'app': 'web', 'a.b/c': '' })).toBeUndefined();
  expect(labelsProblem({})).toBeUndefined();
});

test('names the key of the first label that is wrong', () => {
  expect(labelsProblem({ app: 'web', tier: 'a b', team: '-' })).toMatchObject({ given: '{"tier":"a b"}', allowed: expect.stringContaining('tier') });
  expect(labelsProblem({ 'a b': 'web' })).toMatchObject({ given: '"a b"' });
});

test('reads the keys of annotations in lower case', () => {
  expect(annotationKeyProblem('Example.com/Reason')).toBeUndefined();
  expect(annotationKeyProblem('Example_com/Reason')).toMatchObject({ given: '"Example_com/Reason"' });
});

test('knows the sources of Cilium label keys', () => {
  expect(ciliumLabelKeyProblem('k8s:app.kubernetes.io/name')).toBeUndefined();
  expect(ciliumLabelKeyProblem('reserved:host')).toBeUndefined();
  expect(ciliumLabelKeyProblem('app')).toBeUndefined();
  expect(ciliumLabelKeyProblem('k8s:')).toBeDefined();
  expect(ciliumLabelKeyProblem('k8s:a b')).toBeDefined();
});
