import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { groupOf } from '../kubernetes/group';
import { asObject, isKind } from '../read';

export const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io';
export const HELM = 'helm.toolkit.fluxcd.io';
export const SOURCE = 'source.toolkit.fluxcd.io';

/** The spec of a Flux Kustomization; nothing for the build file of the same kind. */
export function kustomizationSpec(located: Located): Record<string, unknown> | undefined {
  return isKind(located, KUSTOMIZE, 'Kustomization') ? asObject(located.object.spec) : undefined;
}

export function helmReleaseSpec(located: Located): Record<string, unknown> | undefined {
  return isKind(located, HELM, 'HelmRelease') ? asObject(located.object.spec) : undefined;
}

/** The Flux Kustomizations of the set, with their specs. */
export function kustomizationsOf(context: CheckContext): { located: Located; spec: Record<string, unknown> }[] {
  return context.ofKind('Kustomization').flatMap(located => {
    const spec = kustomizationSpec(located);
    return spec ? [{ located, spec }] : [];
  });
}

/** Whether Flux is at work in the set at all. */
export function isFluxGroup(apiVersion: unknown): boolean {
  const group = groupOf(apiVersion) ?? '';
  return group.endsWith('.toolkit.fluxcd.io') || group === 'fluxcd.controlplane.io';
}
