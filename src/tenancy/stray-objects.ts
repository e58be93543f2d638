import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isPlaced } from '../platform/kube-object';
import { namespaceOwner } from '../platform/namespace-of';
import { where } from '../platform/where';
import { GuardrailsError } from '../values/guardrails-error';
import { knownKinds } from '../values/known-kinds';

/**
 * What is created below a tenant without this library and would land outside of its namespace, which nobody said: cdk8s knows the
 * namespace of a chart only.
 */
export function strayObjects(tenant: IConstruct, namespace: string, below: IConstruct[]): string[] {
  return below.flatMap(construct => construct.node.findAll())
    .filter(ApiObject.isApiObject)
    .filter(object => !isPlaced(object) && isNamespaced(object) && namespaceOwner(object) === tenant)
    .filter(object => {
      const isMeant = (lands: string | undefined) => lands === namespace || (lands !== undefined && isSaid(object, lands, tenant));
      // A patch may have said it, too; making the object costs more than asking for its metadata.
      return !isMeant(object.metadata.namespace) && !isMeant((object.toJson() as ApiObjectProps).metadata?.namespace);
    })
    .map(object => stray(object, namespace));
}

/** A chart below the tenant is closer to the object than the tenant, and what differs from the chart was said. */
function isSaid({ chart }: ApiObject, lands: string, tenant: IConstruct): boolean {
  return chart.node.scopes.includes(tenant) || lands !== chart.namespace;
}

function stray(object: ApiObject, namespace: string): string {
  const { kind, metadata: { namespace: lands } } = object;
  return new GuardrailsError(where(object), 'namespace', {
    given: lands === undefined ? `none for a ${kind}` : `${lands} for a ${kind}, from its chart`,
    allowed: `${namespace}, the namespace of the tenant that it is created below, or another that is said`,
    mend: `Create it in a Chart with \`namespace: '${namespace}'\`, or pass \`namespace\` in its metadata.`,
  }).message;
}

/** Kinds that are not known may lie in no namespace. */
function isNamespaced({ apiGroup, kind }: ApiObject): boolean {
  const group = apiGroup === 'core' ? '' : apiGroup;
  return knownKinds(kind).some(known => known.group === group && known.namespaced);
}
