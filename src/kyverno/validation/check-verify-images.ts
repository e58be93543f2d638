import { checkAttestors } from './check-attestors';
import { checkConditions } from './check-conditions';
import type { Spot } from './spot';
import { hasVariable } from '../../values/kyverno-variables';
import { PolicyAction } from '../policy-action';
import { type KyvernoVerifyImages, KyvernoSignatureType } from '../verify-images';

/** What the webhook asks of an entry of `verifyImages`, given what holds where the entry sets no action. */
export function checkVerifyImages(spot: Spot, entry: KyvernoVerifyImages, policyAction: PolicyAction | undefined): void {
  if (entry.imageReferences.length === 0) spot.in('imageReferences').refuse('none', 'at least one image', 'Name the images, such as \'ghcr.io/acme/*\'.');
  if (hasVariable(entry.imageReferences)) {
    spot.in('imageReferences').refuse(entry.imageReferences, 'images without variables', 'Write them out, with wildcards.');
  }
  if ((entry.failureAction ?? policyAction ?? PolicyAction.AUDIT) === PolicyAction.AUDIT && entry.mutateDigest !== false) {
    spot.in('mutateDigest').refuse(
      entry.mutateDigest ?? 'nothing, which is true',
      'false with the action Audit, which changes nothing',
      'Set `mutateDigest: false`, or `failureAction: PolicyAction.ENFORCE`.',
    );
  }
  checkAttestors(spot.in('attestors'), entry.attestors);
  if (entry.type === KyvernoSignatureType.NOTARY) {
    const entries = (entry.attestors ?? []).flatMap(set => set.entries);
    if (entries.some(attestor => attestor.keys ?? attestor.keyless)) {
      spot.in('attestors').refuse('keys or keyless with Notary', 'certificates with Notary', 'Use `certificates`, or another `type`.');
    }
  }
  entry.attestations?.forEach((attestation, index) => {
    checkAttestors(spot.in('attestations').in(index).in('attestors'), attestation.attestors);
    attestation.conditions?.forEach((conditions, place) =>
      checkConditions(spot.in('attestations').in(index).in('conditions').in(place), conditions));
  });
  checkConditions(spot.in('validate.deny.conditions'), entry.validate?.deny.conditions);
}
