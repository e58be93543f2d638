import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

export const imageExtractorsMisplaced: ObjectRule = {
  id: 'kyverno/ImageExtractorsMisplaced',
  severity: 'error',
  what: 'Image extractors in a rule that cannot use them.',
  why: 'They find the images of verifyImages only, and an image that JMESPath has changed cannot be written back with its digest.',
  mend: 'Move them to a verifyImages rule; beside `jmesPath` set `mutateDigest: false`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/verify-images/',
  bad: clusterPolicy(sample('true')),
  good: clusterPolicy(sample('false')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const extractors = rule.fields.imageExtractors;
      if (!isGiven(extractors)) continue;
      const pointer = rule.at('imageExtractors');
      if (!rule.has('verifyImages')) {
        report({ object, pointer, found: `imageExtractors without verifyImages in the rule ${rule.name}` });
        continue;
      }
      const converts = Object.values(asObject(extractors) ?? {}).flatMap(asList).some(item => isGiven(asObject(item)?.jmesPath));
      const mutates = asList(rule.fields.verifyImages).some(entry => asObject(entry)?.mutateDigest !== false);
      if (converts && mutates) report({ object, pointer, found: `jmesPath in the rule ${rule.name}, which writes digests into images` });
    }
  },
};

function sample(mutateDigest: string): string {
  return `
- name: signed
  match: { any: [{ resources: { kinds: [tekton.dev/v1/Task] } }] }
  imageExtractors:
    Task: [{ path: /spec/steps/*/image, jmesPath: "trim_prefix(@, 'docker://')" }]
  verifyImages:
    - imageReferences: ["ghcr.io/acme/*"]
      failureAction: Enforce
      mutateDigest: ${mutateDigest}
      attestors: [{ entries: [{ keys: { kms: "awskms:///alias/signing" } }] }]
`;
}
