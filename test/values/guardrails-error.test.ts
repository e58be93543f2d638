import { GuardrailsError, insist, refuse } from '../../src/values/guardrails-error';
import { problem } from '../../src/values/problem';

const wrong = problem(70000, 'a whole number from 1 to 65535', 'Use the port that the pod listens on.');

test('says where, what, what was given, what is allowed and how to mend it', () => {
  expect(() => refuse('Port.tcp', 'port', wrong)).toThrow(
    'Port.tcp: port: given 70000; allowed: a whole number from 1 to 65535. Use the port that the pod listens on.',
  );
});

test('ends with one full stop whether or not the mend has one', () => {
  const message = (mend: string): string => new GuardrailsError('a', 'b', { ...wrong, mend }).message;
  expect(message('Mend it')).toBe(message('Mend it.'));
});

test('carries its parts', () => {
  const error = new GuardrailsError('Port.tcp', 'port', wrong);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'GuardrailsError', where: 'Port.tcp', what: 'port', problem: wrong });
});

test('insists only when there is a problem', () => {
  expect(() => insist('Port.tcp', 'port', undefined)).not.toThrow();
  expect(() => insist('Port.tcp', 'port', wrong)).toThrow(GuardrailsError);
});
