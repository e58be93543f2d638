import { findings } from './finds';
import { CILIUM_RULES } from '../../../src/checks/cilium/rules';

describe.each(CILIUM_RULES.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  test('finds its bad example, and no other rule finds an error there', () => {
    const found = findings(rule.bad);
    expect(found.filter(finding => finding.id === id)).not.toEqual([]);
    expect(found.filter(finding => finding.id !== id && finding.severity === 'error')).toEqual([]);
    for (const { found: what, mend } of found) {
      expect(what).not.toMatch(/undefined|\[object|\.$/);
      expect(mend).toMatch(/^[A-Z`].*\.$/s);
    }
  });

  test('finds nothing in its good example', () => {
    expect(findings(rule.good).filter(finding => finding.id === id || finding.severity === 'error')).toEqual([]);
  });
});
