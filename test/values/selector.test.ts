import fc from 'fast-check';
import { ciliumLabelKeyProblem } from '../../src/values/labels';
import {
  parseSelector, Selector, selectorContradicts, selectorIsEmpty, selectorMatches, selectorProblem, SelectorRequirement, selectorToString,
} from '../../src/values/selector';

const only = (requirement: SelectorRequirement): Selector => ({ matchExpressions: [requirement] });

describe('matching', () => {
  test.each<[string, Selector, Record<string, string>, boolean]>([
    ['nothing required', {}, {}, true],
    ['empty maps and lists', { matchLabels: {}, matchExpressions: [] }, { a: '1' }, true],
    ['a label', { matchLabels: { app: 'web' } }, { app: 'web', tier: 'front' }, true],
    ['another value', { matchLabels: { app: 'web' } }, { app: 'api' }, false],
    ['two labels, one missing', { matchLabels: { app: 'web', tier: 'front' } }, { app: 'web' }, false],
    ['an empty value needs the key', { matchLabels: { app: '' } }, {}, false],
    ['an empty value', { matchLabels: { app: '' } }, { app: '' }, true],
    ['In', only({ key: 'app', operator: 'In', values: ['a', 'b'] }), { app: 'b' }, true],
    ['In without the key', only({ key: 'app', operator: 'In', values: ['a'] }), {}, false],
    ['NotIn', only({ key: 'app', operator: 'NotIn', values: ['a'] }), { app: 'a' }, false],
    ['NotIn without the key', only({ key: 'app', operator: 'NotIn', values: ['a'] }), {}, true],
    ['Exists', only({ key: 'app', operator: 'Exists' }), { app: '' }, true],
    ['Exists without the key', only({ key: 'app', operator: 'Exists' }), {}, false],
    ['DoesNotExist', only({ key: 'app', operator: 'DoesNotExist' }), { app: '' }, false],
    ['labels and expressions', { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'x', operator: 'Exists' }] }, { app: 'web' }, false],
    ['keys of Object itself', only({ key: 'constructor', operator: 'Exists' }), {}, false],
  ])('%s', (_name, selector, labels, expected) => {
    expect(selectorMatches(selector, labels)).toBe(expected);
  });

  test('takes the nulls of YAML as left out', () => {
    const selector = { matchLabels: null, matchExpressions: [{ key: 'a', operator: 'Exists', values: null }] } as unknown as Selector;
    expect(selectorMatches(selector, { a: '1' })).toBe(true);
    expect(selectorProblem(selector)).toBeUndefined();
  });
});

describe('problems', () => {
  test.each<[Selector]>([
    [{}],
    [{ matchLabels: { 'app.kubernetes.io/name': 'web' } }],
    [only({ key: 'a', operator: 'In', values: ['', 'b'] })],
    [only({ key: 'a', operator: 'Exists', values: [] })],
  ])('none in %j', (selector) => {
    expect(selectorProblem(selector)).toBeUndefined();
  });

  test.each<[Selector, string]>([
    [{ matchLabels: { 'a b': 'c' } }, 'Write \'a-b\'.'],
    [{ matchLabels: { a: 'b c' } }, 'Write \'b-c\'.'],
    [{ matchLabels: { a: true as unknown as string } }, 'Quote it: \'true\'.'],
    [only({ key: 'a', operator: 'In' }), 'List the values, or use Exists or DoesNotExist.'],
    [only({ key: 'a', operator: 'NotIn', values: [] }), 'List the values, or use Exists or DoesNotExist.'],
    [only({ key: 'a', operator: 'In', values: ['b c'] }), 'Write \'b-c\'.'],
    [only({ key: 'a', operator: 'In', values: 'b' as unknown as string[] }), 'Write the values as a list, even when there is one.'],
    [only({ key: 'a', operator: 'Exists', values: ['b'] }), 'Leave the values out, or use In.'],
    [only({ key: 'a', operator: 'DoesNotExist', values: ['b'] }), 'Leave the values out, or use NotIn.'],
    [only({ key: 'a', operator: 'in' as 'In', values: ['b'] }), 'Use one of them, spelled exactly so.'],
    [only({ key: '', operator: 'Exists' }), 'Use a letter or digit at least.'],
  ])('in %j', (selector, mend) => {
    expect(selectorProblem(selector)?.mend).toBe(mend);
  });

  test('takes the keys that another reader of selectors knows', () => {
    const selector = { matchLabels: { 'k8s:app': 'web' } };
    expect(selectorProblem(selector)).toBeDefined();
    expect(selectorProblem(selector, ciliumLabelKeyProblem)).toBeUndefined();
  });
});

describe('text', () => {
  test.each<[Selector, string]>([
    [{}, ''],
    [{ matchLabels: { b: '2', a: '1' } }, 'a=1,b=2'],
    [only({ key: 'a', operator: 'In', values: ['1'] }), 'a=1'],
    [only({ key: 'a', operator: 'In', values: ['2', '1', '2'] }), 'a in (1,2)'],
    [only({ key: 'a', operator: 'NotIn', values: ['1'] }), 'a!=1'],
    [only({ key: 'a', operator: 'NotIn', values: ['2', '1'] }), 'a notin (1,2)'],
    [{ matchExpressions: [{ key: 'b', operator: 'DoesNotExist' }, { key: 'a', operator: 'Exists' }] }, 'a,!b'],
    [{ matchLabels: { a: '1' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['1'] }] }, 'a=1'],
  ])('prints %j', (selector, text) => {
    expect(selectorToString(selector)).toBe(text);
  });

  test.each<[string, Selector]>([
    ['', {}],
    [' app = web , tier==front ', { matchLabels: { app: 'web', tier: 'front' } }],
    ['a in (1, 2),b notin (3),c!=4', {
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['1', '2'] },
        { key: 'b', operator: 'NotIn', values: ['3'] },
        { key: 'c', operator: 'NotIn', values: ['4'] },
      ],
    }],
    ['a,! b', { matchExpressions: [{ key: 'a', operator: 'Exists' }, { key: 'b', operator: 'DoesNotExist' }] }],
    ['a=', { matchLabels: { a: '' } }],
    ['a in (,b)', only({ key: 'a', operator: 'In', values: ['', 'b'] })],
    ['a=1,a=2', { matchLabels: { a: '1' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['2'] }] }],
  ])('reads %p', (text, selector) => {
    expect(parseSelector(text)).toEqual({ selector });
  });

  test.each([
    ',', 'a,', 'a=1,,b=2', '=', 'a===1', 'a>1', 'a in', 'a in b', 'a in (b', 'a in b)', 'a in ()', 'a b', '!a=b', 'a=b c', 'a=-', '-=a', 'in (a)',
  ])('refuses %p', (text) => {
    expect(parseSelector(text).problem).toMatchObject({ allowed: expect.any(String), mend: expect.stringMatching(/\.$/) });
  });

  test('names the term that it cannot read', () => {
    expect(parseSelector('app=web,a>1').problem?.mend).toBe('Mend \'a>1\'.');
  });
});

const KEYS = ['a', 'b'];
const VALUES = ['', '1', '2'];
const requirements: fc.Arbitrary<SelectorRequirement> = fc.oneof(
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }),
  }),
);
const selectors: fc.Arbitrary<Selector> = fc.record({
  matchLabels: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)),
  matchExpressions: fc.array(requirements, { maxLength: 4 }),
}, { requiredKeys: [] });

/** Every way to label an object with these keys, with one value that no selector names. */
const EVERY_LABELS = [undefined, ...VALUES, 'other'].flatMap((a) => [undefined, ...VALUES, 'other'].map((b) => ({
  ...(a !== undefined && { a }),
  ...(b !== undefined && { b }),
}) as Record<string, string>));

function naivelyMatches(selector: Selector, labels: Record<string, string>): boolean {
  const hasLabels = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return hasLabels && (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => ({
    In: key in labels && values.some((value) => value === labels[key]),
    NotIn: !(key in labels) || values.every((value) => value !== labels[key]),
    Exists: key in labels,
    DoesNotExist: !(key in labels),
  })[operator]);
}

function selected(selector: Selector): Record<string, string>[] {
  return EVERY_LABELS.filter((labels) => selectorMatches(selector, labels));
}

describe('algebra', () => {
  test('matches as a naive reading does', () => {
    fc.assert(fc.property(selectors, (selector) => {
      expect(selected(selector)).toEqual(EVERY_LABELS.filter((labels) => naivelyMatches(selector, labels)));
    }));
  });

  test('contradicts itself exactly when no labels match', () => {
    fc.assert(fc.property(selectors, (selector) => {
      expect(selectorContradicts(selector)).toBe(!EVERY_LABELS.some((labels) => naivelyMatches(selector, labels)));
    }), { numRuns: 300 });
  });

  test('is empty only when it matches everything', () => {
    fc.assert(fc.property(selectors, (selector) => {
      expect(!selectorIsEmpty(selector) || EVERY_LABELS.every((labels) => naivelyMatches(selector, labels))).toBe(true);
      expect(selectorIsEmpty(selector)).toBe(selectorToString(selector) === '');
    }));
  });

  test('is read back from its text with the same meaning and the same text', () => {
    fc.assert(fc.property(selectors, (selector) => {
      const text = selectorToString(selector);
      const { selector: again = only({ key: 'unread', operator: 'Exists' }) } = parseSelector(text);
      expect(selectorToString(again)).toBe(text);
      expect(selected(again)).toEqual(selected(selector));
    }));
  });
});
