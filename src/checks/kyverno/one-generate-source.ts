import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { isGiven, listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, generateRule } from './sample';

const TARGET = `
apiVersion: v1
kind: ConfigMap
name: settings
namespace: "{{ request.object.metadata.name }}"`;
const CLONE = '\nclone: { name: settings, namespace: platform }';

export const oneGenerateSource: ObjectRule = {
  id: 'kyverno/OneGenerateSource',
  severity: 'error',
  what: 'A generate rule has more than one of data, clone, cloneList and foreach.',
  why: 'What it makes has one source, and the webhook refuses the policy.',
  mend: 'Keep one of them; write a rule of its own for each other.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(generateRule(`${TARGET}\ndata: { data: { color: blue } }${CLONE}`)),
  good: clusterPolicy(generateRule(`${TARGET}${CLONE}`)),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const { data, clone, cloneList, foreach } = rule.generate;
      const sources = {
        data: isGiven(data),
        clone: Object.keys(asObject(clone) ?? {}).length > 0,
        cloneList: isGiven(asObject(cloneList)?.kinds),
        foreach: isGiven(foreach),
      };
      const given = Object.entries(sources).filter(([, isThere]) => isThere).map(([name]) => name);
      if (given.length > 1) report({ object, pointer: rule.at('generate'), found: `${listed(given)} in the rule ${rule.name}` });
    }
  },
};
