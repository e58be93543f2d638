import type { Spot } from './spot';
import type { KyvernoAttestor, KyvernoAttestors, KyvernoKeyless, KyvernoKeys } from '../attestor';

const ALGORITHMS = ['sha224', 'sha256', 'sha384', 'sha512'];

/** What the webhook asks of those who may sign. */
export function checkAttestors(spot: Spot, attestors: KyvernoAttestors[] | undefined): void {
  attestors?.forEach((set, index) => checkSet(spot.in(index), set));
}

function checkSet(spot: Spot, { entries, count }: KyvernoAttestors): void {
  if (entries.length === 0) spot.in('entries').refuse('none', 'at least one attestor', 'Name who may sign.');
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= entries.length)) {
    spot.in('count').refuse(count, `1 to ${entries.length}, the number of entries`, 'Leave it out where all of them must sign.');
  }
  entries.forEach((entry, index) => checkEntry(spot.in('entries').in(index), entry));
}

function checkEntry(spot: Spot, entry: KyvernoAttestor): void {
  spot.one(entry, ['keys', 'certificates', 'keyless', 'attestor']);
  checkAlgorithm(spot, entry.signatureAlgorithm);
  if (entry.keys) checkKeys(spot.in('keys'), entry.keys);
  if (entry.certificates && !(entry.certificates.cert ?? entry.certificates.certChain)) {
    spot.in('certificates').refuse('neither', 'cert, certChain or both', 'Add one of them.');
  }
  if (entry.keyless) checkKeyless(spot.in('keyless'), entry.keyless);
  if (entry.attestor) checkSet(spot.in('attestor'), entry.attestor);
}

function checkKeys(spot: Spot, keys: KyvernoKeys): void {
  spot.one(keys, ['publicKeys', 'secret', 'kms']);
  checkAlgorithm(spot, keys.signatureAlgorithm);
}

function checkKeyless(spot: Spot, { rekor, roots }: KyvernoKeyless): void {
  if (!rekor && !roots) {
    spot.refuse('neither', 'rekor with an address, or roots', 'Add `rekor: { url: \'https://rekor.sigstore.dev\' }`.');
  }
  if (rekor && !rekor.url) spot.in('rekor.url').refuse('none', 'the address of the log', 'Write https://rekor.sigstore.dev for the public one.');
}

function checkAlgorithm(spot: Spot, algorithm: string | undefined): void {
  if (algorithm !== undefined && !ALGORITHMS.includes(algorithm)) {
    spot.in('signatureAlgorithm').refuse(algorithm, ALGORITHMS.join(', '), 'Write one of them.');
  }
}
