import type { Spot } from './spot';
import type { KyvernoContextEntry } from '../context';

const RESERVED = ['images', 'request', 'serviceAccountName', 'serviceAccountNamespace', 'element', 'elementIndex'];

/** What the webhook asks of the entries of a context. */
export function checkContext(spot: Spot, context: KyvernoContextEntry[] | undefined): void {
  context?.forEach((entry, index) => checkEntry(spot.in(index), entry));
}

function checkEntry(spot: Spot, entry: KyvernoContextEntry): void {
  const { name, configMap, apiCall, variable, globalReference } = entry;
  if (!name) spot.in('name').refuse('none', 'a name', 'Name the entry, so that the rule can refer to it.');
  if (RESERVED.some(word => name === word || name.startsWith(`${word}.`))) {
    spot.in('name').refuse(name, `a name other than ${RESERVED.join(', ')}, which Kyverno gives`, 'Choose another name.');
  }
  spot.one(entry, ['variable', 'configMap', 'apiCall', 'imageRegistry', 'globalReference']);
  if (configMap && !(configMap.name && configMap.namespace)) {
    spot.in('configMap').refuse(configMap, 'name and namespace', 'Name both.');
  }
  if (apiCall) spot.in('apiCall').one(apiCall, ['urlPath', 'service']);
  if (variable) {
    if (variable.value === undefined && !variable.jmesPath) {
      spot.in('variable').refuse('neither', 'value, jmesPath or both', 'Add one of them.');
    }
    if (variable.default !== undefined && !variable.jmesPath) {
      spot.in('variable').in('default').refuse('a default without jmesPath', 'a default for what jmesPath does not find', 'Add `jmesPath`, or drop the default.');
    }
  }
  if (globalReference && !globalReference.name) {
    spot.in('globalReference').in('name').refuse('none', 'the name of a GlobalContextEntry', 'Name it.');
  }
}
