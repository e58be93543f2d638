import { resolve } from 'node:path';
import { dirname } from 'node:path/posix';
import { appliedFiles } from './applied-files';
import type { SetRule } from '../rule';

export const pathNotFound: SetRule = {
  id: 'flux/PathNotFound',
  severity: 'warning',
  what: 'The spec.path of a Kustomization leads to no folder, though the files of its repository are here.',
  why: 'Flux looks for the path from the root of the repository, finds nothing and applies nothing.',
  mend: 'Write the path from the root of the repository, as in ./deploy/apps; or check the folder where it lies in the repository, not a copy of it.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  bad: `
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
spec: { interval: 10m, prune: true, path: ./infra/quota, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: infra/base/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
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
# file: infra/base/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
# file: infra/quotas/shop.yaml
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: "20" } }
`,
  *checkSet({ objects }) {
    const { tree, appliers } = appliedFiles(objects);
    // The set is elsewhere as a whole: that is one thing to tell.
    const told = new Set<string>();
    for (const { located: object, synced: { path, folder, moved, isOwn } } of appliers) {
      if (moved !== undefined) {
        if (told.has(moved)) continue;
        told.add(moved);
        if (liesAt(folder!, path)) continue;
        yield { object, pointer: '/spec/path', found: `./${path}, while the folder here is ${folder}, without ${moved}/ before it` };
      } else if (isOwn && folder === undefined && !path.includes('${') && tree.folderFor(dirname(path)) !== undefined) {
        // Where the folder around it is not here either, this may be a part of the repository.
        yield { object, pointer: '/spec/path', found: `./${path}, which is not here, while ./${dirname(path)} is` };
      }
    }
  },
};

/** Whether a folder is where a path says, once the folder counts that files are named from: that may be one below the root. */
function liesAt(folder: string, path: string): boolean {
  return resolve(folder).replaceAll('\\', '/').endsWith(`/${path}`);
}
