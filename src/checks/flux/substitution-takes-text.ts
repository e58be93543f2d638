import { kustomizationsOf } from './kinds';
import { isSubstituted, marksOf } from './substitution';
import type { CheckContext } from '../check-context';
import { asList, asObject } from '../read';
import type { SetRule } from '../rule';

export const substitutionTakesText: SetRule = {
  id: 'flux/SubstitutionTakesText',
  severity: 'warning',
  what: 'An object under a Kustomization with postBuild has a `${` that is none of its variables, or a `$$`.',
  why: 'Flux replaces an unknown variable by nothing, from 2.9 on it fails, and it takes one of two dollar signs away.',
  mend: 'Define the variable, write `$$` before the brace for a plain `${`, or label the object kustomize.toolkit.fluxcd.io/substitute: disabled.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substitute: { cluster: staging } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: relabel, namespace: shop }
data: { replacement: "\${1}:9100" }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substitute: { cluster: staging } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: cluster, namespace: shop }
data: { name: "\${cluster}", region: "\${region:=eu}", literal: "$\${1}" }
`,
  *checkSet(context) {
    const builds = new Map(buildsOf(context).map(build => [build.path, build]));
    if (builds.size === 0) return;
    for (const object of context.objects) {
      const build = object.source.file === undefined ? undefined : buildOf(object.source.file, builds);
      if (!build || !isSubstituted(object)) continue;
      const [mark] = marksOf(object, name => build.variables.has(name) || (build.isOpen && IDENTIFIER.test(name)));
      if (mark) yield { object, pointer: mark.pointer, found: `${mark.text}, in an object that Flux substitutes variables in` };
    }
  },
};

const IDENTIFIER = /^[A-Za-z_]\w*$/;

interface Build {
  /** Without a dot or slash at its ends. */
  readonly path: string;
  readonly variables: ReadonlySet<string>;
  /** Whether more variables come from ConfigMaps and Secrets. */
  readonly isOpen: boolean;
}

function buildsOf(context: CheckContext): Build[] {
  return kustomizationsOf(context).flatMap(({ spec }) => {
    const postBuild = asObject(spec.postBuild);
    const variables = Object.keys(asObject(postBuild?.substitute) ?? {});
    const isOpen = asList(postBuild?.substituteFrom).length > 0;
    // Without a variable Flux does not substitute at all.
    if (!postBuild || (variables.length === 0 && !isOpen && postBuild.substituteStrategy !== 'Always')) return [];
    const path = typeof spec.path === 'string' ? spec.path.replace(/^\.?\/+/, '').replace(/^\.$/, '') : '';
    return [{ path: path.endsWith('/') ? path.slice(0, -1) : path, variables: new Set(variables), isOpen }];
  });
}

/** The Kustomization under whose path a file lies, wherever the repository itself lies. */
function buildOf(file: string, builds: ReadonlyMap<string, Build>): Build | undefined {
  const folders = file.split('/').slice(0, -1);
  for (let end = folders.length; end > 0; end--) {
    for (let start = 0; start < end; start++) {
      const build = builds.get(folders.slice(start, end).join('/'));
      if (build) return build;
    }
  }
  return builds.get('');
}
