import { KEY, refuses, signed } from './support';
import { PolicyAction } from '../../../src/kyverno/policy-action';
import { KyvernoSignatureType } from '../../../src/kyverno/verify-images';

refuses('verifyImages', [
  { what: 'no image', refused: signed({ imageReferences: [] }), because: /at least one image/, taken: signed({}) },
  { what: 'a variable in an image', refused: signed({ imageReferences: ['{{ request.name }}'] }), because: /without variables/, taken: signed({}) },
  { what: 'digests under Audit', refused: signed({ failureAction: PolicyAction.AUDIT }), because: /mutateDigest/, taken: signed({ failureAction: PolicyAction.AUDIT, mutateDigest: false }) },
  { what: 'more signatures than attestors', refused: signed({ attestors: [{ count: 2, entries: [{ keys: { publicKeys: KEY } }] }] }), because: /1 to 1/, taken: signed({ attestors: [{ count: 1, entries: [{ keys: { publicKeys: KEY } }] }] }) },
  { what: 'an attestor of two kinds', refused: signed({}, { keys: { publicKeys: KEY }, keyless: { roots: 'x' } }), because: /keys and keyless/, taken: signed({}, { keyless: { roots: 'x' } }) },
  { what: 'keys from nowhere', refused: signed({}, { keys: {} }), because: /publicKeys, secret, kms/, taken: signed({}, { keys: { kms: 'awskms:///x' } }) },
  { what: 'an unknown algorithm', refused: signed({}, { keys: { publicKeys: KEY, signatureAlgorithm: 'md5' } }), because: /given md5/, taken: signed({}, { keys: { publicKeys: KEY, signatureAlgorithm: 'sha512' } }) },
  { what: 'keyless without a log', refused: signed({}, { keyless: { subject: 'a' } }), because: /rekor/, taken: signed({}, { keyless: { subject: 'a', rekor: { url: 'https://rekor.sigstore.dev' } } }) },
  { what: 'keys with Notary', refused: signed({ type: KyvernoSignatureType.NOTARY }), because: /certificates with Notary/, taken: signed({ type: KyvernoSignatureType.NOTARY }, { certificates: { cert: 'x' } }) },
  {
    what: 'neither a certificate nor a chain',
    refused: signed({}, { certificates: {} }),
    because: /cert, certChain or both/,
    taken: signed({}, { certificates: { certChain: 'x' } }),
  },
  {
    what: 'a log without its address',
    refused: signed({}, { keyless: { rekor: {}, roots: 'x' } }),
    because: /rekor\.url/,
    taken: signed({}, { keyless: { rekor: { url: 'https://rekor.sigstore.dev' } } }),
  },
  {
    what: 'a set of attestors without entries',
    refused: signed({ attestors: [{ entries: [] }] }),
    because: /at least one attestor/,
    taken: signed({}, { attestor: { entries: [{ keys: { publicKeys: KEY } }] } }),
  },
  {
    what: 'a statement signed by nobody',
    refused: signed({ attestations: [{ type: 'https://slsa.dev/provenance/v1', attestors: [{ entries: [] }] }] }),
    because: /attestations\[0\]\.attestors/,
    taken: signed({ attestations: [{ type: 'https://slsa.dev/provenance/v1', attestors: [{ entries: [{ keys: { publicKeys: KEY } }] }] }] }),
  },
  {
    what: 'an unknown operator in the conditions of a statement',
    refused: signed({ attestations: [{ type: 'x', conditions: [{ all: [{ key: 'a', operator: 'Is', value: 'x' }] }] }] }),
    because: /attestations\[0\]\.conditions\[0\]\.all\[0\]\.operator/,
    taken: signed({ attestations: [{ type: 'x', conditions: [{ all: [{ key: 'a', operator: 'Equals', value: 'x' }] }] }] }),
  },
]);
