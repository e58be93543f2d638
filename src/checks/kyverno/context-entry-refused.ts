import { word } from '../../manifests/word';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { type Fields, isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const RESERVED = ['images', 'request', 'serviceAccountName', 'serviceAccountNamespace', 'element', 'elementIndex'];

export const contextEntryRefused: ObjectRule = {
  id: 'kyverno/ContextEntryRefused',
  severity: 'error',
  what: 'A context entry has a name that Kyverno gives itself, or lacks what its kind needs.',
  why: 'The rule could not read it, and the webhook refuses the policy.',
  mend: 'Choose another name; give a configMap its name and namespace, and a variable a value or a jmesPath.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/',
  bad: clusterPolicy(sample('{ name: limits }')),
  good: clusterPolicy(sample('{ name: limits, namespace: kyverno }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const [index, entry] of asList(rule.fields.context).entries()) {
        const found = problemOf(asObject(entry) ?? {}, isGiven(rule.validate.assert));
        if (found) report({ object, pointer: rule.at('context', index), found: `${found} in the rule ${rule.name}` });
      }
    }
  },
};

function problemOf(entry: Fields, isAsserted: boolean): string | undefined {
  const { name } = entry;
  if (typeof name === 'string' && (name === '' || RESERVED.some(reserved => name === reserved || name.startsWith(`${reserved}.`)))) {
    return name === '' ? 'an entry without a name' : `an entry named ${name}`;
  }
  // An assertion reads it as `$name`.
  if (isAsserted && typeof name === 'string' && !/^\w+$/.test(name)) return `an entry named ${name}, with validate.assert,`;
  const configMap = asObject(entry.configMap);
  const apiCall = asObject(entry.apiCall);
  const variable = asObject(entry.variable);
  if (configMap && !(configMap.name && configMap.namespace)) return `the configMap of ${word(name)} without name or namespace`;
  if (apiCall && isGiven(apiCall.urlPath) && isGiven(apiCall.service)) return `the apiCall of ${word(name)} with urlPath and service`;
  if (variable && variable.value === undefined && !variable.jmesPath) return `the variable ${word(name)} without value and jmesPath`;
  if (variable && variable.default !== undefined && !variable.jmesPath) return `the variable ${word(name)} with a default and no jmesPath`;
  const imageRegistry = asObject(entry.imageRegistry);
  return imageRegistry && !imageRegistry.reference ? `the imageRegistry of ${word(name)} without a reference` : undefined;
}

function sample(configMap: string): string {
  return validateRule(
    'deny: { conditions: { any: [{ key: "{{ request.object.spec.replicas }}", operator: GreaterThan, value: "{{ limits.data.replicas }}" }] } }',
    'Deployment',
    `context: [{ name: limits, configMap: ${configMap} }]`,
  );
}
