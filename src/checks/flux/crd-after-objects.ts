import { type Applier, appliedFiles } from './applied-files';
import { fileOf } from './file-tree';
import { displayName } from '../../manifests/identity';
import { word } from '../../manifests/word';
import type { CheckContext } from '../check-context';
import { groupOf } from '../kubernetes/group';
import { asObject } from '../read';
import type { SetRule } from '../rule';

export const crdAfterObjects: SetRule = {
  id: 'flux/CrdAfterObjects',
  severity: 'warning',
  what: 'A Kustomization applies objects of a kind whose CustomResourceDefinition another brings, and does not wait for that one.',
  why: 'Until the definition is there nothing of the Kustomization is applied, not even what has nothing to do with it.',
  mend: 'Write dependsOn, with wait: true in the Kustomization of the definition, or put both into one Kustomization.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  bad: `
# file: clusters/a/crds.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: crds, namespace: flux-system }
spec: { interval: 10m, prune: true, wait: true, path: ./crds, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: clusters/a/apps.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./apps, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: crds/widgets.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
---
# file: apps/widget.yaml
apiVersion: example.com/v1
kind: Widget
metadata: { name: web, namespace: shop }
`,
  good: `
# file: clusters/a/crds.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: crds, namespace: flux-system }
spec: { interval: 10m, prune: true, wait: true, path: ./crds, sourceRef: { kind: GitRepository, name: flux-system } }
---
# file: clusters/a/apps.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./apps, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: crds }] }
---
# file: crds/widgets.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
---
# file: apps/widget.yaml
apiVersion: example.com/v1
kind: Widget
metadata: { name: web, namespace: shop }
`,
  *checkSet(context) {
    const definitions = definedKinds(context);
    if (definitions.size === 0) return;
    const { appliers } = appliedFiles(context.objects);
    for (const object of context.objects) {
      const definition = definitions.get(`${groupOf(object.object.apiVersion)}/${object.object.kind}`);
      if (definition === undefined) continue;
      for (const user of applying(fileOf(object), appliers)) {
        const makers = applying(definition, appliers).filter(({ cluster }) => cluster === user.cluster);
        if (!makers[0] || makers.some(maker => comesAfter(user, maker, appliers))) continue;
        const found = `${displayName(object.object)} in Kustomization ${user.key}, which does not wait for ${makers[0].key}, where its definition is`;
        yield { object, found };
        break;
      }
    }
  },
};

/** The files of the definitions of the set, by group and kind. */
function definedKinds(context: CheckContext): Map<string, string> {
  return new Map(context.ofKind('CustomResourceDefinition').flatMap(located => {
    const spec = asObject(located.object.spec);
    const file = fileOf(located);
    return file === undefined ? [] : [[`${word(spec?.group)}/${word(asObject(spec?.names)?.kind)}`, file] as const];
  }));
}

function applying(file: string | undefined, appliers: readonly Applier[]): Applier[] {
  return appliers.filter(({ cluster, files }) => cluster !== undefined && file !== undefined && files.has(file));
}

/** Whether a Kustomization is another, or waits for it, or for one that does. */
function comesAfter(user: Applier, maker: Applier, appliers: readonly Applier[]): boolean {
  const queue = [user];
  for (const next of queue) {
    if (next === maker) return true;
    queue.push(...appliers.filter(other => (
      other.cluster === user.cluster && !queue.includes(other) && next.dependsOn.some(({ key }) => key === other.key))));
  }
  return false;
}
