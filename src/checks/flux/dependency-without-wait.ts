import { dependents } from './dependencies';
import { asList } from '../read';
import type { SetRule } from '../rule';

export const dependencyWithoutWait: SetRule = {
  id: 'flux/DependencyWithoutWait',
  severity: 'info',
  what: 'A Kustomization depends on another that neither waits nor checks the health of what it applies.',
  why: 'The other is ready as soon as its objects are applied: CRDs that a HelmRelease installs are not there yet.',
  mend: 'Write wait: true, or healthChecks, in the Kustomization that others depend on.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: kyverno, namespace: flux-system }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: policies, namespace: flux-system }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: kyverno }] }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: kyverno, namespace: flux-system }
spec: { interval: 10m, prune: true, wait: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: policies, namespace: flux-system }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: kyverno }] }
`,
  *checkSet(context) {
    const all = dependents(context);
    for (const { located, dependsOn } of all.values()) {
      for (const { key, pointer } of dependsOn) {
        const other = all.get(key)?.spec;
        if (other && other.wait !== true && asList(other.healthChecks).length === 0 && asList(other.healthCheckExprs).length === 0) {
          yield { object: located, pointer, found: `a dependency on ${key}, which does not wait for what it applies` };
        }
      }
    }
  },
};
