import { load } from 'js-yaml';
import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
const NEED_VALUE = ['add', 'replace', 'test'];

export const jsonPatchBroken: ObjectRule = {
  id: 'kyverno/JsonPatchBroken',
  severity: 'error',
  what: 'A JSON patch has an operation, path or value that no JSON patch has.',
  why: 'The CRD takes any text; the webhook reads it as a patch, and refuses the policy.',
  mend: 'Write a list of add, remove, replace, move, copy or test, with a path that starts with / and a value where one is needed.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/mutate/#rfc-6902-jsonpatch',
  bad: clusterPolicy(sample('metadata/labels/team')),
  good: clusterPolicy(sample('/metadata/labels/team')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const text = asString(rule.mutate.patchesJson6902);
      const found = text === undefined ? undefined : problemOf(text);
      if (found) report({ object, pointer: rule.at('mutate', 'patchesJson6902'), found: `${found} in the rule ${rule.name}` });
    }
  },
};

function problemOf(text: string): string | undefined {
  // As Kyverno does: a variable may stand for any text.
  const patches = parse(text.replace(/\{\{(?:\{[^{}]*\}|[^{}])*\}\}/g, 'x'));
  for (const patch of asList(patches)) {
    const { op, path, value } = asObject(patch) ?? {};
    if (asString(op) !== undefined && !OPERATIONS.includes(asString(op) ?? '')) return `the operation ${shown(op)}`;
    if (asString(path) !== undefined && !asString(path)?.startsWith('/')) return `the path ${shown(path)}`;
    if (NEED_VALUE.includes(asString(op) ?? '') && value === undefined) return `${shown(op)} without a value`;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return load(text);
  } catch {
    // js-yaml and Go differ in what they take, so a text that only one of them reads is not judged.
    return undefined;
  }
}

function sample(path: string): string {
  return `
- name: label
  match: { any: [{ resources: { kinds: [ConfigMap] } }] }
  mutate:
    patchesJson6902: |-
      - { op: add, path: ${path}, value: shop }
`;
}
