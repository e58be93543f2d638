import { type Fields, isGiven, isTemplate, listed, shown } from './fields';
import { asList, asObject } from '../read';

const SIGNERS = ['keys', 'certificates', 'keyless', 'attestor'];
const ALGORITHMS: readonly unknown[] = ['', 'sha224', 'sha256', 'sha384', 'sha512'];

/** What the webhook refuses about those who may sign. */
export function attestorsProblem(attestors: unknown, type: unknown, depth = 0): string | undefined {
  if (depth > 5) return undefined;
  for (const item of asList(attestors)) {
    const set = asObject(item) ?? {};
    const entries = asList(set.entries);
    if (entries.length === 0) return 'attestors without entries';
    if (typeof set.count === 'number' && set.count > entries.length) return `a count of ${set.count} for ${entries.length} attestors`;
    for (const entry of entries) {
      const wrong = entryProblem(asObject(entry) ?? {}, type, depth);
      if (wrong) return wrong;
    }
  }
  return undefined;
}

function entryProblem(entry: Fields, type: unknown, depth: number): string | undefined {
  const given = SIGNERS.filter(signer => isGiven(entry[signer]));
  if (given.length !== 1) return `an attestor with ${listed(given) || `none of ${listed(SIGNERS)}`}`;
  const keys = asObject(entry.keys);
  const keyless = asObject(entry.keyless);
  if (type === 'Notary' && (keys ?? keyless)) return `${keys ? 'keys' : 'keyless'} with Notary`;
  if (keys && !['publicKeys', 'secret', 'kms'].some(source => isGiven(keys[source]))) return 'keys without publicKeys, secret or kms';
  const algorithm = keys?.signatureAlgorithm;
  if (isGiven(algorithm) && !ALGORITHMS.includes(algorithm) && !isTemplate(algorithm)) return `the signatureAlgorithm ${shown(algorithm)}`;
  if (keyless && !isGiven(keyless.roots) && !asObject(keyless.rekor)?.url) return 'keyless without rekor.url and roots';
  return entry.attestor ? attestorsProblem([entry.attestor], type, depth + 1) : undefined;
}
