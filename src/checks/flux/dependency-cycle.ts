import { type Dependent, dependents } from './dependencies';
import type { SetRule } from '../rule';

export const dependencyCycle: SetRule = {
  id: 'flux/DependencyCycle',
  severity: 'error',
  what: 'Kustomizations depend on each other in a circle.',
  why: 'Each waits for the next to be ready, and none of them is ever applied.',
  mend: 'Take one of the dependencies out.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec: { interval: 10m, prune: true, wait: true, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: apps }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, prune: true, wait: true, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: infra }] }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec: { interval: 10m, prune: true, wait: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, prune: true, wait: true, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: infra }] }
`,
  *checkSet(context) {
    const all = dependents(context);
    const waiting = notReady(all);
    // What only waits for a circle is not in it, and is mended with it.
    for (const start of waiting) {
      const circle = circleFrom(start, all, waiting);
      if (circle) yield { object: start.located, pointer: '/spec/dependsOn', found: circle.map(({ key }) => key).join(' waits for ') };
    }
  },
};

/** Those that are left when, again and again, all are taken away that wait for nothing that is left. */
function notReady(all: ReadonlyMap<string, Dependent>): Set<Dependent> {
  const waitedForBy = new Map<string, Dependent[]>();
  const counts = new Map<Dependent, number>();
  for (const dependent of all.values()) {
    const known = dependent.dependsOn.filter(({ key }) => all.has(key));
    counts.set(dependent, known.length);
    for (const { key } of known) waitedForBy.set(key, [...waitedForBy.get(key) ?? [], dependent]);
  }
  const ready = [...all.values()].filter(dependent => counts.get(dependent) === 0);
  for (const { key } of ready) {
    for (const dependent of waitedForBy.get(key) ?? []) {
      const left = (counts.get(dependent) ?? 0) - 1;
      counts.set(dependent, left);
      if (left === 0) ready.push(dependent);
    }
  }
  const left = new Set(all.values());
  for (const dependent of ready) left.delete(dependent);
  return left;
}

/** The circle that begins and ends with a Kustomization, where it is the first of it by name. */
function circleFrom(start: Dependent, all: ReadonlyMap<string, Dependent>, waiting: ReadonlySet<Dependent>): Dependent[] | undefined {
  const path = [start];
  const seen = new Set(path);
  for (let next = following(start, all, waiting); next; next = following(next, all, waiting)) {
    path.push(next);
    if (next === start) return path.every(({ key }) => key >= start.key) ? path : undefined;
    if (seen.has(next)) return undefined;
    seen.add(next);
  }
  return undefined;
}

function following({ dependsOn }: Dependent, all: ReadonlyMap<string, Dependent>, waiting: ReadonlySet<Dependent>): Dependent | undefined {
  return dependsOn.flatMap(({ key }) => all.get(key) ?? []).find(other => waiting.has(other));
}
