import { isFluxGroup, kustomizationsOf } from './kinds';
import { isSubstituted, marksOf } from './substitution';
import type { CheckContext } from '../check-context';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const dollarBrace: ObjectRule = {
  id: 'flux/DollarBrace',
  severity: 'info',
  what: 'An object that Flux may apply has a text with `${` or `$$`.',
  why: 'As soon as its Kustomization has postBuild, Flux takes that for a variable and replaces it.',
  mend: 'Label the object kustomize.toolkit.fluxcd.io/substitute: disabled, or keep postBuild off its Kustomization.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  bad: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, url: "https://example.com/shop.git" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: script, namespace: shop }
data: { run.sh: "echo \${HOME}" }
`,
  good: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, url: "https://example.com/shop.git" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: script, namespace: shop, labels: { kustomize.toolkit.fluxcd.io/substitute: disabled } }
data: { run.sh: "echo \${HOME}" }
`,
  checkObject(object, report, context) {
    if (!mayBeSubstituted(context) || !isSubstituted(object)) return;
    const [mark] = marksOf(object, () => false);
    if (mark) report({ object, pointer: mark.pointer, found: `the text ${mark.text}` });
  },
};

const sets = new WeakMap<CheckContext, boolean>();

/** Whether Flux is at work, and without variables: where they are in use, a brace is one of them or another finding. */
function mayBeSubstituted(context: CheckContext): boolean {
  let may = sets.get(context);
  if (may === undefined) {
    may = context.objects.some(({ object }) => isFluxGroup(object.apiVersion))
      && !kustomizationsOf(context).some(({ spec }) => asObject(spec.postBuild));
    sets.set(context, may);
  }
  return may;
}
