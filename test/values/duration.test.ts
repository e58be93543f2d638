import fc from 'fast-check';
import { durationProblem, parseDuration } from '../../src/values/duration';

test.each([
  ['0', 0],
  ['1h30m', 5_400_000],
  ['10m', 600_000],
  ['1.5s', 1500],
  ['.5s', 500],
  ['1.s', 1000],
  ['1.1h', 3_960_000],
  ['300ms', 300],
  ['2us', 0.002],
  ['2µs', 0.002],
  ['2μs', 0.002],
  ['1ns', 1e-6],
  ['-1m', -60_000],
  ['+1m', 60_000],
  ['1s1h', 3_601_000],
])('reads %p', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
  expect(durationProblem(text)).toBeUndefined();
});

test.each(['', '5', '1d', '1 m', ' 1m', '1m ', 'm', '1h-1m', '.s', '1e3s', '1H', '3000000h'])('refuses %p', (text) => {
  expect(parseDuration(text)).toBeUndefined();
  expect(durationProblem(text)).toMatchObject({ allowed: expect.stringContaining('1h30m') });
});

test.each([
  ['30', 'Say the unit: \'30s\' for seconds, \'30m\' for minutes.'],
  ['2d', 'Write \'48h\'.'],
  ['5 min', 'Write \'5m\'.'],
  ['10sec', 'Write \'10s\'.'],
  ['2 hours', 'Write \'2h\'.'],
  ['soon', 'Write it like 10m.'],
  ['3 moons', 'Write it like 10m.'],
])('mends %p', (text, mend) => {
  expect(durationProblem(text)?.mend).toBe(mend);
});

test('asks for a unit where a number is given', () => {
  expect(durationProblem(30 as unknown as string)?.mend).toContain('\'30s\'');
});

test('adds up the units', () => {
  fc.assert(fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (hours, minutes, seconds) => {
    expect(parseDuration(`${hours}h${minutes}m${seconds}s`)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1000);
  }));
});
