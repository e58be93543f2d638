import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { attestorsProblem } from './attestors';
import { type Fields, isGiven, shown } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy } from './sample';

export const verifyImagesRefused: ObjectRule = {
  id: 'kyverno/VerifyImagesRefused',
  severity: 'error',
  what: 'An entry of verifyImages names no image, writes digests though it only audits, or does not say who may sign.',
  why: 'Audit changes nothing, so `mutateDigest`, which is true by default, must be false with it; the webhook refuses the policy.',
  mend: 'Name the images; set `mutateDigest: false` or `failureAction: Enforce`; give each attestor one of keys, certificates, keyless and attestor.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/verify-images/',
  bad: clusterPolicy(sample('Audit')),
  good: clusterPolicy(sample('Enforce')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    for (const rule of policy?.rules ?? []) {
      // Without an action the CRD writes Audit.
      let audits = (asString(policy?.spec.validationFailureAction) ?? 'Audit').toLowerCase() === 'audit';
      for (const [index, item] of asList(rule.fields.verifyImages).entries()) {
        const entry = asObject(item) ?? {};
        // The action of one entry holds for those after it too, as Kyverno reads them.
        const action = asString(entry.failureAction);
        if (action !== undefined) audits = action.toLowerCase() === 'audit';
        const found = problemOf(entry, audits);
        if (found) report({ object, pointer: rule.at('verifyImages', index), found: `${found} in the rule ${rule.name}` });
      }
    }
  },
};

function problemOf(entry: Fields, audits: boolean): string | undefined {
  if (!isGiven(entry.imageReferences) && !isGiven(entry.image)) return 'no image reference';
  if (audits && entry.mutateDigest !== false) return `Audit with \`mutateDigest: ${shown(entry.mutateDigest ?? true)}\``;
  return attestorsProblem(entry.attestors, entry.type)
    ?? attestorsProblem(asList(entry.attestations).flatMap(item => asList(asObject(item)?.attestors)), entry.type);
}

function sample(action: string): string {
  return `
- name: signed
  match: { any: [{ resources: { kinds: [Pod] } }] }
  verifyImages:
    - imageReferences: ["ghcr.io/acme/*"]
      failureAction: ${action}
      attestors: [{ entries: [{ keys: { kms: "awskms:///alias/signing" } }] }]
`;
}
