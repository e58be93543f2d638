import { kustomizationSpec } from './kinds';
import { show } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import type { ObjectRule } from '../rule';

export const renamesObjects: ObjectRule = {
  id: 'flux/RenamesObjects',
  severity: 'info',
  what: 'A Kustomization changes the names or namespaces of what it applies.',
  why: 'Kustomize renames Namespaces too, and writes a namespace into cluster-scoped objects of kinds that it does not know.',
  mend: 'Write names and namespaces in the objects themselves.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, targetNamespace: shop, sourceRef: { kind: GitRepository, name: shop } }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./shop, sourceRef: { kind: GitRepository, name: shop } }
`,
  kinds: ['Kustomization'],
  checkObject(object, report) {
    const spec = kustomizationSpec(object);
    for (const field of ['targetNamespace', 'namePrefix', 'nameSuffix']) {
      // A tenant is held in its own namespace that way, and with its own rights it can write neither Namespaces nor what lies in none.
      if (field === 'targetNamespace' && spec?.serviceAccountName && spec.targetNamespace === namespaceOf(object)) continue;
      if (spec?.[field]) report({ object, pointer: `/spec/${field}`, found: `${field} ${show(spec[field])}` });
    }
  },
};
