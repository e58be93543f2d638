import { icmpTypeProblem, portNumberProblem, portRangeProblem } from '../../src/values/ports';

test.each([1, 80, 65535])('takes the port %p', (port) => {
  expect(portNumberProblem(port)).toBeUndefined();
});

test.each([0, -1, 65536, 70000, 1.5, NaN, Infinity])('refuses the port %p', (port) => {
  expect(portNumberProblem(port)).toMatchObject({ given: String(port), allowed: 'a whole number from 1 to 65535' });
});

test('asks for a number where digits are quoted', () => {
  expect(portNumberProblem('80' as unknown as number)?.mend).toBe('Write 80 without quotes.');
  expect(portNumberProblem('http' as unknown as number)?.mend).not.toContain('quotes');
});

test('takes a range of one port and more', () => {
  expect(portRangeProblem(8080, 8080)).toBeUndefined();
  expect(portRangeProblem(1, 65535)).toBeUndefined();
});

test('refuses a range that ends before it starts', () => {
  expect(portRangeProblem(9000, 8000)).toMatchObject({ given: '"9000-8000"', mend: 'Write 8000 to 9000.' });
});

test('refuses a range with an end that is no port', () => {
  expect(portRangeProblem(0, 10)).toMatchObject({ given: '0' });
  expect(portRangeProblem(10, 70000)).toMatchObject({ given: '70000' });
});

test.each([[0, true], [8, true], [255, true], [-1, false], [256, false], [0.5, false]])('ICMP type %p: %p', (type, isValid) => {
  expect(icmpTypeProblem(type) === undefined).toBe(isValid);
});
