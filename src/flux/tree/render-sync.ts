import type { FluxCluster } from './flux-cluster';
import type { SyncPlan } from './layout-plan';
import type { SyncUnit } from './sync-unit';
import type { Manifest } from '../../manifests/manifest';
import { where } from '../../platform/where';
import { parseDuration } from '../../values/duration';
import { insist } from '../../values/guardrails-error';
import { objectNameProblem } from '../../values/names';
import { FluxDeletionPolicy } from '../flux-kustomization-props';
import { healthExpressionsFor } from '../health-expressions';
import { renderFluxKustomization } from '../render-flux-kustomization';

/** Helm waits this long for a release of the CNI or of an operator. */
const RELEASE_TIMEOUT = '15m';

/** The Flux Kustomization of a unit. */
export function renderSync(cluster: FluxCluster, unit: SyncUnit, plan: SyncPlan, waitsFor?: SyncUnit): Manifest {
  const { fluxNamespace = 'flux-system', serviceAccountName = 'kustomize-controller', interval, retryInterval } = cluster._props;
  // Flux labels every object with the name of its Kustomization.
  insist(where(cluster), `the Kustomization of ${unit.tenant ?? unit.name}`, objectNameProblem(unit.name));
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: unit.name, namespace: fluxNamespace },
    spec: renderFluxKustomization({
      source: plan.source,
      path: plan.pathOf(cluster.node.id, unit.folder),
      interval,
      retryInterval,
      timeout: timeoutOf(cluster, unit),
      // Without its CNI a cluster is dead: what leaves the program stays.
      prune: unit.stage !== 'cni',
      // What a tenant's repository says is the tenant's to mend. A health expression that always holds would not do: Flux first looks
      // whether the status is that of the newest generation, and it is not before the repository was applied once.
      wait: !unit.isRepository,
      deletionPolicy: isFoundation(unit) ? FluxDeletionPolicy.ORPHAN : FluxDeletionPolicy.MIRROR_PRUNE,
      serviceAccountName,
      dependsOn: waitsFor && [{ name: waitsFor.name }],
      healthCheckExprs: healthExpressionsFor(unit.objects.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)),
    }),
  };
}

/** What the rest of the cluster stands on, and what must not go with its Kustomization. */
function isFoundation({ stage }: SyncUnit): boolean {
  return stage === 'cni' || stage === 'controllers';
}

function timeoutOf(cluster: FluxCluster, unit: SyncUnit): string {
  const timeout = cluster._props.timeout ?? '5m';
  return isFoundation(unit) && parseDuration(timeout)! < parseDuration(RELEASE_TIMEOUT)! ? RELEASE_TIMEOUT : timeout;
}
