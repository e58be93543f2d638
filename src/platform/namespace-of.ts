import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { where } from './where';
import { GuardrailsError, insist } from '../values/guardrails-error';
import { dnsLabelProblem } from '../values/names';

const NAMESPACE = Symbol.for('cdk8s-guardrails.namespace');

/** Makes every construct below `owner` live in this namespace unless it is told otherwise. */
export function providesNamespace(owner: IConstruct, namespace: string): void {
  Object.defineProperty(owner, NAMESPACE, { value: namespace });
}

/**
 * The namespace of a construct's objects: the one given, or that of the tenant or chart that it is in, whichever is closer.
 *
 * @throws GuardrailsError when there is none: Flux and kubectl would put the object wherever they happen to point.
 */
export function namespaceOf(scope: IConstruct, given?: string): string {
  const namespace = given ?? inherited(scope);
  if (namespace === undefined) {
    throw new GuardrailsError(where(scope), 'namespace', {
      given: 'none',
      allowed: 'the name of a namespace',
      mend: 'Pass `namespace`, or create the construct below a TenantNamespace or in a Chart that has a namespace.',
    });
  }
  insist(where(scope), 'namespace', dnsLabelProblem(namespace));
  return namespace;
}

/** The construct that provides the namespace of another one, if any above it does. */
export function namespaceOwner(scope: IConstruct): IConstruct | undefined {
  return [...scope.node.scopes].reverse().find(construct => NAMESPACE in construct);
}

function inherited(scope: IConstruct): string | undefined {
  const owner = namespaceOwner(scope);
  const chart = Chart.of(scope);
  // A chart that a tenant holds is closer than the tenant.
  const isCloser = owner === undefined || (chart.namespace !== undefined && chart.node.scopes.includes(owner));
  return isCloser ? chart.namespace : (owner as unknown as Record<symbol, string>)[NAMESPACE];
}
