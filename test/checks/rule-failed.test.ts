import { check } from '../../src/checks/check';
import type { ObjectRule, SetRule } from '../../src/checks/rule';
import { targetOf } from '../../src/target/target-of';

const text = { id: 'network/Broken', severity: 'error', what: '', why: '', mend: '', link: '', bad: '', good: '' } as const;
const fails = (): never => { throw new TypeError('cannot read it'); };
const located = { object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }, source: { file: 'p.yaml' } };

test.each<[string, ObjectRule | SetRule]>([
  ['of an object', { ...text, kinds: ['Pod'], checkObject: fails }],
  ['of the set', { ...text, checkSet: fails }],
])('a rule %s that fails is a warning, and the others go on', (_, broken) => {
  const other: ObjectRule = { ...text, id: 'network/Other', kinds: ['Pod'], checkObject: (object, report) => report({ object, found: 'something' }) };
  const findings = check([located], targetOf(), [broken, other]).map(({ id, severity, found }) => [id, severity, found]);
  expect(findings).toEqual(expect.arrayContaining([
    ['check/RuleFailed', 'warning', 'network/Broken: cannot read it'],
    ['network/Other', 'error', 'something'],
  ]));
});
