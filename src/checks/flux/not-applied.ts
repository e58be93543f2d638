import { appliedFiles } from './applied-files';
import type { FileTree } from './file-tree';
import type { SetRule } from '../rule';

export const notApplied: SetRule = {
  id: 'flux/NotApplied',
  severity: 'warning',
  what: 'A file lies among those that Flux applies, and no Kustomization or kustomization.yaml leads to it.',
  why: 'What it holds is never applied: a policy in it protects nothing.',
  mend: 'Name it in the resources of the kustomization.yaml, or move it out of the synced folders.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
  bad: `
# file: tenants/shop/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [quota.yaml]
---
# file: tenants/shop/quota.yaml
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: "20" } }
---
# file: tenants/shop/default-deny.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  good: `
# file: tenants/shop/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [default-deny.yaml, quota.yaml]
---
# file: tenants/shop/quota.yaml
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: "20" } }
---
# file: tenants/shop/default-deny.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  *checkSet({ objects }) {
    const { tree, appliers, covered } = appliedFiles(objects);
    if (tree.builds.size === 0 && appliers.length === 0) return;
    // A build file may be for another cluster, or for kubectl.
    const named = new Set([...tree.builds.keys()].flatMap(folder => [...tree.reach(folder)]));
    const synced = foldersAbove(appliers.flatMap(({ files }) => [...files]), tree);
    for (const [file, object] of tree.files) {
      if (covered.has(file) || named.has(file) || tree.isBuild(file)) continue;
      const build = tree.buildAbove(file);
      if (build !== undefined) {
        yield { object, found: `a file that ${build === '.' ? '' : `${build}/`}kustomization.yaml does not name` };
      } else if (hasSynced(file, synced)) {
        yield { object, found: 'a file below the path of no Kustomization, beside others that are' };
      }
    }
  },
};

/** Every folder that has something in it that is applied, but for those that all files are in. */
function foldersAbove(files: readonly string[], tree: FileTree): Set<string> {
  const folders = new Set(files.flatMap(foldersOf));
  const all = [...tree.files.keys()];
  for (const folder of folders) if (all.every(file => file.startsWith(`${folder}/`))) folders.delete(folder);
  return folders;
}

function hasSynced(file: string, synced: ReadonlySet<string>): boolean {
  return foldersOf(file).some(folder => synced.has(folder));
}

function foldersOf(file: string): string[] {
  const steps = file.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join('/')).filter(folder => folder !== '');
}
