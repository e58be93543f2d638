import { kustomizationSpec } from './kinds';
import type { ObjectRule } from '../rule';

export const pruneOff: ObjectRule = {
  id: 'flux/PruneOff',
  severity: 'info',
  what: 'A Kustomization does not prune.',
  why: 'What is deleted in Git stays in the cluster: an allow that was taken back goes on allowing.',
  mend: 'Write prune: true, and annotate what must survive with kustomize.toolkit.fluxcd.io/prune: disabled.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: false, sourceRef: { kind: GitRepository, name: shop } }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`,
  kinds: ['Kustomization'],
  checkObject(object, report) {
    const spec = kustomizationSpec(object);
    // Whoever lets its objects stay even without it means to: as for the network plugin.
    if (spec?.prune === false && spec.deletionPolicy !== 'Orphan') report({ object, pointer: '/spec/prune', found: 'prune: false' });
  },
};
