import { asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, generateRule } from './sample';

export const generateNameDiffers: ObjectRule = {
  id: 'kyverno/GenerateNameDiffers',
  severity: 'warning',
  what: 'What is generated has one name in the rule and another in its data.',
  why: 'The name of the rule wins, and whoever looks for the other finds nothing.',
  mend: 'Drop the name from the data.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(sample('colors')),
  good: clusterPolicy(sample('settings')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { fields, data, pointer } of generateTargetsOf(rule)) {
        const name = asString(fields.name);
        const other = asString(asObject(data?.metadata)?.name);
        if (name && other && name.replace(/\s/g, '') !== other.replace(/\s/g, '')) {
          report({ object, pointer: `${pointer}/data/metadata/name`, found: `${other} in the data, for ${name}, in the rule ${rule.name}` });
        }
      }
    }
  },
};

function sample(name: string): string {
  return generateRule(`
apiVersion: v1
kind: ConfigMap
name: settings
namespace: "{{ request.object.metadata.name }}"
data: { metadata: { name: ${name} }, data: { color: blue } }`);
}
