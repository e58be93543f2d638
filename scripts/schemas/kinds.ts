/** The kinds whose schemas come without group and kind, by the lower-case kind that their files are named after. */
const KINDS: Record<string, readonly string[]> = {
  'cilium.io': ['CiliumCIDRGroup', 'CiliumClusterwideNetworkPolicy', 'CiliumEgressGatewayPolicy', 'CiliumNetworkPolicy'],
  'kyverno.io': ['ClusterCleanupPolicy', 'ClusterPolicy', 'Policy', 'PolicyException'],
  'policies.kyverno.io': ['DeletingPolicy', 'GeneratingPolicy', 'ImageValidatingPolicy', 'MutatingPolicy', 'PolicyException', 'ValidatingPolicy'],
  'source.toolkit.fluxcd.io': ['GitRepository', 'HelmRepository', 'OCIRepository'],
  'kustomize.toolkit.fluxcd.io': ['Kustomization'],
  'helm.toolkit.fluxcd.io': ['HelmRelease'],
  'policy.networking.k8s.io': ['ClusterNetworkPolicy'],
  'monitoring.coreos.com': ['PrometheusRule'],
};

/** Group and kind that a file is about. `policies.` in front of its name stands for the group policies.kyverno.io. */
export function kindOfFile(stem: string): { group: string; kind: string } {
  const prefix = 'policies.';
  const name = stem.startsWith(prefix) ? stem.slice(prefix.length) : stem;
  for (const [group, kinds] of Object.entries(KINDS)) {
    const kind = kinds.find(one => one.toLowerCase() === name);
    if (kind && stem.startsWith(prefix) === group.startsWith(prefix)) return { group, kind };
  }
  throw new Error(`build-schemas: no kind is known for ${stem}. Name it in scripts/schemas/kinds.ts.`);
}
