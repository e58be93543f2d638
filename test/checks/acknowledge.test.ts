import { acknowledge } from '../../src/checks/acknowledge';
import { ACKNOWLEDGE_ANNOTATION, type Acknowledgement, parseAcknowledgements } from '../../src/checks/acknowledgement';
import type { Finding, Located } from '../../src/checks/finding';

const IDS = new Set(['network/One', 'network/Two']);

function located(annotation?: string, constructPath = 'app/a'): Located {
  const annotations = annotation === undefined ? undefined : { [ACKNOWLEDGE_ANNOTATION]: annotation };
  return { object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations } }, source: { constructPath } };
}

function finding(object: Located, id = 'network/One'): Finding {
  return { id, severity: 'error', object, pointer: '', found: 'it', why: 'So.', mend: 'Mend.', link: 'https://kubernetes.io' };
}

function left(object: Located, constructs: Record<string, Acknowledgement[]> = {}, today = '2026-06-01'): string[] {
  const findings = [finding(object)];
  const given = new Map(Object.entries(constructs));
  const { findings: kept, problems } = acknowledge(findings, [object], { ids: IDS, constructs: given, today });
  return [...kept, ...problems].map(({ id }) => id);
}

describe('the annotation', () => {
  test.each<[string, Acknowledgement[]]>([
    ['network/One: known', [{ id: 'network/One', reason: 'known' }]],
    ['network/One: known until 2027-01-31', [{ id: 'network/One', reason: 'known', until: '2027-01-31' }]],
    ['network/One: known [until 2027-01-31]', [{ id: 'network/One', reason: 'known', until: '2027-01-31' }]],
    ['network/One: a; b; network/Two: c;', [{ id: 'network/One', reason: 'a; b' }, { id: 'network/Two', reason: 'c' }]],
    ['network/One: a\nnetwork/Two: see https://x.io/a: b', [{ id: 'network/One', reason: 'a' }, { id: 'network/Two', reason: 'see https://x.io/a: b' }]],
    ['network/One', [{ id: 'network/One', reason: '' }]],
    ['network/One: wait until Monday', [{ id: 'network/One', reason: 'wait until Monday' }]],
  ])('%j', (text, acknowledgements) => {
    expect(parseAcknowledgements(text)).toEqual({ acknowledgements, malformed: [] });
  });

  test.each(['known', 'One: known', 'network/One: x until 2027-02-30'])('%j is none', text => {
    expect(parseAcknowledgements(text)).toEqual({ acknowledgements: [], malformed: [text] });
  });
});

describe('a finding is taken out', () => {
  test('by an annotation of its object', () => {
    const object = located('network/One: known');
    expect(acknowledge([finding(object)], [object], { ids: IDS, today: '2026-06-01' }))
      .toEqual({ findings: [], acknowledged: [finding(object)], problems: [] });
  });

  test.each(['', 'app', 'app/a'])('by the construct %j at or above it', path => {
    expect(left(located(), { [path]: [{ id: 'network/One', reason: 'known' }] })).toEqual([]);
  });

  test('on the last day of its acknowledgement', () => {
    expect(left(located('network/One: known until 2026-06-01'))).toEqual([]);
  });
});

describe('an acknowledgement that does nothing is found', () => {
  test.each<[string, string, string[]]>([
    ['without a reason', 'network/One:', ['network/One', 'acknowledgement/WithoutReason']],
    ['of a rule that is not there', 'network/Three: known', ['network/One', 'acknowledgement/UnknownRule']],
    ['expired', 'network/One: known until 2026-05-31', ['network/One', 'acknowledgement/Expired']],
    ['unused', 'network/Two: known', ['network/One', 'acknowledgement/Unused']],
    ['unreadable', 'known', ['network/One', 'acknowledgement/Malformed']],
  ])('%s', (_name, annotation, ids) => {
    expect(left(located(annotation))).toEqual(ids);
  });

  test.each(['ap', 'app/a/b', 'app/b'])('of the construct %j, which is not above it', path => {
    expect(left(located(), { [path]: [{ id: 'network/One', reason: 'known' }] })).toEqual(['network/One', 'acknowledgement/Unused']);
  });

  test('one that is not text', () => {
    const object = { object: { apiVersion: 'v1', kind: 'Pod', metadata: 7 }, source: {} } as unknown as Located;
    expect(acknowledge([finding(object)], [object], { ids: IDS, today: '2026-06-01' }).findings).toHaveLength(1);
  });
});
