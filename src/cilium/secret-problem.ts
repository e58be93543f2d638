import type { SecretReference } from './tls-context';
import { dnsLabelProblem, dnsSubdomainProblem } from '../values/names';
import type { Problem } from '../values/problem';

/** What is wrong with a reference to a Secret. */
export function secretProblem({ name, namespace }: SecretReference): Problem | undefined {
  return dnsSubdomainProblem(name) ?? (namespace === undefined ? undefined : dnsLabelProblem(namespace));
}
