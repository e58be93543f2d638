import { resolveScalar } from '../../src/manifests/resolve-scalar';

// The answers are those of sigs.k8s.io/yaml v1.6.
describe('a plain scalar is what kubectl makes of it', () => {
  test.each<[string, unknown]>([
    ['y', true], ['Yes', true], ['on', true], ['TRUE', true], ['n', false], ['NO', false], ['Off', false], ['false', false],
    ['yEs', 'yEs'], ['oN', 'oN'], ['', null], ['~', null], ['Null', null], ['nULL', 'nULL'],
    ['10', 10], ['+1', 1], ['-7', -7], ['012', 10], ['0o17', 15], ['-017', -15], ['08', 8], ['0x1F', 31], ['-0x10', -16], ['0b11', 3], ['-0b11', -3],
    ['1_000', 1000], ['1_.5', 1.5], ['.7_6', 0.76], ['.4_', '.4_'], ['_1', '_1'], ['1,000', '1,000'],
    ['1e3', 1000], ['1E+3', 1000], ['1.', 1], ['.5', 0.5], ['+.5', 0.5], ['1e', '1e'], ['1e999', '1e999'], ['0x', '0x'], ['0b2', '0b2'],
    ['1:30', '1:30'], ['2001-01-01', '2001-01-01'], ['1.18.2', '1.18.2'], ['10.0.0.0/8', '10.0.0.0/8'], ['-', '-'], ['.', '.'], ['<<', '<<'],
    ['.inf', Infinity], ['-.Inf', -Infinity], ['nginx', 'nginx'],
  ])('%s', (text, value) => {
    expect(resolveScalar(text)).toEqual(value);
  });

  test('not-a-number is one', () => {
    expect(resolveScalar('.nan')).toBeNaN();
  });
});
