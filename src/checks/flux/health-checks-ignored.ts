import { kustomizationSpec } from './kinds';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const healthChecksIgnored: ObjectRule = {
  id: 'flux/HealthChecksIgnored',
  severity: 'info',
  what: 'A Kustomization has both wait and healthChecks.',
  why: 'With wait everything that is applied is checked, and the list is ignored.',
  mend: 'Drop healthChecks, or wait where only those are to be checked.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  wait: true
  sourceRef: { kind: GitRepository, name: shop }
  healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop }]
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: GitRepository, name: shop }
  healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop }]
`,
  kinds: ['Kustomization'],
  checkObject(object, report) {
    const spec = kustomizationSpec(object);
    const count = asList(spec?.healthChecks).length;
    if (spec?.wait === true && count > 0) report({ object, pointer: '/spec/healthChecks', found: `${count} healthChecks beside wait: true` });
  },
};
