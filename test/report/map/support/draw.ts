import { Cluster, type ManifestOptions } from '../../../../src/reach';
import { workload } from '../../../../src/reach/place';
import { connlist } from '../../../../src/report/map/connlist';
import { classEnd, endOf } from '../../../../src/report/map/end';
import { Flows } from '../../../../src/report/map/flows';
import { LISTS, PICTURES } from '../../../../src/report/map/formats';
import { type Graph, graphOf } from '../../../../src/report/map/graph';
import type { Hideable } from '../../../../src/report/map/hidden';
import { Unlisted } from '../../../../src/report/map/unlisted';

export interface DrawOptions extends ManifestOptions {
  readonly families?: readonly (4 | 6)[];
  readonly byClass?: boolean;
  readonly hide?: readonly Hideable[];
  /** Whether workloads without any connection are shown in pictures. */
  readonly isolated?: boolean;
}

export function flowsOf(cluster: Cluster, { families = [4], byClass = false }: DrawOptions = {}): Flows {
  return new Flows(cluster, cluster.map(families), { families, byClass, includes: () => true });
}

/** The whole map of some objects, as it is drawn. */
export function graph(objects: readonly object[], options: DrawOptions = {}): Graph {
  const cluster = Cluster.fromManifests(objects, options);
  return graphOf(flowsOf(cluster, options), endsOf(cluster, options), { hide: options.hide ?? [], isolated: options.isolated ?? true });
}

/** The whole map of some objects, in one of the formats beside connlist. */
export function draw(format: string, objects: readonly object[], options: DrawOptions = {}): string {
  const list = LISTS[format];
  if (!list) return [...PICTURES[format]!(graph(objects, options))].join('');
  const cluster = Cluster.fromManifests(objects, options);
  return [...list({ flows: flowsOf(cluster, options), workloads: endsOf(cluster, options), dataplane: cluster.dataplane, color: false })].join('');
}

/** The map as the lines that readers of np-guard know, and what has no line. */
export function linesOf(
  objects: readonly object[], options: ManifestOptions = {},
): { readonly lines: string[]; readonly unlisted: Unlisted } {
  const cluster = Cluster.fromManifests(objects, options);
  const unlisted = new Unlisted();
  const lines = [...connlist(cluster.map(), cluster, unlisted)].join('').split('\n').slice(0, -1);
  return { lines, unlisted };
}

function endsOf({ world }: Cluster, { byClass = false }: DrawOptions) {
  return byClass ? world.classes.filter(({ sample }) => !sample.stranger).map(({ members }) => classEnd(members))
    : world.endpoints.filter(({ stranger }) => !stranger).map(endpoint => endOf(workload(endpoint, world)));
}
