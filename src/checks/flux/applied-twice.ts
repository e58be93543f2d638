import { type Applier, appliedFiles } from './applied-files';
import type { SetRule } from '../rule';

export const appliedTwice: SetRule = {
  id: 'flux/AppliedTwice',
  severity: 'warning',
  what: 'Two Kustomizations of one cluster apply the same file.',
  why: 'They take its objects from each other at every run, and when one of them prunes, the objects are gone.',
  mend: 'Let the paths have nothing in common, or name the file in one kustomization.yaml only.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  bad: `
# file: clusters/a/infra.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./infra, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: clusters/a/quotas.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: quotas, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./infra/quotas, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: infra/quotas/shop.yaml
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: "20" } }
`,
  good: `
# file: clusters/a/infra.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./infra/base, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: clusters/a/quotas.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: quotas, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./infra/quotas, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: infra/quotas/shop.yaml
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: "20" } }
`,
  *checkSet({ objects }) {
    const { tree, appliers } = appliedFiles(objects);
    const first = new Map<string, Applier>();
    for (const applier of appliers) {
      for (const file of applier.cluster === undefined ? [] : applier.files) {
        const place = `${applier.cluster} ${file}`;
        const other = first.get(place);
        const object = tree.files.get(file);
        if (!other) first.set(place, applier);
        else if (object && !tree.isBuild(file)) yield { object, found: `a file that Kustomization ${other.key} and Kustomization ${applier.key} apply` };
      }
    }
  },
};
