import type { App } from 'cdk8s';
import { FluxCluster } from './flux-cluster';
import type { StagedObject } from './sync-unit';
import type { Located } from '../../checks/finding';
import { objectsBy } from '../../platform/objects-of';
import { where } from '../../platform/where';
import { TenantNamespace } from '../../tenancy/tenant-namespace';
import { refuse } from '../../values/guardrails-error';
import { problem } from '../../values/problem';
import { FluxTenant } from '../flux-tenant';

/** The clusters of an app. A tree without any would lose every file. */
export function clustersOf(app: App): FluxCluster[] {
  const clusters = app.node.findAll().filter(construct => construct instanceof FluxCluster);
  const names = new Map<string, FluxCluster>();
  for (const cluster of clusters) {
    const other = names.get(cluster.node.id);
    if (other) refuse(where(cluster), 'id', problem(cluster.node.id, `a name that ${where(other)} does not have`, 'Take another: it names a folder.'));
    names.set(cluster.node.id, cluster);
  }
  if (clusters.length > 0) return clusters;
  refuse('FluxApp', 'clusters', {
    given: 'none', allowed: 'at least one FluxCluster', mend: 'Create new FluxCluster(app, \'staging\') and put constructs into its stages.',
  });
}

/** Every object of an app, rendered, with the path of its construct. */
export function objectsOf(app: App): Located[] {
  return objectsBy(app.node.findAll(), () => app).get(app) ?? [];
}

/**
 * The objects of each cluster, with their stages.
 *
 * @throws GuardrailsError for an object that lies in no stage: no Kustomization would reach it
 */
export function stagedObjects(clusters: readonly FluxCluster[], objects: readonly Located[]): Map<FluxCluster, StagedObject[]> {
  const stages = new Map(clusters.flatMap(cluster => (
    cluster._stages.map(([stage, chart]) => [chart.node.path, { cluster, stage }] as const))));
  const staged = new Map<FluxCluster, StagedObject[]>(clusters.map(cluster => [cluster, []]));
  const repositories = new Map(clusters.flatMap(cluster => cluster.node.findAll())
    .filter(construct => construct instanceof FluxTenant)
    .map(({ node }) => [node.path, true]));
  for (const { object, source: { constructPath = '' } } of objects) {
    const place = above(constructPath, stages);
    if (!place) refuseUnfiled(constructPath, clusters);
    staged.get(place.cluster)!.push({ object, stage: place.stage, isRepository: above(constructPath, repositories) });
  }
  return staged;
}

/** The namespaces of the tenants that a cluster's stage of that name holds. */
export function tenantsOf(cluster: FluxCluster): Set<string> {
  return new Set(cluster.tenants.node.findAll().filter(construct => construct instanceof TenantNamespace).map(({ name }) => name));
}

/** What is known of the construct furthest up that a construct is below. */
function above<T>(path: string, known: ReadonlyMap<string, T>): T | undefined {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const found = known.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

function refuseUnfiled(path: string, clusters: readonly FluxCluster[]): never {
  refuse(path, 'scope', {
    given: 'a construct below no stage of a FluxCluster',
    allowed: `one below a stage, such as that of ${where(clusters[0]!)}`,
    mend: 'Create it below `cni`, `controllers`, `policies`, `tenants` or `apps` of its cluster: Flux would not find it elsewhere.',
  });
}
