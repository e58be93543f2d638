import { generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { hasVariableBelow } from './rule-variables';
import { clusterPolicy, generateRule } from './sample';
import { compareMinor } from '../../values/semver-minor';
import type { ObjectRule } from '../rule';

const FIXED = ['apiVersion', 'kind', 'clone', 'cloneList'];

export const generateVariables: ObjectRule = {
  id: 'kyverno/GenerateVariables',
  severity: 'error',
  what: 'A variable in the source or the kind of what is generated, before Kyverno 1.14.',
  why: 'Kyverno 1.13 wants to know both beforehand, and refuses the policy.',
  mend: 'Write it out, or use Kyverno 1.14 or newer.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/#clone-source',
  bad: sample('1.13'),
  good: sample('1.14'),
  kinds: POLICY_KINDS,
  checkObject(object, report, { target: { kyverno } }) {
    if (compareMinor(kyverno, '1.14') >= 0) return;
    for (const rule of rulesIn(object)) {
      for (const { fields, pointer } of generateTargetsOf(rule)) {
        const field = FIXED.find(name => hasVariableBelow(fields[name]));
        if (field) report({ object, pointer: `${pointer}/${field}`, found: `a variable in ${field} of the rule ${rule.name}, for Kyverno ${kyverno}` });
      }
    }
  },
};

function sample(kyverno: string): string {
  return `# target: { kyverno: '${kyverno}' }${clusterPolicy(generateRule(`
apiVersion: v1
kind: ConfigMap
name: settings
namespace: "{{ request.object.metadata.name }}"
clone: { namespace: platform, name: "settings-{{ request.object.metadata.labels.team }}" }`))}`;
}
