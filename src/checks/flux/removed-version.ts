import { HELM, KUSTOMIZE, SOURCE } from './kinds';
import { compareMinor } from '../../values/semver-minor';
import { groupOf } from '../kubernetes/group';
import type { ObjectRule } from '../rule';

/** The beta versions that Flux 2.8 took out of its CRDs, and what stands in for them. */
const REMOVED: Record<string, { readonly versions: readonly string[]; readonly now: string }> = {
  [KUSTOMIZE]: { versions: ['v1beta1', 'v1beta2'], now: 'v1' },
  [SOURCE]: { versions: ['v1beta1', 'v1beta2'], now: 'v1' },
  [HELM]: { versions: ['v2beta1', 'v2beta2'], now: 'v2' },
};

export const removedVersion: ObjectRule = {
  id: 'flux/RemovedVersion',
  severity: 'error',
  what: 'A Flux object is written in a version of the API that the target no longer has.',
  why: 'The API server refuses the object: no matches for kind.',
  mend: 'Write the version that is served; flux migrate rewrites the files.',
  link: 'https://fluxcd.io/flux/installation/upgrade/',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1beta2
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`,
  good: `
# target: { flux: '2.7' }
apiVersion: kustomize.toolkit.fluxcd.io/v1beta2
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`,
  kinds: ['Kustomization', 'HelmRelease', 'GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket'],
  checkObject(object, report, { target }) {
    const { apiVersion, kind } = object.object;
    const group = groupOf(apiVersion) ?? '';
    const removed = Object.hasOwn(REMOVED, group) ? REMOVED[group] : undefined;
    if (!removed?.versions.includes(apiVersion.slice(group.length + 1)) || compareMinor(target.flux, '2.8') < 0) return;
    report({
      object,
      pointer: '/apiVersion',
      found: `${kind} ${apiVersion}, which Flux 2.8 removed`,
      mend: `Write ${group}/${removed.now}; flux migrate rewrites the files.`,
    });
  },
};
