import { load } from 'js-yaml';
import { hasVariable } from '../../values/kyverno-variables';
import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { hasVariableBelow, variablesBelow } from './rule-variables';
import { clusterPolicy, validateRule } from './sample';

const BODY = 'pattern: { metadata: { labels: { team: "?*" } } }';

export const variableMisplaced: ObjectRule = {
  id: 'kyverno/VariableMisplaced',
  severity: 'error',
  what: 'A variable stands where Kyverno needs to know the value beforehand.',
  why: 'Kyverno reads match, exclude, image references and the paths of JSON patches before there is a request, and refuses variables there.',
  mend: 'Say it with `preconditions`, with wildcards, or with a foreach, whose patches may have variables in their paths.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/variables/',
  bad: clusterPolicy(validateRule(BODY, 'Deployment', 'exclude: { any: [{ resources: { namespaces: ["{{ request.namespace }}"] } }] }')),
  good: clusterPolicy(validateRule(BODY, 'Deployment', 'exclude: { any: [{ resources: { namespaces: ["kube-*"] } }] }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const place of ['match', 'exclude']) {
        for (const { expression, pointer } of variablesBelow(rule.fields[place], rule.at(place))) {
          report({ object, pointer, found: `{{ ${shown(expression)} }} in ${place} of the rule ${rule.name}` });
        }
      }
      for (const [index, entry] of asList(rule.fields.verifyImages).entries()) {
        const pointer = rule.at('verifyImages', index, 'imageReferences');
        const references = asList(asObject(entry)?.imageReferences);
        if (hasVariableBelow(references)) report({ object, pointer, found: `a variable in an image reference of the rule ${rule.name}` });
      }
      const path = variablePath(rule);
      if (path !== undefined) report({ object, pointer: rule.at('mutate', 'patchesJson6902'), found: `the path ${shown(path)} in the rule ${rule.name}` });
    }
  },
};

function variablePath(rule: PolicyRule): string | undefined {
  const text = asString(rule.mutate.patchesJson6902);
  if (!text?.includes('{{')) return undefined;
  try {
    return asList(load(text)).map(patch => asString(asObject(patch)?.path) ?? '').find(path => hasVariable(path));
  } catch {
    // An unquoted `{{` is no YAML. Kyverno cannot read the paths then either.
    return undefined;
  }
}
