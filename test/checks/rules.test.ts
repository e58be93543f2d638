import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { check } from '../../src/checks/check';
import type { Located } from '../../src/checks/finding';
import { RULES } from '../../src/checks/rules';
import type { Manifest } from '../../src/manifests/manifest';
import { ENGINES } from '../../src/target/cni-engines';
import type { Target } from '../../src/target/target';
import { CILIUM, FLUX, KUBERNETES, KYVERNO } from '../../src/target/versions';

/** The objects of an example, in the files that comments name, and the target of its first line: `# target: { cni: flannel }`. */
function example(yaml: string): { objects: Located[]; target: Target } {
  const given = parse(/^# target: (.*)$/m.exec(yaml)?.[1] ?? '{}') as { cni?: keyof typeof ENGINES } & Partial<Omit<Target, 'cni'>>;
  const { cni = 'cilium', ...versions } = given;
  const { name, enforcesNetworkPolicy, mend } = { mend: '', ...ENGINES[cni] };
  return {
    objects: yaml.split(/^---$/m).map((text, index) => ({
      object: parse(text) as Manifest,
      source: { file: /^# file: (.*)$/m.exec(text)?.[1] ?? 'example.yaml', line: index + 1 },
    })),
    target: {
      cni: name,
      enforcesNetworkPolicy,
      cniMend: mend,
      cilium: cni === 'cilium' ? CILIUM.fallback : undefined,
      kyverno: KYVERNO.fallback,
      kubernetes: KUBERNETES.fallback,
      flux: FLUX.fallback,
      ...versions,
    },
  };
}

const finds = (yaml: string) => {
  const { objects, target } = example(yaml);
  return check(objects, target);
};

describe.each(RULES.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  test('finds its bad example, and says where, why and how to mend it', () => {
    const found = finds(rule.bad).filter(finding => finding.id === id);
    expect(found).not.toEqual([]);
    for (const { found: what, why, mend, link, severity } of found) {
      expect(what).not.toMatch(/undefined|\[object|\.$/);
      expect([why, mend].every(text => /^[A-Z`].*[.?]$/s.test(text))).toBe(true);
      expect(link).toMatch(/^https:\/\//);
      expect(severity).toBe(rule.severity);
    }
  });

  test('leaves its good example alone', () => {
    expect(finds(rule.good).filter(finding => finding.id === id || finding.severity === 'error')).toEqual([]);
  });

  test('lies in the file that its id names', () => {
    const [area, name] = id.split('/');
    const file = name!.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
    expect(existsSync(join(__dirname, '../../src/checks', area!, `${file}.ts`))).toBe(true);
  });
});

test('ids are unique', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});
