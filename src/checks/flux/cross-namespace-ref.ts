import { helmReleaseSpec, kustomizationSpec } from './kinds';
import { isLockedDown } from './lockdown';
import { plainText } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

export const crossNamespaceRef: ObjectRule = {
  id: 'flux/CrossNamespaceRef',
  severity: 'warning',
  what: 'A Flux object refers to another namespace, while Flux runs under multi-tenancy lockdown.',
  why: 'The controller refuses the reference, and the object is never applied.',
  mend: 'Put the source, or what it depends on, into the namespace of the object.',
  link: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  bad: `
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec: { distribution: { version: 2.x, registry: ghcr.io/fluxcd }, cluster: { multitenant: true } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: shop }
spec:
  interval: 10m
  prune: true
  serviceAccountName: shop
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`,
  good: `
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec: { distribution: { version: 2.x, registry: ghcr.io/fluxcd }, cluster: { multitenant: true } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: shop }
spec:
  interval: 10m
  prune: true
  serviceAccountName: shop
  sourceRef: { kind: GitRepository, name: shop, namespace: shop }
`,
  kinds: ['Kustomization', 'HelmRelease'],
  checkObject(object, report, context) {
    const spec = kustomizationSpec(object) ?? helmReleaseSpec(object);
    const own = namespaceOf(object);
    if (!spec || own === '' || !isLockedDown(context)) return;
    const references: [pointer: string, reference: unknown][] = [
      ['/spec/sourceRef', spec.sourceRef],
      ['/spec/chartRef', spec.chartRef],
      ['/spec/chart/spec/sourceRef', asObject(asObject(spec.chart)?.spec)?.sourceRef],
      ...asList(spec.dependsOn).map((reference, index) => [`/spec/dependsOn/${index}`, reference] as [string, unknown]),
    ];
    for (const [pointer, reference] of references) {
      const namespace = plainText(asObject(reference)?.namespace);
      if (namespace && namespace !== own) {
        report({
          object,
          pointer: `${pointer}/namespace`,
          found: `a reference from ${own} to ${namespace}`,
        });
      }
    }
  },
};
